"""Grouping: average link, without chance, whatever the order."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.insight import Encoder, KnownConcern, Passage, assign_to_known, cluster_rest, learnt_for
from app.insight.clustering import AT_ONCE, THRESHOLD, WORDING_COUNTS, _average_link
from app.insight.records import Vectors
from app.insight.wording import ACROSS, Wording


def passage(number: int, text: str, vector: Vectors) -> Passage:
    return Passage(str(number), 0, len(text), text, "nl", None, 0.0, None, None, False, (), vector)


def naive_average_link(alike: Vectors) -> set[frozenset[int]]:
    """Join the two groups that are most alike on average over all pairs, as long as that is enough."""
    groups = [frozenset([i]) for i in range(len(alike))]
    while len(groups) > 1:
        pairs = itertools.combinations(groups, 2)
        best = max(pairs, key=lambda pair: np.mean([alike[i, j] for i in pair[0] for j in pair[1]]))
        if np.mean([alike[i, j] for i in best[0] for j in best[1]]) < THRESHOLD:
            break
        groups = [group for group in groups if group not in best] + [best[0] | best[1]]
    return set(groups)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 10_000))
def test_average_link_joins_what_is_alike_on_average(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(size, 3)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    alike = points @ points.T
    labels = _average_link(alike)
    found = {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels.tolist())}
    assert found == naive_average_link(alike)


def test_wording_is_the_cosine_of_weighed_pieces() -> None:
    texts = ["de lift is stuk", "de lift is stuk", "the lift is broken", "مصعد", "lift is stuk"]
    alike = Wording(texts, ["nl", "nl", "en", None, "nl"]).alike(slice(0, 5))
    assert np.isclose(alike[0, 1], 1, atol=1e-5)
    assert alike[0, 2] == alike[2, 1] == np.float32(ACROSS)
    assert alike[0, 3] == 0
    assert 0.3 < alike[0, 4] < 1
    assert np.allclose(alike, alike.T)


def test_what_everyone_mentions_weighs_less_than_what_few_do() -> None:
    here = ["Bowling Green needs a bus", "Bowling Green needs a pool"] + [f"Bowling Green {i}" for i in range(400)]
    elsewhere = ["Bowling Green needs a bus", "Bowling Green needs a pool"]
    usual, rare = Wording(here, ["en"] * len(here)), Wording(elsewhere, ["en"] * 2)
    assert usual.alike(slice(0, 1))[0, 1] < rare.alike(slice(0, 1))[0, 1]


def test_more_texts_than_fit_at_once_are_grouped_the_same_way(encoder: Encoder) -> None:
    learnt = learnt_for(encoder)
    random = np.random.default_rng(7)
    topics = random.normal(size=(40, encoder.dimensions)).astype(np.float32)
    words = ["".join(random.choice(list("abcdefghijklmnopqrstuvwxyz"), 8)) for _ in range(40)]
    passages = []
    for number in range(AT_ONCE + 800):
        topic = number % 40
        vector = topics[topic] + 0.1 * random.normal(size=encoder.dimensions).astype(np.float32)
        passages.append(passage(number, f"{words[topic]} {number}", vector / np.linalg.norm(vector)))
    groups = cluster_rest(passages, learnt)
    assert sorted(len(group) for group in groups) == [(AT_ONCE + 800) // 40] * 40
    assert all(len({i % 40 for i in group}) == 1 for group in groups)


def test_a_passage_joins_the_known_concern_it_is_like_or_none(encoder: Encoder) -> None:
    learnt = learnt_for(encoder)
    one, other, far = np.eye(3, encoder.dimensions, dtype=np.float32)
    known = [
        KnownConcern(
            "a", "Lift", np.stack([one, one]), texts=("de lift is stuk", "lift kapot"), languages=("nl", "nl")
        ),
        KnownConcern("b", "Bomen", np.stack([other]), texts=("meer bomen",)),
        KnownConcern("empty", "Niets", np.empty((0, encoder.dimensions), np.float32)),
    ]
    passages = [passage(1, "de lift weer", one), passage(2, "bomen graag", other), passage(3, "iets anders", far)]
    assert assign_to_known(passages, known, learnt) == ["a", "b", None]
    assert assign_to_known([passage(4, "😊", one)], known, learnt) == [None]
    assert assign_to_known(passages, [], learnt) == [None, None, None]
    assert assign_to_known([], known, learnt) == []


def test_likeness_is_at_most_meaning_and_wording_together() -> None:
    assert 0 < THRESHOLD < 1 + WORDING_COUNTS

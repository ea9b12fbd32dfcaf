"""Where a concern could be cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight.cuts import MOST_PARTS, SMALLEST, suggest
from app.insight.shared_theme import shared_theme


def about(*sizes: int, noise: float = 0.1, seed: int = 0) -> np.ndarray:
    """So many passages about each of some subjects that have nothing in common."""
    rng = np.random.default_rng(seed)
    rows = [np.eye(24)[n] + noise * rng.normal(size=(size, 24)) for n, size in enumerate(sizes)]
    return np.concatenate(rows).astype(np.float32)


def sizes(vectors: np.ndarray, people: list[str] | None = None) -> list[int]:
    return [len(cut.members) for cut in suggest(vectors, people or [str(n) for n in range(len(vectors))])]


def test_two_subjects_are_two_parts_and_three_are_three() -> None:
    assert sizes(about(9, 5)) == [9, 5]
    assert sizes(about(9, 5, 4)) == [9, 5, 4]
    assert set(suggest(about(9, 5), [str(n) for n in range(14)])[1].members) == set(range(9, 14))


def test_one_subject_is_not_cut() -> None:
    assert sizes(about(20)) == []


def test_more_than_three_subjects_are_offered_in_three() -> None:
    assert len(sizes(about(8, 7, 6, 5, 4))) == MOST_PARTS


def test_a_straggler_is_no_part_and_stays_with_the_largest() -> None:
    assert sizes(about(9, 5, 1)) == [10, 5]
    assert sizes(about(9, 1)) == []


def test_one_person_who_says_a_thing_three_times_is_no_part() -> None:
    people = [str(n) for n in range(9)] + ["the same"] * 3
    assert sizes(about(9, 3), people) == []


def test_the_same_words_stay_together() -> None:
    vectors = np.concatenate([np.tile(np.eye(24, dtype=np.float32)[0], (40, 1)), about(0, 6)])
    assert sizes(vectors) == [40, 6]
    assert sizes(np.tile(np.eye(24, dtype=np.float32)[0], (40, 1))) == []


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_what_is_too_small_is_not_cut(count: int) -> None:
    assert sizes(about(count)) == []


def test_the_most_central_of_a_part_comes_first() -> None:
    vectors = about(9, 5)
    for cut in suggest(vectors, [str(n) for n in range(14)]):
        middle = vectors[list(cut.members)].mean(axis=0)
        rows = vectors[list(cut.members)]
        near = (rows @ middle) / np.linalg.norm(rows, axis=1)
        assert near[0] >= near[-1]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_parts_hold_everyone_once_whatever_the_order(groups: list[int], seed: int, chance: object) -> None:
    vectors = about(*groups, noise=0.2, seed=seed)
    people = [str(n) for n in range(len(vectors))]
    order = list(range(len(vectors)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    cuts = suggest(vectors, people)
    again = suggest(vectors[order], [people[n] for n in order])
    assert {frozenset(c.members) for c in cuts} == {frozenset(order[n] for n in c.members) for c in again}
    assert len(cuts) != 1
    if cuts:
        assert sorted(n for cut in cuts for n in cut.members) == list(range(len(vectors)))
        assert all(len({people[n] for n in cut.members}) >= SMALLEST for cut in cuts)


@pytest.mark.parametrize(
    ("themes", "together"),
    [
        ([], None),
        ([None, None], None),
        (["care", "care", "money"], "care"),
        (["care", None, None], "care"),
        (["care", None, None, None], None),
        (["money", "care"], "care"),
    ],
)
def test_the_theme_of_several_is_that_of_most_of_them(themes: list[str | None], together: str | None) -> None:
    assert shared_theme(themes) == together

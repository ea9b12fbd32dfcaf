"""Learns from the catalogue: language means, the projection for sameness, and the linear classifiers.

Used by tools/train_insight.py and by the measurements; the application only reads the outcome (learnt.py).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression

from app.insight import catalogue
from app.insight.catalogue import Example, Urgency, urgency
from app.insight.learnt import ANY, Learnt, Linear, TwoReadings, centred, type_wording
from app.insight.pieces import SLOTS, counts, weighed
from app.insight.records import Encoder, Vectors

EVENED = 0.8
"""How far the spread within a concern is pulled towards "the same in all directions" before it is divided out."""
DIRECTIONS = 130
STRENGTH = {"types": 10.0, "kind": 4.0, "feeling": 4.0, "urgent": 4.0, "wording": 4.0}
MOODS_COUNT, SOUNDS_COUNT = 8, 20
"""How many times a passage counts that was written for the feeling, or for the danger, and not for the type."""


def language_means(vectors: Vectors, languages: Sequence[str]) -> dict[str, Vectors]:
    """The mean vector of each language, and under ANY the mean of those means. Rows (n, d)."""
    names = np.array(languages)
    means = {name: vectors[names == name].mean(axis=0) for name in sorted(set(languages))}
    return means | {ANY: np.mean(list(means.values()), axis=0).astype(np.float32)}


def sameness(vectors: Vectors, types: Sequence[str]) -> Vectors:
    """A projection (d, k) after which the cosine says whether two passages are about the same thing.

    Linear discriminant analysis (Fisher 1936, Rao 1948) with a shrunken spread within the types (Ledoit and Wolf
    2004): directions in which passages about one thing differ (length, mood, style) count less, those that tell
    things apart count more. It is learnt from types, and helps with types it never saw (docs/decisions/insight.md).
    """
    names = np.array(types)
    groups = [vectors[names == name] for name in sorted(set(types))]
    within = np.concatenate([group - group.mean(axis=0) for group in groups]).astype(np.float64)
    spread = within.T @ within / len(within)
    even = np.trace(spread) / len(spread) * np.eye(len(spread))
    values, axes = np.linalg.eigh((1 - EVENED) * spread + EVENED * even)
    white = axes * values**-0.5
    centres = np.stack([group.mean(axis=0) @ white for group in groups])
    _, _, directions = np.linalg.svd(centres - centres.mean(axis=0), full_matrices=False)
    projection = white @ directions[:DIRECTIONS].T
    scaled: Vectors = (projection / np.abs(projection).max()).astype(np.float32)
    return scaled


def linear(vectors: Any, labels: Sequence[str], strength: float, weights: Vectors | None = None) -> Linear:
    """A multinomial logistic regression on vectors or sparse rows; labels with few rows count as much as others.

    `strength` is how far the weights may grow (scikit-learn's C); `weights` (n) is how much each row counts.
    """
    model = LogisticRegression(C=strength, max_iter=300, class_weight="balanced")
    model.fit(vectors, list(labels), sample_weight=weights)
    found, shift = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # then scikit-learn keeps only the second one's
        found, shift = np.vstack([np.zeros_like(found), found]), np.append(0.0, shift)
    return Linear(tuple(str(name) for name in model.classes_), found.T.astype(np.float32), shift.astype(np.float32))


def learn(encoder: Encoder, examples: Sequence[Example]) -> Learnt:
    """Everything, from these examples."""
    return learn_from(encoder.encode([e.text for e in examples]), examples, encoder)


def learn_from(vectors: Vectors, examples: Sequence[Example], encoder: Encoder) -> Learnt:
    """Everything, from vectors of these examples that are there already (n, d)."""
    languages = [e.language for e in examples]
    means = language_means(vectors, languages)
    base = _only_means(means)

    def read(texts: Sequence[str], spoken: Sequence[str]) -> Vectors:
        return centred(encoder.encode(list(texts)), spoken, base)

    middle = centred(vectors, languages, base)
    types = [e.type_id for e in examples]
    moods, sounds = catalogue.moods(), catalogue.danger_sounds()
    of_moods = read([m.text for m in moods], [m.language for m in moods])
    of_sounds = read([s.text for s in sounds], [s.language for s in sounds])
    said, mood_pieces, sound_pieces = (counts([one.text for one in some]) for some in (examples, moods, sounds))
    rare = _rarity(vstack([said, mood_pieces, sound_pieces]))

    def two(name: str, others: Vectors, other_pieces: Any, labels: Sequence[str], weight: int) -> TwoReadings:
        weights = np.concatenate([np.ones(len(middle)), np.full(len(others), weight)])
        pieces = weighed(vstack([said, other_pieces]), rare)
        return TwoReadings(
            linear(np.concatenate([middle, others]), labels, STRENGTH[name], weights),
            linear(pieces, labels, STRENGTH["wording"], weights),
        )

    known = urgency()
    dangerous = ["yes" if is_dangerous(example, known) else "no" for example in examples]
    return Learnt(
        means=means,
        sameness=sameness(middle, types),
        types=linear(middle, types, STRENGTH["types"]),
        type_wording=type_wording(examples),
        piece_weights=rare,
        kind=two("kind", of_moods, mood_pieces, [*(e.kind for e in examples), *(m.kind for m in moods)], MOODS_COUNT),
        feeling=two(
            "feeling",
            of_moods,
            mood_pieces,
            [*(e.feeling for e in examples), *(m.feeling for m in moods)],
            MOODS_COUNT,
        ),
        urgent=two(
            "urgent",
            of_sounds,
            sound_pieces,
            [*dangerous, *("yes" if s.is_danger else "no" for s in sounds)],
            SOUNDS_COUNT,
        ),
    )


def _only_means(means: dict[str, Vectors]) -> Learnt:
    """What is needed to centre vectors, before anything else is learnt."""
    none = np.empty((0, 0), np.float32)
    nothing = Linear((), none, np.empty(0, np.float32))
    both = TwoReadings(nothing, nothing)
    return Learnt(means, none, nothing, type_wording([]), nothing.shift, both, both, both)


def _rarity(found: Any) -> Vectors:
    """A weight for each piece of words: higher where fewer texts have it (Sparck Jones 1972)."""
    having = np.bincount(found.indices, minlength=SLOTS)
    weights: Vectors = (1 + np.log((1 + found.shape[0]) / (1 + having))).astype(np.float32)
    return weights


def is_dangerous(example: Example, known: Urgency) -> bool:
    """Whether an invented passage tells of danger: its type does, and it neither thanks nor proposes."""
    return example.type_id in known.types and example.kind not in ("praise", "idea")

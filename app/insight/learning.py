"""Learns from the catalogue: language means, the projection for sameness, and the linear classifiers.

Used by tools/train_insight.py and by the measurements; the application only reads the outcome (learnt.py).
"""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from app.insight.catalogue import Example, Urgency, urgency
from app.insight.learnt import ANY, Learnt, Linear, centred, unit
from app.insight.records import Encoder, Vectors

EVENED = 0.8
"""How far the spread within a concern is pulled towards "the same in all directions" before it is divided out."""
DIRECTIONS = 130
STRENGTH = {"theme": 1.0, "kind": 4.0, "feeling": 4.0, "urgent": 0.3}


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


def type_centres(vectors: Vectors, types: Sequence[str], projection: Vectors) -> tuple[tuple[str, ...], Vectors]:
    """The ids of the types, in order, and the middle of each after the projection: unit vectors (m, k)."""
    projected, names = unit(vectors @ projection), np.array(types)
    ids = tuple(sorted(set(types)))
    return ids, unit(np.stack([projected[names == name].mean(axis=0) for name in ids]))


def linear(vectors: Vectors, labels: Sequence[str], strength: float) -> Linear:
    """A multinomial logistic regression; `strength` is how far the weights may grow (scikit-learn's C)."""
    model = LogisticRegression(C=strength, max_iter=2000, class_weight="balanced").fit(vectors, list(labels))
    weights, shift = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # then scikit-learn keeps only the second one's
        weights, shift = np.vstack([np.zeros_like(weights), weights]), np.append(0.0, shift)
    return Linear(tuple(str(name) for name in model.classes_), weights.T.astype(np.float32), shift.astype(np.float32))


def learn(encoder: Encoder, examples: Sequence[Example]) -> Learnt:
    """Everything, from these examples."""
    return learn_from(encoder.encode([e.text for e in examples]), examples, encoder)


def learn_from(vectors: Vectors, examples: Sequence[Example], encoder: Encoder) -> Learnt:
    """Everything, from vectors of these examples that are there already (n, d)."""
    languages = [e.language for e in examples]
    means = language_means(vectors, languages)
    nothing = Linear((), np.empty((0, 0), np.float32), np.empty(0, np.float32))
    base = Learnt(means, vectors[:0], (), vectors[:0], nothing, nothing, nothing, nothing)
    middle = centred(vectors, languages, base)
    urgent_languages, urgent_texts = zip(*urgency().examples, strict=True)
    types = [e.type_id for e in examples]
    projection = sameness(middle, types)
    type_ids, centres = type_centres(middle, types, projection)
    return Learnt(
        means=means,
        sameness=projection,
        type_ids=type_ids,
        type_centres=centres,
        theme=linear(middle, [e.theme for e in examples], STRENGTH["theme"]),
        kind=linear(middle, [e.kind for e in examples], STRENGTH["kind"]),
        feeling=linear(middle, [e.feeling for e in examples], STRENGTH["feeling"]),
        urgent=_urgent(middle, examples, centred(encoder.encode(list(urgent_texts)), urgent_languages, base)),
    )


def _urgent(vectors: Vectors, examples: Sequence[Example], said: Vectors) -> Linear:
    """Learnt from sentences that sound like danger (`said`) and from what people say about dangerous types."""
    known = urgency()
    sounds_so = ["yes" if is_dangerous(example, known) else "no" for example in examples]
    return linear(np.concatenate([vectors, said]), [*sounds_so, *["yes"] * len(said)], STRENGTH["urgent"])


def is_dangerous(example: Example, known: Urgency) -> bool:
    """Whether an invented passage tells of danger: its type does, and it neither thanks nor proposes."""
    return example.type_id in known.types and example.kind not in ("praise", "idea")

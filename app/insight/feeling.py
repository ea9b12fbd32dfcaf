"""What kind of thing someone says (complaint, question, wish, idea, praise) and how they feel about it.

None when the model does not know; that counts as "not determined" and moves no average.
"""

from typing import Any

from app.insight.learnt import Learnt, TwoReadings
from app.insight.records import Vectors

SURE_OF_FEELING = 0.55
SURE_OF_KIND = 0.5
"""The least probability that counts (figures in docs/decisions/insight.md)."""


def find_feelings(vectors: Vectors, pieces: Any, learnt: Learnt) -> list[str | None]:
    """For each passage "negative", "neutral", "positive" or None: its centred vector and its pieces of words."""
    return _labels(vectors, pieces, learnt.feeling, SURE_OF_FEELING)


def find_kinds(vectors: Vectors, pieces: Any, learnt: Learnt) -> list[str | None]:
    """For each passage one of `KINDS`, or None."""
    return _labels(vectors, pieces, learnt.kind, SURE_OF_KIND)


def _labels(vectors: Vectors, pieces: Any, model: TwoReadings, sure: float) -> list[str | None]:
    if not len(vectors):
        return []
    shares = model.shares(vectors, pieces)
    return [
        model.labels[best] if row[best] >= sure else None
        for row, best in zip(shares, shares.argmax(axis=1), strict=True)
    ]

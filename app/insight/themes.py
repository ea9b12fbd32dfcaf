"""Which theme of the framework a passage is about. None when unsure."""

from app.insight.learnt import Learnt
from app.insight.records import Vectors

SURE = 0.4
"""The least probability that counts (figures in docs/decisions/insight.md)."""


def find_themes(vectors: Vectors, learnt: Learnt) -> list[tuple[str | None, float]]:
    """For each centred vector the theme, or None, and the probability of the likeliest theme."""
    if not len(vectors):
        return []
    shares = learnt.theme.shares(vectors)
    return [
        (learnt.theme.labels[best] if row[best] >= SURE else None, float(row[best]))
        for row, best in zip(shares, shares.argmax(axis=1), strict=True)
    ]

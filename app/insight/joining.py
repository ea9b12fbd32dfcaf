"""Joins neighbouring pieces of one contribution that speak of the same thing into one passage.

A second sentence often says little by itself ("nobody does anything"); what it is about stands in the first. So
sentences stay together unless both sides clearly speak of different types of the catalogue, or the second begins
something new in its form: a line, a point of a list, another clause.
"""

from collections.abc import Sequence

import numpy as np

from app.insight.passages import Piece
from app.insight.records import Vectors

SURE = 0.6
"""Both sides are at least so probably about their type (docs/decisions/insight.md)."""
SHARED = 0.05
"""And at most so probably about the other's."""
AT_MOST = 600
"""A passage is at most this long (characters), unless one piece is longer."""


def join(pieces: Sequence[Piece], shares: Vectors) -> list[list[int]]:
    """Which of the pieces of one contribution (places in `pieces`, in order) form a passage together.

    `shares` (n, m) says how probably each is about each type.
    """
    groups: list[list[int]] = []
    for i, piece in enumerate(pieces):
        is_short = bool(groups) and piece.end - pieces[groups[-1][0]].start <= AT_MOST
        if is_short and not piece.is_new and not _differ(groups[-1], i, pieces, shares):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _differ(group: Sequence[int], piece: int, pieces: Sequence[Piece], shares: Vectors) -> bool:
    lengths = np.array([pieces[i].end - pieces[i].start for i in group], np.float32)
    before, after = lengths @ shares[list(group)] / lengths.sum(), shares[piece]
    first, second = int(before.argmax()), int(after.argmax())
    are_sure = before[first] >= SURE and after[second] >= SURE
    return first != second and bool(are_sure and before[second] <= SHARED and after[first] <= SHARED)

"""When a share is told, and when two shares differ."""

from __future__ import annotations

Interval = tuple[float, float]
FEWEST = 10
"""Of fewer people no share is told: the interval would be half the scale."""


def apart(one: Interval, other: Interval) -> bool:
    """Whether two intervals do not touch.

    Stricter than a test of the difference at 5 % (for groups of one size about 0.6 %), which leaves room for
    looking at several groups at once.
    """
    return one[1] < other[0] or other[1] < one[0]

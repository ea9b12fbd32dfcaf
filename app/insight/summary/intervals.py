"""How sure a share is."""

from __future__ import annotations

from math import sqrt

Interval = tuple[float, float]
_Z95 = 1.959963984540054
FEWEST = 10
"""Of fewer people no share is told: the interval would be half the scale."""


def wilson(number: int, of: int) -> Interval:
    """The 95 % score interval of a share (Wilson, JASA 22, 1927): good also for few people and shares near 0 or 1.

    Raises ValueError when there is nobody, or more than all.
    """
    if not 0 <= number <= of or of == 0:
        raise ValueError(f"{number} of {of} is no share")
    share, spread = number / of, _Z95 * _Z95 / of
    middle = share + spread / 2
    half = _Z95 * sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (0.0 if number == 0 else low), (1.0 if number == of else high)


def apart(one: Interval, other: Interval) -> bool:
    """Whether two intervals do not touch.

    Stricter than a test of the difference at 5 % (for groups of one size about 0.6 %), which leaves room for
    looking at several groups at once.
    """
    return one[1] < other[0] or other[1] < one[0]

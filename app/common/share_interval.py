"""How sure a share is. The one place where an interval of a share is worked out."""

from __future__ import annotations

from functools import cache
from math import sqrt
from statistics import NormalDist


def share_interval(number: float, of: float, confidence: float = 0.95) -> tuple[float, float]:
    """From what to what the share `number / of` lies: the score interval of Wilson (JASA 22, 1927), as parts of 1.

    Good also for few people and for shares near 0 or 1; both numbers may be effective numbers of people. Raises
    ValueError when there is nobody, or more than all.
    """
    if not 0 <= number <= of or of == 0:
        raise ValueError(f"{number} of {of} is no share")
    z, share = _deviations(confidence), number / of
    middle = number + z * z / 2
    half = z * sqrt(number * (1 - share) + z * z / 4)
    low, high = (middle - half) / (of + z * z), (middle + half) / (of + z * z)
    return (0.0 if number == 0 else min(share, max(0.0, low))), (1.0 if number == of else max(share, min(1.0, high)))


@cache
def _deviations(confidence: float) -> float:
    """How many standard deviations to both sides of the middle hold so much of a normal distribution."""
    return NormalDist().inv_cdf((1 + confidence) / 2)

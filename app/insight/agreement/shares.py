"""Shares of people with the room that chance leaves, and the tests that tell one group from the rest."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from app.common.share_interval import share_interval
from app.insight.agreement.votes import Counts, Floats

Z_90 = 1.2816
"""What a one-sided test at 90 % has to pass, as in Polis."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A share, or a difference of two, and between what it lies with 95 % confidence."""

    value: float
    low: float
    high: float


def share(count: int, total: int) -> Interval:
    """`count` of `total` with Wilson's score interval. Raises ValueError when there is no total."""
    low, high = share_interval(count, total)
    return Interval(count / total, low, high)


def difference(one: Interval, other: Interval) -> Interval:
    """How much larger the first share is (Newcombe 1998, method 10: from the two Wilson intervals)."""
    value = one.value - other.value
    down = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    up = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(value, value - down, value + up)


def likely(count: Counts, total: Counts) -> Floats:
    """The share that `count` of `total` makes likely: (count + 1) / (total + 2), so a half when nobody voted."""
    return (count + 1) / (total + 2)


def more_than_half(count: Counts, total: Counts) -> Floats:
    """How many standard errors the share is above a half; with one success added (Small and others 2021)."""
    above: Floats = 2 * np.sqrt(total + 1) * ((count + 1) / (total + 1) - 0.5)
    return above


def more_than_there(count: Counts, total: Counts, count_there: Counts, total_there: Counts) -> Floats:
    """How many standard errors the share is above that of the rest; with one success added to both.

    The two-proportion test with a pooled share of Small and others (2021); 0 when everyone in both does it.
    """
    here, there = (count + 1) / (total + 1), (count_there + 1) / (total_there + 1)
    pooled = (count + count_there + 2) / (total + total_there + 2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / (total + 1) + 1 / (total_there + 1)))
    above: Floats = np.divide(here - there, error, out=np.zeros_like(here), where=error > 0)
    return above

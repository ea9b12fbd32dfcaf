"""Divides the days in which people spoke into weeks, months, quarters or years, as there is data."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from app.insight.summary.claims import Period
from app.insight.summary.members import Member, Voices

SHOWN_FROM = 5
"""Fewer voices in a period are not shown."""
MOST_PERIODS = 13


class Unit(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def period_of(day: date, unit: Unit) -> Period:
    """The week (from Monday), month, quarter or year of this day."""
    if unit is Unit.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(first, first + timedelta(days=6))
    months = _MONTHS[unit]
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    last_month = first.month + months - 1
    return Period(first, date(day.year, last_month, monthrange(day.year, last_month)[1]))


def _periods(first: date, last: date, unit: Unit) -> Iterator[Period]:
    period = period_of(first, unit)
    while period.first <= last:
        yield period
        period = period_of(period.last + timedelta(days=1), unit)


def periods(members: Sequence[Member], voices: Voices) -> tuple[Unit, tuple[Period, ...]] | None:
    """The finest unit in which at least half of the periods with anyone in them have enough voices to be shown.

    None when there are no two periods to compare: all came at once, or too few did.
    """
    if not members:
        return None
    first, last = min(m.day for m in members), max(m.day for m in members)
    for unit in Unit:
        found = tuple(islice(_periods(first, last, unit), MOST_PERIODS + 1))
        if len(found) > MOST_PERIODS:
            continue
        sizes = [len({voices.of(m) for m in members if period.holds(m)}) for period in found]
        shown = sum(size >= SHOWN_FROM for size in sizes)
        if shown >= 2 and 2 * shown >= sum(size > 0 for size in sizes):
            return unit, found
    return None


def halves(found: Sequence[Period], members: Sequence[Member], voices: Voices) -> tuple[Period, Period]:
    """The time before and the time after the boundary between two periods that divides the voices most evenly."""

    def uneven(cut: int) -> tuple[int, int]:
        before = {voices.of(m) for m in members if m.day <= found[cut - 1].last}
        after = {voices.of(m) for m in members if m.day > found[cut - 1].last}
        return abs(len(before) - len(after)), cut

    cut = min(range(1, len(found)), key=uneven)
    return Period(found[0].first, found[cut - 1].last), Period(found[cut].first, found[-1].last)

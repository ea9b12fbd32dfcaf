"""Horizons: short to one year, medium to four, long to fifteen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ambitions.horizon import Horizon, horizon_for, last_day

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2080, 12, 31))


@pytest.mark.parametrize(
    ("horizon", "end"),
    [
        (Horizon.SHORT, date(2027, 3, 1)),
        (Horizon.MEDIUM, date(2030, 3, 1)),
        (Horizon.LONG, date(2041, 3, 1)),
    ],
)
def test_a_horizon_ends_on_the_same_day_so_many_years_later(horizon: Horizon, end: date) -> None:
    assert last_day(horizon, date(2026, 3, 1)) == end


def test_a_start_on_leap_day_ends_on_the_last_of_february() -> None:
    assert last_day(Horizon.SHORT, date(2028, 2, 29)) == date(2029, 2, 28)
    assert last_day(Horizon.MEDIUM, date(2028, 2, 29)) == date(2032, 2, 29)


def test_the_last_day_is_inside_and_the_day_after_is_in_the_next_horizon() -> None:
    start = date(2026, 11, 25)
    assert horizon_for(start, date(2027, 11, 25)) is Horizon.SHORT
    assert horizon_for(start, date(2027, 11, 26)) is Horizon.MEDIUM
    assert horizon_for(start, date(2041, 11, 25)) is Horizon.LONG
    assert horizon_for(start, date(2041, 11, 26)) is None
    assert horizon_for(start, date(2026, 11, 24)) is None


@given(start=DAYS, days=st.integers(min_value=0, max_value=16 * 366))
def test_the_horizon_found_is_the_shortest_that_holds_the_day(start: date, days: int) -> None:
    due = start + timedelta(days=days)
    # Independent: count whole years on the calendar instead of comparing with an end day.
    years = due.year - start.year
    anniversary = (start.month, start.day)
    if start.month == 2 and start.day == 29 and not _is_leap(due.year):
        anniversary = (2, 28)
    beyond = (due.month, due.day) > anniversary
    needed = years + 1 if beyond else years
    expected = next((h for h, limit in zip(Horizon, (1, 4, 15), strict=True) if needed <= limit), None)
    assert horizon_for(start, due) is expected


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

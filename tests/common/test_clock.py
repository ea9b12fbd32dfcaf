"""A day ends where the people are."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common.clock import end_of_day


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 22, 59, 59, 999999, UTC)),
        (
            date(2026, 3, 29),
            datetime(2026, 3, 29, 21, 59, 59, 999999, UTC),
        ),  # the clock goes forward this day
        (date(2026, 3, 31), datetime(2026, 3, 31, 21, 59, 59, 999999, UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, 999999, UTC)),  # and back this day
    ],
)
def test_a_day_ends_just_before_the_next_one_over_clock_changes_too(day: date, utc: datetime) -> None:
    assert end_of_day(day, "Europe/Amsterdam") == utc


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(["Europe/Amsterdam", "America/Curacao"]))
def test_one_microsecond_later_it_is_the_next_day_there(day: date, zone: str) -> None:
    end = end_of_day(day, zone)
    assert end.astimezone(ZoneInfo(zone)).date() == day
    assert (end + timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)

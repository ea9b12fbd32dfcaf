"""A survey is open until and including its last moment."""

from datetime import UTC, date, datetime, timedelta

from app.common.clock import end_of_day
from app.surveys.opening import Opening, opening_at

OPENS = datetime(2026, 3, 1, tzinfo=UTC)


def test_it_closes_after_its_last_moment_there_on_a_day_when_the_clock_changes() -> None:
    closes = end_of_day(date(2026, 3, 29), "Europe/Amsterdam")
    assert opening_at(datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), OPENS, closes) is Opening.OPEN
    assert opening_at(closes, OPENS, closes) is Opening.OPEN
    assert opening_at(datetime(2026, 3, 29, 22, 0, tzinfo=UTC), OPENS, closes) is Opening.CLOSED


def test_it_opens_at_its_first_moment_and_may_have_no_end() -> None:
    assert opening_at(OPENS - timedelta(microseconds=1), OPENS, None) is Opening.NOT_YET
    assert opening_at(OPENS, OPENS, None) is Opening.OPEN
    assert opening_at(OPENS + timedelta(days=9999), OPENS, None) is Opening.OPEN

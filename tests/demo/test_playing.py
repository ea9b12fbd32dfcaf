"""The clock can be played back, for history that goes through the same rules as a real one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.common.clock import now, playing

THEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_inside_the_block_it_is_that_moment_and_afterwards_it_is_now() -> None:
    with playing(THEN):
        assert now() == THEN
        with playing(THEN - timedelta(days=1)):
            assert now() == THEN - timedelta(days=1)
        assert now() == THEN
    assert abs(datetime.now(UTC) - now()) < timedelta(minutes=1)


def test_a_failure_inside_does_not_leave_the_clock_standing_still() -> None:
    with pytest.raises(ValueError, match="oops"), playing(THEN):
        raise ValueError("oops")
    assert now() > THEN


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    with playing(THEN.astimezone(timezone(timedelta(hours=5)))):
        assert now() == THEN
        assert now().tzinfo is UTC

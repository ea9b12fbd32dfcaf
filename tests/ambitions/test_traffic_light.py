"""The traffic light follows from dates and reports, whoever looks and in whatever order they arrived."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ambitions.traffic_light import (
    Colour,
    Direction,
    Light,
    Outcome,
    Promise,
    Report,
    Target,
    colour,
    kept_on,
    light,
)

MADE = date(2026, 1, 1)
DUE = date(2026, 6, 30)
YES_OR_NO = Promise(MADE, DUE)
AT_LEAST_TEN = Promise(MADE, DUE, Target(Decimal(10)))
AT_MOST_TEN = Promise(MADE, DUE, Target(Decimal(10), Direction.AT_MOST))


def test_a_fresh_promise_is_on_track() -> None:
    assert light(YES_OR_NO, [], MADE) is Light.ON_TRACK


def test_half_a_year_of_silence_is_no_news() -> None:
    long_promise = Promise(MADE, date(2030, 1, 1))
    assert light(long_promise, [], MADE + timedelta(days=183)) is Light.ON_TRACK
    assert light(long_promise, [], MADE + timedelta(days=184)) is Light.NO_NEWS
    news = [Report(MADE + timedelta(days=184))]
    assert light(long_promise, news, MADE + timedelta(days=184)) is Light.ON_TRACK


def test_the_due_day_itself_is_in_time_and_the_day_after_is_late() -> None:
    assert light(YES_OR_NO, [], DUE) is Light.ON_TRACK
    assert light(YES_OR_NO, [], DUE + timedelta(days=1)) is Light.LATE
    assert light(YES_OR_NO, [Report(DUE, Outcome.KEPT)], DUE + timedelta(days=400)) is Light.KEPT


def test_kept_too_late_stays_visible_as_late() -> None:
    reports = [Report(DUE + timedelta(days=1), Outcome.KEPT)]
    assert light(YES_OR_NO, reports, DUE + timedelta(days=900)) is Light.KEPT_LATE


def test_what_the_party_says_will_not_happen_is_broken_also_before_the_due_day() -> None:
    reports = [Report(date(2026, 3, 1), Outcome.NOT_KEPT)]
    assert light(YES_OR_NO, reports, date(2026, 3, 2)) is Light.BROKEN
    assert light(YES_OR_NO, reports, DUE + timedelta(days=50)) is Light.BROKEN


def test_a_broken_promise_taken_up_again_is_on_track_before_and_late_after_the_due_day() -> None:
    reports = [Report(date(2026, 3, 1), Outcome.NOT_KEPT), Report(date(2026, 4, 1))]
    assert light(YES_OR_NO, reports, date(2026, 4, 2)) is Light.ON_TRACK
    assert light(YES_OR_NO, reports, DUE + timedelta(days=1)) is Light.LATE


def test_saying_kept_does_not_make_a_figure_reach_its_target() -> None:
    assert light(AT_LEAST_TEN, [Report(DUE, Outcome.KEPT)], DUE + timedelta(days=1)) is Light.LATE
    nine = [Report(DUE, Outcome.KEPT, Decimal("9.9"))]
    assert light(AT_LEAST_TEN, nine, DUE + timedelta(days=1)) is Light.LATE
    ten = [Report(DUE, Outcome.UNDER_WAY, Decimal("10.00"))]
    assert light(AT_LEAST_TEN, ten, DUE + timedelta(days=1)) is Light.KEPT


def test_at_most_is_reached_from_the_other_side() -> None:
    assert light(AT_MOST_TEN, [Report(DUE, figure=Decimal(11))], DUE + timedelta(days=1)) is Light.LATE
    assert light(AT_MOST_TEN, [Report(DUE, figure=Decimal(10))], DUE + timedelta(days=1)) is Light.KEPT


def test_the_newest_figure_decides_and_a_sentence_without_a_figure_changes_nothing() -> None:
    reports = [Report(date(2026, 3, 1), figure=Decimal(12)), Report(date(2026, 4, 1))]
    assert kept_on(AT_LEAST_TEN, reports) == date(2026, 3, 1)
    fell_back = [*reports, Report(date(2026, 5, 1), figure=Decimal(8))]
    assert kept_on(AT_LEAST_TEN, fell_back) is None
    assert light(AT_LEAST_TEN, fell_back, date(2026, 5, 1)) is Light.ON_TRACK


def test_a_report_of_tomorrow_is_not_known_today() -> None:
    reports = [Report(date(2026, 5, 2), Outcome.KEPT)]
    assert light(YES_OR_NO, reports, date(2026, 5, 1)) is Light.ON_TRACK


def test_red_is_only_for_a_broken_promise() -> None:
    assert [state for state in Light if colour(state) is Colour.RED] == [Light.BROKEN]
    assert [state for state in Light if colour(state) is Colour.GREEN] == [Light.KEPT, Light.ON_TRACK]


REPORTS = st.lists(
    st.builds(
        Report,
        on=st.dates(min_value=MADE, max_value=date(2026, 12, 31)),
        outcome=st.sampled_from(Outcome),
        figure=st.none() | st.integers(min_value=8, max_value=12).map(Decimal),
    ),
    max_size=8,
)
PROMISES = st.sampled_from([YES_OR_NO, AT_LEAST_TEN, AT_MOST_TEN])


def _day_by_day(promise: Promise, reports: list[Report], today: date) -> Light:
    """The oracle: live through every day and keep a diary."""
    kept_since: date | None = None
    said_broken = False
    last_news = promise.made
    day = promise.made
    while day <= today:
        for report in [report for report in reports if report.on == day]:
            last_news = day
            said_broken = report.outcome is Outcome.NOT_KEPT
            if said_broken:
                kept_since = None
            elif promise.target is None:
                if report.outcome is Outcome.KEPT and kept_since is None:
                    kept_since = day
            elif report.figure is not None:
                up = promise.target.direction is Direction.AT_LEAST
                good = report.figure >= 10 if up else report.figure <= 10
                kept_since = (kept_since or day) if good else None
        day += timedelta(days=1)
    if kept_since:
        return Light.KEPT_LATE if kept_since > promise.due else Light.KEPT
    if said_broken:
        return Light.BROKEN
    if today > promise.due:
        return Light.LATE
    return Light.NO_NEWS if (today - last_news).days > 183 else Light.ON_TRACK


@given(promise=PROMISES, reports=REPORTS, today=st.dates(MADE, date(2027, 1, 31)))
def test_the_light_is_what_a_diary_of_every_day_would_say(
    promise: Promise, reports: list[Report], today: date
) -> None:
    assert light(promise, reports, today) is _day_by_day(promise, reports, today)


@given(promise=PROMISES, reports=REPORTS, today=st.dates(MADE, date(2027, 1, 31)))
def test_the_order_in_which_reports_of_different_days_arrive_does_not_matter(
    promise: Promise, reports: list[Report], today: date
) -> None:
    one_a_day = list({report.on: report for report in reports}.values())
    assert light(promise, one_a_day, today) is light(promise, one_a_day[::-1], today)


@pytest.mark.parametrize("status", list(Light))
def test_every_light_has_a_colour(status: Light) -> None:
    assert colour(status) in Colour

"""How an agreement stands, computed from its dates and what was reported; nobody can type it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

# After half a year of silence "on track" is no longer something we know.
NEWS_WITHIN = timedelta(days=183)


class Direction(StrEnum):
    """On which side of the target the figure must end; the values are stored."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Outcome(StrEnum):
    """What a report says about the promise itself; the values are stored."""

    UNDER_WAY = "under_way"
    KEPT = "kept"
    NOT_KEPT = "not_kept"


class Light(StrEnum):
    """How an agreement stands."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    ON_TRACK = "on_track"
    NO_NEWS = "no_news"
    LATE = "late"
    BROKEN = "broken"


class Colour(StrEnum):
    """The three colours; the word is always shown beside it."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Target:
    """The figure that was promised, and on which side of it one must end."""

    figure: Decimal
    direction: Direction = Direction.AT_LEAST

    def is_reached_by(self, figure: Decimal) -> bool:
        """Whether ``figure`` (in the unit of the target) reaches the target."""
        return figure >= self.figure if self.direction is Direction.AT_LEAST else figure <= self.figure


@dataclass(frozen=True)
class Report:
    """One progress report: the day in the municipality's time zone, and what it says."""

    on: date
    outcome: Outcome = Outcome.UNDER_WAY
    figure: Decimal | None = None


@dataclass(frozen=True)
class Promise:
    """What the light needs to know of an agreement. ``due`` is the last day that is still in time."""

    made: date
    due: date
    target: Target | None = None


def _is_reached(promise: Promise, report: Report, before: bool) -> bool:
    """Whether the promise is kept after this report; ``before`` is how it stood until then."""
    if report.outcome is Outcome.NOT_KEPT:
        return False
    if promise.target is None:
        # "Kept" of a yes-or-no promise stays true under later news, until someone says it is not kept.
        return before or report.outcome is Outcome.KEPT
    if report.figure is None:
        return before
    return promise.target.is_reached_by(report.figure)


def kept_on(promise: Promise, reports: Sequence[Report]) -> date | None:
    """The day since which the promise is kept without a break; None when it is not kept now.

    With a target only figures count, so that saying "kept" cannot make it so.
    """
    since: date | None = None
    for report in sorted(reports, key=lambda report: report.on):
        reached = _is_reached(promise, report, since is not None)
        since = (since or report.on) if reached else None
    return since


def light(promise: Promise, reports: Sequence[Report], today: date) -> Light:
    """How the agreement stands on ``today``. Reports of one day count in the order given."""
    known = sorted((report for report in reports if report.on <= today), key=lambda report: report.on)
    since = kept_on(promise, known)
    if since is not None:
        # A promise kept too late stays visible as that.
        return Light.KEPT if since <= promise.due else Light.KEPT_LATE
    if known and known[-1].outcome is Outcome.NOT_KEPT:
        return Light.BROKEN
    if today > promise.due:
        return Light.LATE
    last_news = known[-1].on if known else promise.made
    return Light.ON_TRACK if today - last_news <= NEWS_WITHIN else Light.NO_NEWS


def colour(light_: Light) -> Colour:
    """Green for kept and on track, amber for late and silent, red only for a broken promise."""
    if light_ in (Light.KEPT, Light.ON_TRACK):
        return Colour.GREEN
    return Colour.RED if light_ is Light.BROKEN else Colour.AMBER

"""How the agreements of an ambition stand on a day: from rows to the pure traffic light."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.ambitions.models import Agreement
from app.ambitions.traffic_light import Light, Promise, Report, Target, kept_on, light


def local_day(moment: datetime, zone: str) -> date:
    """The day it is at this moment in that time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _promise(agreement: Agreement, zone: str) -> Promise:
    target = None if agreement.target is None else Target(agreement.target, agreement.direction)
    return Promise(local_day(agreement.created_at, zone), agreement.due, target)


def _reports(agreement: Agreement, zone: str) -> list[Report]:
    return [Report(local_day(report.at, zone), report.outcome, report.figure) for report in agreement.reports]


def light_of(agreement: Agreement, zone: str, moment: datetime) -> Light:
    """How this agreement stands at this moment, by the calendar of that time zone."""
    return light(_promise(agreement, zone), _reports(agreement, zone), local_day(moment, zone))


def kept_since(agreement: Agreement, zone: str) -> date | None:
    """The day since which the agreement is kept; None when it is not."""
    return kept_on(_promise(agreement, zone), _reports(agreement, zone))


def overdue_at(agreement: Agreement, zone: str) -> datetime:
    """The first moment at which it is too late: the day after the due day begins there."""
    due = agreement.due
    next_day = date.fromordinal(due.toordinal() + 1)
    return datetime(next_day.year, next_day.month, next_day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)

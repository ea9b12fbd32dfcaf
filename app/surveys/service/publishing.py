"""Publishing a survey file in a neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.common.audit import record
from app.common.clock import end_of_day, now
from app.extensions import db
from app.places.models import Neighbourhood
from app.surveys.definition import Survey as Definition
from app.surveys.definitions import checksum
from app.surveys.models import Survey, SurveyVersion
from app.surveys.reading import read
from app.surveys.yaml_lines import Problem


class Broken(Exception):
    """The file has problems, so it is not published."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class WrongDays(Exception):
    """The last day comes before the first one."""


@dataclass(frozen=True)
class Published:
    """The version that is published now, and whether it is new: the same file again makes no new one."""

    survey: Survey
    version: SurveyVersion
    is_new: bool


def publish(
    source: bytes,
    neighbourhood: Neighbourhood,
    *,
    file: str = "survey.yaml",
    first_day: date | None = None,
    last_day: date | None = None,
) -> Published:
    """Publish a file: the survey is made or gets a next version, and the days that are given are set.

    Without `first_day` a new survey opens now; without `last_day` it stays open. Days are those of the municipality.
    Responses that were begun go on in their own version. Raises Broken and WrongDays, and then nothing has changed.
    """
    reading = read(source, file)
    if reading.survey is None:
        raise Broken(reading.problems)
    survey = _survey(reading.survey, neighbourhood)
    _set_days(survey, neighbourhood.municipality.time_zone, first_day, last_day)
    text = source.decode("utf-8-sig")
    newest = select(SurveyVersion).where(SurveyVersion.survey_id == survey.id).order_by(SurveyVersion.number.desc())
    version = db.session.scalars(newest.limit(1)).one_or_none()
    is_new = version is None or version.checksum != checksum(text)
    if version is None or is_new:
        number = 1 if version is None else version.number + 1
        version = SurveyVersion(survey_id=survey.id, number=number, definition=text, checksum=checksum(text))
        db.session.add(version)
        db.session.flush()
        record(None, "survey.publish", version, number=number)
    db.session.commit()
    return Published(survey, version, is_new)


def _survey(definition: Definition, neighbourhood: Neighbourhood) -> Survey:
    here = select(Survey).where(Survey.neighbourhood_id == neighbourhood.id, Survey.slug == definition.id)
    survey = db.session.scalar(here)
    if survey is None:
        survey = Survey(neighbourhood_id=neighbourhood.id, slug=definition.id, opens_at=now())
        db.session.add(survey)
        db.session.flush()
    return survey


def _set_days(survey: Survey, zone: str, first_day: date | None, last_day: date | None) -> None:
    opens_at, closes_at = survey.opens_at, survey.closes_at
    if first_day is not None:
        opens_at = _start_of_day(first_day, zone)
    if last_day is not None:
        closes_at = end_of_day(last_day, zone)
    if closes_at is not None and closes_at < opens_at:
        db.session.rollback()
        raise WrongDays
    if (opens_at, closes_at) != (survey.opens_at, survey.closes_at):
        survey.opens_at, survey.closes_at = opens_at, closes_at
        closing = closes_at.isoformat() if closes_at else None
        record(None, "survey.set_days", survey, opens_at=opens_at.isoformat(), closes_at=closing)


def _start_of_day(day: date, zone: str) -> datetime:
    return end_of_day(day - timedelta(days=1), zone) + timedelta(microseconds=1)

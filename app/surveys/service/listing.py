"""Which surveys can be filled in, and what a resident filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from app.common.clock import now
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import Resident
from app.places.models import Neighbourhood
from app.surveys.definitions import definition_of
from app.surveys.models import Response, Survey
from app.surveys.service.filling_in import newest_version


@dataclass(frozen=True)
class OpenSurvey:
    """A survey that can be filled in now. `minutes`: how long it takes; `closes_at`: None when it stays open."""

    id: UUID
    slug: str
    title: LocalizedText
    minutes: int
    closes_at: datetime | None


@dataclass(frozen=True)
class MyResponse:
    """What a resident sees of their own response. `submitted_at` is None when it was begun and not sent."""

    id: UUID
    title: LocalizedText
    slug: str
    neighbourhood: Neighbourhood
    started_at: datetime
    submitted_at: datetime | None


def open_surveys(neighbourhood_id: UUID) -> list[OpenSurvey]:
    """The surveys that can be filled in here now; those that close first come first."""
    moment = now()
    rows = db.session.execute(
        select(Survey, newest_version()).where(
            Survey.neighbourhood_id == neighbourhood_id,
            Survey.opens_at <= moment,
            or_(Survey.closes_at.is_(None), Survey.closes_at >= moment),
        )
    ).all()
    found = [
        OpenSurvey(survey.id, survey.slug, definition.title, definition.minutes, survey.closes_at)
        for survey, definition in ((survey, definition_of(version_id)) for survey, version_id in rows)
    ]
    return sorted(found, key=lambda each: (each.closes_at is None, each.closes_at, each.slug))


def responses_of(resident: Resident) -> list[MyResponse]:
    """What this resident began or sent and did not withdraw, newest first."""
    rows = db.session.execute(
        select(Response, Survey.slug, Neighbourhood)
        .join(Survey, Response.survey_id == Survey.id)
        .join(Neighbourhood, Survey.neighbourhood_id == Neighbourhood.id)
        .where(Response.resident_id == resident.id, Response.withdrawn_at.is_(None))
        .order_by(Response.started_at.desc(), Response.id)
    )
    return [
        MyResponse(
            response.id,
            definition_of(response.survey_version_id).title,
            slug,
            neighbourhood,
            response.started_at,
            response.submitted_at,
        )
        for response, slug, neighbourhood in rows.all()
    ]

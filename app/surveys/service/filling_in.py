"""Filling in a survey: begin, save a page, send. Each asks the clock, and each may be done twice without harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, ScalarSelect, and_, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.common.clock import now
from app.common.insert_once import insert_once
from app.contributions import service as contributions
from app.contributions.models import Source
from app.extensions import db
from app.people.models import Resident
from app.places.models import Neighbourhood
from app.surveys.answers import TOLD, from_json, to_json
from app.surveys.definition import Kind, Page, Question, Value
from app.surveys.definition import Survey as Definition
from app.surveys.definitions import definition_of
from app.surveys.models import Answer, Response, Survey, SurveyVersion, source_key
from app.surveys.opening import Opening
from app.surveys.routing import asked, first_to_do


class NotOpen(Exception):
    """The survey is not open at this moment. Nothing was stored."""


class AlreadySent(Exception):
    """These answers were sent (or withdrawn) before, so they do not change any more."""


class Incomplete(Exception):
    """Something that is asked was not gone through yet; `page` is where."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.id)
        self.page = page


@dataclass
class Visit:
    """A survey in a neighbourhood and, when there is one, the response of the resident who comes to it.

    `version_id` is the version of that response, else the newest one (`newest_id`).
    """

    survey: Survey
    neighbourhood: Neighbourhood
    newest_id: UUID
    version_id: UUID
    response: Response | None

    @cached_property
    def definition(self) -> Definition:
        """What is asked."""
        return definition_of(self.version_id)

    @cached_property
    def answers(self) -> dict[str, Value]:
        """What was answered so far, also to questions that are not asked now; empty when nothing was begun."""
        if self.response is None or self.response.submitted_at is not None:
            return {}
        rows = db.session.execute(_ANSWERS, {"response_id": self.response.id})
        return {row.question_id: from_json(row.value) for row in rows}


def newest_version() -> ScalarSelect[UUID]:
    """The id of the newest version of the survey in the enclosing query."""
    versions = select(SurveyVersion.id).where(SurveyVersion.survey_id == Survey.id).correlate(Survey)
    return versions.order_by(SurveyVersion.number.desc()).limit(1).scalar_subquery()


# Built once: every step of every resident asks these.
_ANSWERS = select(Answer.id, Answer.question_id, Answer.value).where(Answer.response_id == bindparam("response_id"))
_MINE = and_(
    Response.survey_id == Survey.id,
    Response.resident_id == bindparam("resident_id"),
    Response.withdrawn_at.is_(None),
)
_VISIT = (
    select(Survey, Neighbourhood, newest_version(), Response)
    .join(Neighbourhood, Survey.neighbourhood_id == Neighbourhood.id)
    .outerjoin(Response, _MINE)
    .where(Neighbourhood.code == bindparam("code"), Survey.slug == bindparam("slug"))
)


def visit(code: str, slug: str, resident: Resident | None) -> Visit | None:
    """The survey with this slug in the neighbourhood with this code, in one statement; None when there is none."""
    who = resident.id if resident is not None else None
    row = db.session.execute(_VISIT, {"code": code, "slug": slug, "resident_id": who}).one_or_none()
    if row is None:
        return None
    survey, neighbourhood, newest, response = row
    return Visit(survey, neighbourhood, newest, response.survey_version_id if response else newest, response)


def begin(here: Visit, resident: Resident, language: str) -> None:
    """Make this resident's response to the newest version, when there is none. Raises NotOpen."""
    _ask_the_clock(here)
    started = {"id": uuid4(), "language": language, "resident_id": resident.id}
    ids = {"survey_id": here.survey.id, "survey_version_id": here.version_id}
    db.session.execute(insert_once(Response).values(**started, **ids))
    db.session.commit()


def save(here: Visit, given: Mapping[str, Value]) -> None:
    """Keep these answers, in place of earlier ones to the same questions. Raises NotOpen and AlreadySent."""
    response = _own_response(here)
    if response.submitted_at is not None:
        raise AlreadySent
    _ask_the_clock(here)
    if not _change(response, saved_at=now()):
        raise AlreadySent
    if given:
        _store(response.id, given)
    db.session.commit()
    here.answers.update(given)


def submit(here: Visit, language: str) -> None:
    """Send the answers: they count from now on, and what was said in own words goes into the stream.

    Answers to questions that are not asked are removed. Sending again changes nothing. Raises NotOpen, Incomplete,
    and AlreadySent when the answers were withdrawn meanwhile; then nothing has changed.
    """
    response = _own_response(here)
    if response.submitted_at is not None:
        return
    _ask_the_clock(here)
    if not _change(response, submitted_at=now(), saved_at=now(), language=language):
        raise AlreadySent
    rows = db.session.execute(_ANSWERS, {"response_id": response.id}).all()
    answers = {row.question_id: from_json(row.value) for row in rows}
    unfinished = first_to_do(here.definition, answers)
    if unfinished is not None:
        db.session.rollback()
        raise Incomplete(unfinished)
    wanted = {question.id: question for question in asked(here.definition, answers)}
    words = {row.id: row.value for row in rows if _holds_words(wanted.get(row.question_id), row.value)}
    db.session.execute(delete(Answer).where(Answer.response_id == response.id, Answer.question_id.not_in(wanted)))
    if words:
        contributions.add_all(
            {source_key(answer_id): text for answer_id, text in words.items()},
            neighbourhood_id=here.neighbourhood.id,
            source=Source.SURVEY_ANSWER,
            resident_id=response.resident_id,
        )
        db.session.execute(update(Answer).where(Answer.id.in_(words)).values(value=TOLD))
    db.session.commit()
    if words:
        contributions.nudge()


def _holds_words(question: Question | None, stored: object) -> bool:
    return question is not None and question.kind is Kind.OPEN and isinstance(stored, str)


def _own_response(here: Visit) -> Response:
    if here.response is None:
        raise AlreadySent
    return here.response


def _ask_the_clock(here: Visit) -> None:
    if here.survey.opening is not Opening.OPEN:
        raise NotOpen


def _change(response: Response, **values: object) -> bool:
    """Change the response as long as it was not sent or withdrawn. The row stays locked until the commit."""
    waiting = (Response.id == response.id, Response.submitted_at.is_(None), Response.withdrawn_at.is_(None))
    change = update(Response).where(*waiting).values(**values).execution_options(synchronize_session=False)
    changed = cast(CursorResult[Any], db.session.execute(change))
    if changed.rowcount == 1:
        return True
    db.session.rollback()
    return False


def _store(response_id: UUID, given: Mapping[str, Value]) -> None:
    """Insert or replace, in one statement; of two at the same moment the last one stays."""
    rows = [
        {"id": uuid4(), "response_id": response_id, "question_id": question_id, "value": to_json(value)}
        for question_id, value in given.items()
    ]
    db.session.execute(_replace(db.engine.dialect.name), rows)


@cache
def _replace(dialect_name: str) -> Any:
    """Built once for each kind of database: every step stores with it."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    insert = dialect.insert(Answer.__table__)
    return insert.on_conflict_do_update(
        index_elements=["response_id", "question_id"], set_={"value": insert.excluded.value}
    )

"""What came of a survey: counts of what was sent in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select

from app.common.small_groups import MINIMUM_GROUP, shown_count
from app.extensions import db
from app.surveys.counting import QuestionCount, Tally, count
from app.surveys.definition import Survey as Definition
from app.surveys.definitions import definition_of
from app.surveys.models import Answer, Response, Survey


@dataclass(frozen=True)
class Results:
    """The counts of a survey. `people` is None and there are no counts when too few people took part.

    Answers to an earlier version count only where the question is still exactly the same; `changed` says of how many
    questions there are answers to other words than the present ones.
    """

    people: int | None
    counts: tuple[QuestionCount, ...] = ()
    changed: int = 0


def results(survey: Survey, newest_version_id: UUID) -> Results:
    """Count the responses that were sent in and not withdrawn."""
    counting = (Response.survey_id == survey.id, *is_counted())
    people = db.session.scalar(select(func.count()).select_from(Response).where(*counting)) or 0
    if people < MINIMUM_GROUP:
        return Results(shown_count(people))
    stored = cast(Answer.value, Text)
    rows = db.session.execute(
        select(Response.survey_version_id, Answer.question_id, stored, func.count())
        .join(Answer, Answer.response_id == Response.id)
        .where(*counting)
        .group_by(Response.survey_version_id, Answer.question_id, stored)
    ).all()
    definition = definition_of(newest_version_id)
    same = counting_versions(definition, {row[0] for row in rows})
    tallies = [Tally(name, json.loads(value), n) for version, name, value, n in rows if name in same[version]]
    changed = {name for version, name, _value, _n in rows if name in definition.by_id and name not in same[version]}
    return Results(people, count(definition, tallies), len(changed))


def is_counted() -> tuple[ColumnElement[bool], ...]:
    """The condition on a response that it counts: sent in, and not withdrawn."""
    return Response.submitted_at.is_not(None), Response.withdrawn_at.is_(None)


def counting_versions(newest: Definition, versions: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """For each version the questions whose answers count beside those of the newest."""
    return {version_id: _unchanged(newest, definition_of(version_id)) for version_id in versions}


def _unchanged(newest: Definition, earlier: Definition) -> frozenset[str]:
    """The questions that are word for word the same in both versions, and asked under the same condition."""
    pairs: Iterable[tuple[str, bool]] = ((q.id, earlier.by_id.get(q.id) == q) for q in newest.questions)
    return frozenset(name for name, is_same in pairs if is_same)

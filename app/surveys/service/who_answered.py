"""Who answered a survey, and its results weighted to who lives in the neighbourhood."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, and_, cast, func, select
from sqlalchemy.orm import aliased

from app.common.localized import LocalizedText
from app.common.small_groups import MINIMUM_GROUP
from app.extensions import db
from app.insight.raking import CannotWeight, Cell, Margin, Raked, Reason, Why, rake
from app.insight.representation import MINIMUM_TO_CONCLUDE, base, group_in
from app.places.service import population_of
from app.surveys.answers import from_json
from app.surveys.definition import NoAnswer, Question
from app.surveys.definitions import definition_of
from app.surveys.models import Answer, Response, Survey
from app.surveys.service.filling_in import newest_version
from app.surveys.service.results import Results, counting_versions, is_counted
from app.surveys.weighting import CellTally, WeightedCount, weigh


@dataclass(frozen=True)
class Answered:
    """How many people answered a survey, by their group in one dimension of the population (None: not said).

    `offered`: the groups that could be given as an answer; None when any could.
    """

    title: LocalizedText
    slug: str
    dimension: str
    people: Mapping[str | None, int]
    offered: tuple[str, ...] | None


@dataclass(frozen=True)
class Weighted:
    """The results of a survey weighted to the neighbourhood.

    `dimensions`: what the weights make right. Either `raked` with the weighted shares by question id, or the
    `reasons` why these answers cannot stand for the neighbourhood.
    """

    dimensions: tuple[str, ...]
    raked: Raked | None = None
    questions: Mapping[str, WeightedCount] | None = None
    reasons: tuple[Reason, ...] = ()


def who_answered(neighbourhood_id: UUID) -> list[Answered]:
    """Who answered each survey in this neighbourhood, in each dimension that it asks about."""
    here = Survey.neighbourhood_id == neighbourhood_id
    totals = db.session.execute(
        select(Survey, newest_version(), Response.survey_version_id, func.count(Response.id))
        .join(Response, Response.survey_id == Survey.id)
        .where(here, *is_counted())
        .group_by(Survey.id, Response.survey_version_id)
        .order_by(Survey.opens_at, Survey.slug)
    ).all()
    asked = {version: definition_of(version).by_population for _s, _newest, version, _n in totals}
    stored = cast(Answer.value, Text)
    rows = db.session.execute(
        select(Response.survey_version_id, Answer.question_id, stored, func.count())
        .join(Answer, Answer.response_id == Response.id)
        .join(Survey, Response.survey_id == Survey.id)
        .where(here, *is_counted(), Answer.question_id.in_({q.id for each in asked.values() for q in each.values()}))
        .group_by(Response.survey_version_id, Answer.question_id, stored)
    ).all()
    found: dict[tuple[UUID, str], Counter[str | None]] = {}
    answered: Counter[tuple[UUID, str]] = Counter()
    for survey, _newest, version, _total in totals:
        for dimension, question in asked[version].items():
            people = found.setdefault((survey.id, dimension), Counter())
            for row_version, question_id, value, number in rows:
                if (row_version, question_id) == (version, question.id):
                    people[_group(json.loads(value))] += number
                    answered[survey.id, dimension] += number
    surveys = {survey.id: (survey, definition_of(newest)) for survey, newest, _version, _total in totals}
    everyone: Counter[UUID] = Counter()
    for survey, _newest, _version, total in totals:
        everyone[survey.id] += total
    for (survey_id, dimension), people in found.items():
        people[None] += everyone[survey_id] - answered[survey_id, dimension]
    return [
        Answered(definition.title, survey.slug, dimension, people, _offered(definition.by_population.get(dimension)))
        for (survey_id, dimension), people in found.items()
        for survey, definition in [surveys[survey_id]]
    ]


def weighted(survey: Survey, newest_version_id: UUID, results: Results) -> Weighted | None:
    """The `results` of a survey, weighted to the population. None when nothing is shown, when the survey asks nothing
    that the population can be compared with, or when the population is not known."""
    tables = population_of(survey.neighbourhood_id) if results.counts else {}
    definition = definition_of(newest_version_id)
    lives = {
        dimension: base(tables[dimension].people, _offered(question))
        for dimension, question in definition.by_population.items()
        if dimension in tables
    }
    questions = [definition.by_population[dimension] for dimension, people in lives.items() if len(people) > 1]
    dimensions = tuple(question.population for question in questions)
    if not questions:
        return None
    people: Counter[Cell] = Counter()
    for version, *values, number in db.session.execute(_by_cell(survey, questions)).all():
        people[_cell(version, values, questions, lives)] += number
    margins = [Margin(dimension, lives[dimension]) for dimension in dimensions]
    try:
        raked = rake(people, margins, least=MINIMUM_GROUP)
    except CannotWeight as refused:
        return Weighted(dimensions, reasons=refused.reasons)
    if raked.effective < MINIMUM_TO_CONCLUDE:
        return Weighted(dimensions, reasons=(Reason(Why.TOO_FEW),))
    same = counting_versions(definition, {version for (version,) in db.session.execute(_versions(survey))})
    tallies = [
        CellTally(_cell(version, values, questions, lives), question_id, json.loads(stored), number)
        for version, *values, question_id, stored, number in db.session.execute(_answers_by_cell(survey, questions))
        if question_id in same[version]
    ]
    return Weighted(dimensions, raked, weigh(results.counts, tallies, raked.weights))


def _offered(question: Question | None) -> tuple[str, ...] | None:
    return question.option_ids or None if question is not None else None


def _group(stored: Any) -> str | None:
    """The group of the population in a stored answer; None when someone did not say."""
    value = from_json(stored)
    return None if isinstance(value, NoAnswer | tuple) else str(value)


def _cell(version: UUID, values: list[str | None], questions: list[Question], lives: Mapping[str, Any]) -> Cell:
    """Someone's group in each margin. An earlier version may have asked for it under another id, or not at all."""
    asked = definition_of(version).by_population
    return tuple(
        group_in(lives[question.population], _group(json.loads(value)))
        if value is not None and question.population in asked and asked[question.population].id == question.id
        else None
        for question, value in zip(questions, values, strict=True)
    )


def _versions(survey: Survey) -> Select[Any]:
    return select(Response.survey_version_id).where(Response.survey_id == survey.id, *is_counted()).distinct()


def _by_cell(survey: Survey, questions: list[Question], *more: Any) -> Select[Any]:
    """How many responses have each combination of answers to these questions, by version."""
    joined = [(aliased(Answer), question) for question in questions]
    values = [cast(answer.value, Text).label(f"margin_{at}") for at, (answer, _question) in enumerate(joined)]
    columns = [Response.survey_version_id, *values, *more]
    query = select(*columns, func.count()).where(Response.survey_id == survey.id, *is_counted()).group_by(*columns)
    query = query.select_from(Response)
    for answer, question in joined:
        mine = and_(answer.response_id == Response.id, answer.question_id == question.id)
        query = query.outerjoin(answer, mine)
    return query


def _answers_by_cell(survey: Survey, questions: list[Question]) -> Select[Any]:
    """The same, for each answer to each question."""
    query = _by_cell(survey, questions, Answer.question_id, cast(Answer.value, Text).label("stored"))
    return query.join(Answer, Answer.response_id == Response.id)

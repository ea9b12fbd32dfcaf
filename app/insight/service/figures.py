"""Numbers about a concern. People are counted as contributions, and only live ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, literal, union_all

from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import Passage
from app.insight.service.spoken import spoken

UNKNOWN = "unknown"
"""Stands for "not determined" in an address and in a breakdown."""

PEOPLE = func.count(Passage.contribution_id.distinct())

_DIMENSIONS: dict[str, ColumnElement[str]] = {
    "language": func.coalesce(Contribution.language, UNKNOWN),
    "source": cast(Contribution.source, String),
    "feeling": func.coalesce(Passage.feeling, UNKNOWN),
}


@dataclass
class Figures:
    """How many people said it, and how they are spread. A person who felt two ways counts under both feelings."""

    people: int = 0
    passages: int = 0
    urgent: int = 0
    language: dict[str, int] = field(default_factory=dict)
    source: dict[str, int] = field(default_factory=dict)
    feeling: dict[str, int] = field(default_factory=dict)


def figures(concern_ids: Collection[UUID]) -> dict[UUID, Figures]:
    """The figures of each of these concerns, in one statement."""
    found = {concern_id: Figures() for concern_id in concern_ids}
    here = Passage.concern_id.in_(concern_ids)
    parts = [
        spoken(Passage.concern_id, literal(name), value, PEOPLE, literal(0), literal(0))
        .where(here)
        .group_by(Passage.concern_id, value)
        for name, value in _DIMENSIONS.items()
    ]
    urgent = func.count(Passage.id).filter(Passage.urgent)
    total = spoken(Passage.concern_id, literal("total"), literal(""), PEOPLE, func.count(Passage.id), urgent)
    parts.append(total.where(here).group_by(Passage.concern_id))
    for concern_id, name, value, people, passages, how_urgent in db.session.execute(union_all(*parts)):
        row = found[concern_id]
        if name == "total":
            row.people, row.passages, row.urgent = people, passages, how_urgent
        else:
            getattr(row, name)[value] = people
    return found

"""Who spoke in a neighbourhood, counted in people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.contributions.models import Contribution, Source
from app.contributions.service import live
from app.extensions import db


@dataclass(frozen=True)
class Spoke:
    """How many `people` spoke; by the language they spoke most (None: not determined), and through which door.

    Someone who spoke through two doors counts at both. A text of which the writer is not known counts as one person.
    """

    people: int
    languages: Mapping[str | None, int]
    sources: Mapping[Source, int]


def who_spoke(neighbourhood_id: UUID) -> Spoke:
    """Who spoke here, of what may be used: two statements, however much there is."""
    person = func.coalesce(Contribution.resident_id, Contribution.id)
    here = live().where(Contribution.neighbourhood_id == neighbourhood_id)
    times = func.count()
    order = (Contribution.language.is_(None), times.desc(), Contribution.language)
    place = func.row_number().over(partition_by=person, order_by=order).label("place")
    spoken = here.with_only_columns(Contribution.language, place).group_by(person, Contribution.language).subquery()
    languages = select(spoken.c.language, func.count()).where(spoken.c.place == 1).group_by(spoken.c.language)
    by_language: dict[str | None, int] = {row[0]: row[1] for row in db.session.execute(languages)}
    doors = here.with_only_columns(Contribution.source, func.count(person.distinct())).group_by(Contribution.source)
    by_source = {row[0]: row[1] for row in db.session.execute(doors)}
    return Spoke(sum(by_language.values()), by_language, by_source)

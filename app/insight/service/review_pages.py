"""What a coordinator sees of a concern: who is behind a number; and the single voices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight.models import Passage
from app.insight.service.figures import UNKNOWN
from app.insight.service.spoken import spoken

Item = TypeVar("Item")
PAGE_SIZE = 25


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list; the first page is 1."""

    items: list[Item]
    number: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True)
class Voice:
    """One contribution and the passages of it that matter here."""

    contribution: Contribution
    passages: list[Passage] = field(default_factory=list)


def alone(neighbourhood_id: UUID) -> list[ColumnElement[bool]]:
    """For a query that names Passage and Contribution: in no concern."""
    return [Passage.concern_id.is_(None), Contribution.neighbourhood_id == neighbourhood_id]


def voices(
    concern_id: UUID, *, language: str | None, source: Source | None, feeling: str | None, number: int
) -> Page[Voice]:
    """The contributions behind a number of this concern, newest first, each with its passages in it."""
    ids = spoken(Contribution.id, Contribution.created_at).where(Passage.concern_id == concern_id).distinct()
    if language is not None:
        ids = ids.where(func.coalesce(Contribution.language, UNKNOWN) == language)
    if source is not None:
        ids = ids.where(Contribution.source == source)
    if feeling is not None:
        ids = ids.where(func.coalesce(Passage.feeling, UNKNOWN) == feeling)
    total = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    shown = ids.order_by(Contribution.created_at.desc(), Contribution.id).limit(PAGE_SIZE)
    chosen = db.session.execute(shown.offset((number - 1) * PAGE_SIZE)).all()
    rows = db.session.execute(
        select(Contribution, Passage)
        .join(Passage, Passage.contribution_id == Contribution.id)
        .where(Passage.concern_id == concern_id, Contribution.id.in_([row.id for row in chosen]))
        .order_by(Contribution.created_at.desc(), Contribution.id, Passage.start)
    )
    found: dict[UUID, Voice] = {}
    for contribution, passage in rows:
        found.setdefault(contribution.id, Voice(contribution)).passages.append(passage)
    return Page(list(found.values()), number, total)


def single_voices(neighbourhood_id: UUID, number: int, *, urgent_only: bool = False) -> Page[Voice]:
    """The passages in no concern: what is urgent first, then the newest."""
    conditions = alone(neighbourhood_id)
    if urgent_only:
        conditions.append(Passage.urgent.is_(True))
    total = db.session.scalar(spoken(func.count(Passage.id)).where(*conditions)) or 0
    rows = db.session.execute(
        spoken(Contribution, Passage)
        .where(*conditions)
        .order_by(Passage.urgent.desc(), Contribution.created_at.desc(), Passage.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([Voice(contribution, [passage]) for contribution, passage in rows], number, total)


def urgent_words(concern_id: UUID, most: int = PAGE_SIZE) -> list[tuple[Passage, Contribution]]:
    """The words of a concern that sound urgent, newest first: to be read before all else."""
    rows = db.session.execute(
        spoken(Passage, Contribution)
        .where(Passage.concern_id == concern_id, Passage.urgent)
        .order_by(Contribution.created_at.desc(), Passage.id)
        .limit(most)
    )
    return [(passage, contribution) for passage, contribution in rows]


def passages_of(concern_id: UUID, word: str, most: int) -> list[Passage]:
    """The live passages of a concern that have this word, oldest first: for choosing what to split off."""
    found = spoken().where(Passage.concern_id == concern_id)
    if word:
        found = found.where(Passage.text.icontains(word, autoescape=True))
    in_order = found.order_by(Contribution.created_at, Contribution.id, Passage.start)
    return list(db.session.scalars(in_order.limit(most)))


def saying(neighbourhood_id: UUID, word: str) -> set[UUID]:
    """The concerns of a neighbourhood in which someone uses this word."""
    here = (Contribution.neighbourhood_id == neighbourhood_id, Passage.concern_id.is_not(None))
    found = spoken(Passage.concern_id).where(*here, Passage.text.icontains(word, autoescape=True)).distinct()
    return set(db.session.scalars(found))


def live_passage(passage_id: UUID) -> Passage | None:
    """The passage, when its contribution may be used."""
    return db.session.scalar(spoken().where(Passage.id == passage_id))

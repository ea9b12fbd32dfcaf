"""The queue of a neighbourhood's concerns: in which order they come, which is before and after, how many are left."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, Uuid, func, or_, select
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import Concern, ConcernState, Passage
from app.insight.service.came_in import came_in_later
from app.insight.service.figures import OWN, PEOPLE, TEXTS, Figures, figures
from app.insight.service.review_pages import PAGE_SIZE, Page, alone
from app.insight.service.spoken import spoken


class Order(StrEnum):
    """In which order the concerns come; those with urgent words are before all others in each.

    Size is in voices: a text that many people sent counts once, so that nobody gets to the top by sending copies.
    """

    URGENCY = "urgency"
    SIZE = "size"
    NEWNESS = "newness"


@dataclass(frozen=True)
class Way:
    """The part of the queue that a coordinator goes through, and how. None: all."""

    state: ConcernState | None = ConcernState.FOUND
    theme: str | None = None
    order: Order = Order.URGENCY


@dataclass(frozen=True)
class QueueItem:
    """A concern in the queue. `new`: people who came in since staff last read it."""

    concern: Concern
    new: int
    figures: Figures


@dataclass(frozen=True)
class Waiting:
    """What asks for attention in a neighbourhood. `nobody_yet`: concerns to be reviewed in which nobody speaks, as
    when staff added them. `urgent_again`: concerns decided about, with urgent words that came in since."""

    by_state: dict[ConcernState, int]
    nobody_yet: int
    urgent_again: int
    single_voices: int
    urgent_voices: int
    not_read: int

    @property
    def left(self) -> int:
        """How many concerns are still to be reviewed; there is nothing to read where nobody speaks."""
        return self.by_state.get(ConcernState.FOUND, 0) - self.nobody_yet

    @property
    def total(self) -> int:
        """How many concerns there are, reviewed or not."""
        return sum(self.by_state.values()) - self.nobody_yet


@dataclass(frozen=True)
class Beside:
    """Where a concern stands in the queue: place 1 is the first. `left`: how many are still to be reviewed."""

    place: int
    total: int
    previous: Concern | None
    next: Concern | None
    left: int


def waiting(neighbourhood_id: UUID, not_read: int) -> Waiting:
    """How many concerns there are in each state, and how many passages in none."""
    urgent = (
        spoken(Passage.id)
        .where(Passage.concern_id == Concern.id, Passage.urgent, came_in_later())
        .correlate(Concern)
        .exists()
    )
    counted = db.session.execute(
        select(
            Concern.state,
            func.count(),
            func.count().filter(urgent),
            func.count().filter(~_has_words(neighbourhood_id)),
        )
        .where(*_within(neighbourhood_id, Way(state=None)))
        .group_by(Concern.state)
    ).all()
    by_state = {row.state: row[1] for row in counted}
    again = sum(row[2] for row in counted if row.state in (ConcernState.CONFIRMED, ConcernState.DISMISSED))
    nobody_yet = sum(row[3] for row in counted if row.state is ConcernState.FOUND)
    voices = spoken(func.count(Passage.id), func.count(Passage.id).filter(Passage.urgent))
    single, urgent_voices = db.session.execute(voices.where(*alone(neighbourhood_id))).one()
    return Waiting(by_state, nobody_yet, again, single, urgent_voices, not_read)


def _has_words(neighbourhood_id: UUID) -> ColumnElement[bool]:
    said = spoken(Passage.concern_id).where(
        Contribution.neighbourhood_id == neighbourhood_id, Passage.concern_id.is_not(None)
    )
    return Concern.id.in_(said)


def _within(neighbourhood_id: UUID, way: Way) -> list[ColumnElement[bool]]:
    conditions = [
        Concern.neighbourhood_id == neighbourhood_id,
        or_(_has_words(neighbourhood_id), Concern.reviewed_at.is_not(None)),
    ]
    if way.state is not None:
        conditions.append(Concern.state == way.state)
    if way.theme is not None:
        conditions.append(Concern.theme == way.theme)
    return conditions


def _measured(neighbourhood_id: UUID) -> Subquery:
    urgent = func.count(Passage.id).filter(Passage.urgent)
    return (
        spoken(
            Passage.concern_id,
            (TEXTS + OWN).label("voices"),
            urgent.label("urgent"),
            func.max(Contribution.created_at).label("newest"),
        )
        .where(Contribution.neighbourhood_id == neighbourhood_id, Passage.concern_id.is_not(None))
        .group_by(Passage.concern_id)
        .subquery()
    )


def _in_order(size: Subquery, order: Order) -> list[Any]:
    voices, urgent = func.coalesce(size.c.voices, 0), func.coalesce(size.c.urgent, 0)
    by: dict[Order, list[Any]] = {
        Order.URGENCY: [urgent.desc(), voices.desc()],
        Order.SIZE: [(urgent > 0).desc(), voices.desc()],
        Order.NEWNESS: [(urgent > 0).desc(), size.c.newest.is_(None), size.c.newest.desc()],
    }
    return [*by[order], Concern.id]


def queue(neighbourhood_id: UUID, way: Way, number: int) -> Page[QueueItem]:
    """One page of this part of the queue."""
    conditions = _within(neighbourhood_id, way)
    size = _measured(neighbourhood_id)
    since = (
        spoken(PEOPLE).where(Passage.concern_id == Concern.id, came_in_later()).correlate(Concern).scalar_subquery()
    )
    total = db.session.scalar(select(func.count()).select_from(Concern).where(*conditions)) or 0
    rows = db.session.execute(
        select(Concern, func.coalesce(since, 0))
        .outerjoin(size, size.c.concern_id == Concern.id)
        .where(*conditions)
        .order_by(*_in_order(size, way.order))
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    known = figures([concern.id for concern, _ in rows])
    return Page([QueueItem(concern, new, known[concern.id]) for concern, new in rows], number, total)


def beside(concern: Concern, way: Way) -> Beside:
    """The concerns before and after this one on the way, also when it is no longer among them. One statement."""
    size = _measured(concern.neighbourhood_id)
    here = _within(concern.neighbourhood_id, way)
    order = _in_order(size, way.order)
    mine = Concern.id == concern.id
    in_all = [
        Concern.neighbourhood_id == concern.neighbourhood_id,
        or_(mine, Concern.id.in_(select(Concern.id).where(*here))),
    ]
    left = (
        select(func.count())
        .select_from(Concern)
        .where(*_within(concern.neighbourhood_id, Way()), _has_words(concern.neighbourhood_id))
        .correlate(None)
        .scalar_subquery()
    )
    places = (
        select(
            Concern.id,
            func.row_number().over(order_by=order).label("place"),
            func.count().over().label("total"),
            func.lag(Concern.id, type_=Uuid()).over(order_by=order).label("previous"),
            func.lead(Concern.id, type_=Uuid()).over(order_by=order).label("next"),
        )
        .outerjoin(size, size.c.concern_id == Concern.id)
        .where(*in_all)
        .subquery()
    )
    previous, following = aliased(Concern), aliased(Concern)
    row = db.session.execute(
        select(places.c.place, places.c.total, left.label("left"), previous, following)
        .select_from(places)
        .outerjoin(previous, previous.id == places.c.previous)
        .outerjoin(following, following.id == places.c.next)
        .where(places.c.id == concern.id)
    ).one()
    return Beside(row.place, row.total, row[3], row[4], row.left)

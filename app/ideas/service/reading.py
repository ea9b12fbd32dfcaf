"""What stands on the board, for everyone, for one resident and for staff."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from app.contributions.models import Contribution, Source
from app.contributions.service import live
from app.extensions import db
from app.ideas.models import Comment, Idea, Posted, Support
from app.ideas.ordering import Order, shuffled
from app.insight import service as insight
from app.people.models import Resident

PAGE_SIZE = 20
MOST_ALIKE = 3
"""How many ideas are shown that may say the same."""
WORTH_ASKING = 0.35
"""From this likeness a resident is asked whether an idea says the same (docs/decisions/ideas.md)."""
log = logging.getLogger(__name__)
Kind = TypeVar("Kind", bound=Posted)


@dataclass(frozen=True)
class Card:
    """An idea with what others did with it. Supporting is a public act, so the number is always shown."""

    idea: Idea
    supports: int
    comments: int


@dataclass(frozen=True)
class Board:
    """One page of the board: page `number` of `last`, which is at least 1; `total` ideas in all."""

    cards: tuple[Card, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        return _last_page(self.total)


@dataclass(frozen=True)
class Moderation:
    """One page of everything that was posted, also what is hidden; comments by idea."""

    ideas: tuple[Idea, ...]
    comments: dict[UUID, list[Comment]]
    total: int
    number: int

    @property
    def last(self) -> int:
        return _last_page(self.total)


def _last_page(total: int) -> int:
    return max(1, -(-total // PAGE_SIZE))


def board(neighbourhood_id: UUID, order: Order, page: int, seed: str = "") -> Board:
    """A page of the neighbourhood's public ideas. `seed` fixes the random order."""
    here = _public(Idea).where(Idea.neighbourhood_id == neighbourhood_id)
    start = (page - 1) * PAGE_SIZE
    if order is Order.RANDOM:
        ids = shuffled(db.session.scalars(here.with_only_columns(Idea.id)), seed)
        return Board(tuple(cards(ids[start : start + PAGE_SIZE])), len(ids), page)
    total = db.session.scalar(here.with_only_columns(func.count(Idea.id))) or 0
    first = (_supports().desc(),) if order is Order.SUPPORTED else ()
    rows = here.with_only_columns(Idea.id).order_by(*first, Idea.created_at.desc(), Idea.id)
    ids = list(db.session.scalars(rows.limit(PAGE_SIZE).offset(start)))
    return Board(tuple(cards(ids)), total, page)


def newest_ideas(neighbourhood_id: UUID, most: int) -> list[Card]:
    """The newest public ideas of a neighbourhood."""
    here = _public(Idea).where(Idea.neighbourhood_id == neighbourhood_id)
    newest = here.with_only_columns(Idea.id).order_by(Idea.created_at.desc(), Idea.id).limit(most)
    return cards(list(db.session.scalars(newest)))


def cards(ids: Sequence[UUID]) -> list[Card]:
    """The public ones of these ideas, in this order, each with its numbers. One statement."""
    if not ids:
        return []
    said = (
        _public(Comment)
        .where(Comment.idea_id == Idea.id)
        .with_only_columns(func.count(Comment.id))
        .correlate(Idea)
        .scalar_subquery()
    )
    rows = db.session.execute(_public(Idea).add_columns(_supports(), said).where(Idea.id.in_(ids)))
    found = {idea.id: Card(idea, supports, comments) for idea, supports, comments in rows}
    return [found[id_] for id_ in ids if id_ in found]


def public_idea(neighbourhood_id: UUID, idea_id: UUID) -> Idea | None:
    """The idea, when it is of this neighbourhood and everyone may see it."""
    return db.session.scalar(_public(Idea).where(Idea.id == idea_id, Idea.neighbourhood_id == neighbourhood_id))


def public_comments(idea_id: UUID) -> list[Comment]:
    """What was said about an idea, the oldest first."""
    said = _public(Comment).where(Comment.idea_id == idea_id)
    return list(db.session.scalars(said.order_by(Comment.created_at, Comment.id)))


def supported_by(resident: Resident | None, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these ideas the resident supports."""
    if resident is None or not ids:
        return set()
    query = select(Support.idea_id).where(Support.resident_id == resident.id, Support.idea_id.in_(ids))
    return set(db.session.scalars(query))


def similar_ideas(neighbourhood_id: UUID, title: str, text: str) -> list[Card]:
    """Public ideas here that may say the same, in whatever language, the most alike first."""
    try:
        words = f"{title}\n{text}".strip()
        alike = insight.similar(neighbourhood_id, words, sources=[Source.IDEA], at_least=WORTH_ASKING)
    except Exception:  # without this help an idea can still be posted; nobody's words are lost over it
        log.exception("similar ideas not found")
        db.session.rollback()
        return []
    place = {contribution_id: i for i, (contribution_id, _score) in enumerate(alike)}
    ids = db.session.execute(
        _public(Idea).with_only_columns(Idea.id, Idea.contribution_id).where(Idea.contribution_id.in_(place))
    )
    ordered = sorted(ids, key=lambda row: place[row.contribution_id])
    return cards([row.id for row in ordered[:MOST_ALIKE]])


def ideas_of(resident: Resident) -> list[Idea]:
    """What this resident proposed and did not take back, also when staff hides it; the newest first."""
    return _mine(Idea, resident)


def comments_of(resident: Resident) -> list[Comment]:
    """What this resident said about ideas and did not take back; the newest first."""
    return _mine(Comment, resident)


def everything_posted(neighbourhood_id: UUID, page: int) -> Moderation:
    """For staff: a page of what residents posted here and did not take back, the newest ideas first."""
    here = _kept(Idea).where(Idea.neighbourhood_id == neighbourhood_id)
    total = db.session.scalar(here.with_only_columns(func.count(Idea.id))) or 0
    newest = here.order_by(Idea.created_at.desc(), Idea.id)
    ideas = list(db.session.scalars(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)))
    said = _kept(Comment).where(Comment.idea_id.in_([idea.id for idea in ideas]))
    comments: dict[UUID, list[Comment]] = {idea.id: [] for idea in ideas}
    for comment in db.session.scalars(said.order_by(Comment.created_at, Comment.id)):
        comments[comment.idea_id].append(comment)
    return Moderation(tuple(ideas), comments, total, page)


def kept_idea(neighbourhood_id: UUID, idea_id: UUID) -> Idea | None:
    """The idea, hidden or not, unless it was taken back."""
    return db.session.scalar(_kept(Idea).where(Idea.id == idea_id, Idea.neighbourhood_id == neighbourhood_id))


def kept_comment(neighbourhood_id: UUID, comment_id: UUID) -> Comment | None:
    """The comment, hidden or not, unless it was taken back."""
    here = _kept(Comment).join(Comment.idea).where(Idea.neighbourhood_id == neighbourhood_id)
    return db.session.scalar(here.where(Comment.id == comment_id))


def _public(kind: type[Kind]) -> Select[Kind]:
    """What everyone may see: what `live()` says, and nothing else."""
    query: Select[Any] = live().join(kind, kind.contribution_id == Contribution.id)
    return query.with_only_columns(kind, maintain_column_froms=True).options(contains_eager(kind.contribution))


def _kept(kind: type[Kind]) -> Select[Kind]:
    query = select(kind).join(kind.contribution).where(Contribution.withdrawn_at.is_(None))
    return query.options(contains_eager(kind.contribution))


def _mine(kind: type[Kind], resident: Resident) -> list[Kind]:
    mine = _kept(kind).where(kind.resident_id == resident.id)
    return list(db.session.scalars(mine.order_by(kind.created_at.desc(), kind.id)))


def _supports() -> Any:
    return select(func.count(Support.id)).where(Support.idea_id == Idea.id).correlate(Idea).scalar_subquery()

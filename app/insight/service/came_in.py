"""What came into a concern after staff last read it: nobody has read it there yet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_

from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight.models import Concern, Passage
from app.insight.service.figures import PEOPLE
from app.insight.service.spoken import spoken

NOT_YET_PUBLIC = (Source.SURVEY_ANSWER, Source.IMPORT, Source.NOTE)
"""Words that nobody outside the municipality has seen. Ideas and comments are public from the start."""


def came_in_later() -> ColumnElement[bool]:
    """For a query that names Passage and Concern. What staff put there themselves is no news to them."""
    later = or_(Concern.read_until.is_(None), Passage.created_at > Concern.read_until)
    return and_(Passage.pinned.is_(False), later)


def may_be_quoted() -> ColumnElement[bool]:
    """For a query that names Passage, Contribution and Concern: everyone may read it, or staff has."""
    return ~and_(Contribution.source.in_(NOT_YET_PUBLIC), came_in_later())


def came_in(concern_id: UUID) -> tuple[int, datetime | None]:
    """How many people came in since staff last read this concern, and when the last of them did."""
    query = spoken(PEOPLE, func.max(Passage.created_at)).join(Concern, Passage.concern_id == Concern.id)
    people, last = db.session.execute(query.where(Concern.id == concern_id, came_in_later())).one()
    return people, last


def newest(concern_id: UUID) -> datetime | None:
    """When the newest passage of this concern came into it; a page carries it, so that what joins while it is open
    does not count as read."""
    return db.session.scalar(spoken(func.max(Passage.created_at)).where(Passage.concern_id == concern_id))

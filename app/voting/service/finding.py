"""Finding polls, and what may be known of one while it is open."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.common.clock import now
from app.extensions import db
from app.people.access import staff_neighbourhood_id_or_404
from app.voting.models import Envelope, Poll, PollState


def ballots_in(poll: Poll) -> int:
    """How many ballots lie in the box: all that anyone can know of an open poll."""
    return db.session.scalar(select(func.count()).select_from(Envelope).where(Envelope.poll_id == poll.id)) or 0


def poll_or_404(neighbourhood_id: UUID, slug: str) -> Poll:
    """A poll by its address, a draft too: of a draft residents may know only that it is not open yet."""
    query = select(Poll).where(Poll.neighbourhood_id == neighbourhood_id, Poll.slug == slug)
    poll = db.session.scalar(query.options(selectinload(Poll.options), selectinload(Poll.result)))
    return poll or abort(404)


def staff_poll_or_404(poll_id: UUID) -> Poll:
    """A poll in the signed-in member of staff's municipality."""
    poll = db.session.scalar(select(Poll).where(Poll.id == poll_id).options(selectinload(Poll.options))) or abort(404)
    staff_neighbourhood_id_or_404(poll.neighbourhood_id)
    return poll


def polls_of(neighbourhood_id: UUID, *, drafts: bool = False) -> list[Poll]:
    """The polls of a neighbourhood, newest first. With `drafts`: also those that never opened, for staff."""
    query = select(Poll).where(Poll.neighbourhood_id == neighbourhood_id).order_by(Poll.created_at.desc(), Poll.slug)
    return list(db.session.scalars(query if drafts else query.where(Poll.opened_at.is_not(None))))


def open_polls(neighbourhood_id: UUID) -> list[Poll]:
    """Where residents can vote now, the first to close first."""
    query = select(Poll).where(
        Poll.neighbourhood_id == neighbourhood_id, Poll.state == PollState.OPEN, Poll.closes_at >= now()
    )
    return list(db.session.scalars(query.order_by(Poll.closes_at, Poll.slug)))

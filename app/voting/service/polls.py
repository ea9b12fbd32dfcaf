"""Polls: made as a draft, opened, cancelled. What voters rely on is fixed when a poll opens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from flask import abort, current_app
from sqlalchemy import delete, event, func, inspect, select
from sqlalchemy.orm import InstanceState, Mapper, selectinload

from app.common.audit import record
from app.common.clock import end_of_day, now
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.access import staff_neighbourhood_id_or_404
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from app.voting.models import Envelope, Poll, PollOption, PollState
from app.voting.sealing import lock, new_keys


class NotADraft(Exception):
    """The poll is open already, or over: its rules cannot change any more."""


class WrongPoll(ValueError):
    """The poll cannot be made like this: fewer than two options, more choices than options, a day that is past."""


@dataclass(frozen=True)
class OptionDraft:
    """An option of a new poll."""

    title: LocalizedText
    description: LocalizedText = LocalizedText({})
    subject: str = ""


@dataclass(frozen=True)
class PollDraft:
    """All that a new poll is made of. `last_day` is the last day on which people can vote."""

    title: LocalizedText
    question: LocalizedText
    options: Sequence[OptionDraft]
    last_day: date
    seats: int = 1
    min_choices: int = 1
    max_choices: int = 1
    threshold_percent: int = 0


def create_poll(
    neighbourhood: Neighbourhood, draft: PollDraft, staff: StaffAccount, submission_id: str | None = None
) -> Poll:
    """Make a draft poll. The same submission again gives the poll that it made. Raises WrongPoll."""
    submission_id = submission_id or str(uuid4())
    existing = db.session.scalar(select(Poll).where(Poll.submission_id == submission_id))
    if existing is not None:
        return existing
    _check(draft, neighbourhood)
    poll = Poll(
        id=uuid4(),
        neighbourhood_id=neighbourhood.id,
        slug=_free_slug(neighbourhood.id, draft.title),
        submission_id=submission_id,
        title=draft.title,
        question=draft.question,
        seats=draft.seats,
        min_choices=draft.min_choices,
        max_choices=draft.max_choices,
        threshold_percent=draft.threshold_percent,
        last_day=draft.last_day,
        closes_at=end_of_day(draft.last_day, neighbourhood.municipality.time_zone),
        options=[
            PollOption(key=f"{place}", position=place, subject=o.subject, title=o.title, description=o.description)
            for place, o in enumerate(draft.options, start=1)
        ],
    )
    db.session.add(poll)
    record(staff, "poll.create", poll)
    db.session.commit()
    return poll


def _check(draft: PollDraft, neighbourhood: Neighbourhood) -> None:
    options = len(draft.options)
    if options < 2 or not all(option.title for option in draft.options) or not draft.title:
        raise WrongPoll
    if not 1 <= draft.seats < options or not 1 <= draft.min_choices <= draft.max_choices <= options:
        raise WrongPoll
    if end_of_day(draft.last_day, neighbourhood.municipality.time_zone) < now():
        raise WrongPoll


def _free_slug(neighbourhood_id: UUID, title: LocalizedText) -> str:
    plain = unicodedata.normalize("NFKD", title.shown("nl").text).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "poll"
    taken = set(db.session.scalars(select(Poll.slug).where(Poll.neighbourhood_id == neighbourhood_id)))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def open_poll(poll: Poll, staff: StaffAccount) -> None:
    """Open a draft for voting; from here on nothing about it can change. Raises NotADraft, WrongPoll (too late)."""
    if poll.state is not PollState.DRAFT:
        raise NotADraft
    if now() > poll.closes_at:
        raise WrongPoll
    public_key, opening_key = new_keys()
    poll.public_key = public_key
    poll.locked_key = lock(opening_key, current_app.config["CODE_KEY"])
    poll.opened_at = now()
    poll.state = PollState.OPEN
    record(staff, "poll.open", poll)
    db.session.commit()


def cancel_poll(poll: Poll, reason: LocalizedText, staff: StaffAccount) -> None:
    """End a poll without a result, with a reason that everyone can read; what was cast is destroyed unread.

    Raises NotADraft when it was counted or cancelled already.
    """
    db.session.refresh(poll, with_for_update=True)
    if poll.state not in (PollState.DRAFT, PollState.OPEN):
        raise NotADraft
    poll.state = PollState.CANCELLED
    poll.cancel_reason = reason
    poll.locked_key = None
    db.session.execute(delete(Envelope).where(Envelope.poll_id == poll.id))
    record(staff, "poll.cancel", poll)
    db.session.commit()


def ballots_in(poll: Poll) -> int:
    """How many ballots lie in the box: all that anyone can know of an open poll."""
    return db.session.scalar(select(func.count()).select_from(Envelope).where(Envelope.poll_id == poll.id)) or 0


def poll_or_404(neighbourhood_id: UUID, slug: str) -> Poll:
    """A poll that residents may see: any but a draft."""
    query = select(Poll).where(Poll.neighbourhood_id == neighbourhood_id, Poll.slug == slug)
    poll = db.session.scalar(query.options(selectinload(Poll.options), selectinload(Poll.result)))
    if poll is None or poll.state is PollState.DRAFT:
        abort(404)
    return poll


def staff_poll_or_404(poll_id: UUID) -> Poll:
    """A poll in the signed-in member of staff's municipality."""
    poll = db.session.scalar(select(Poll).where(Poll.id == poll_id).options(selectinload(Poll.options))) or abort(404)
    staff_neighbourhood_id_or_404(poll.neighbourhood_id)
    return poll


def polls_of(neighbourhood_id: UUID, *, drafts: bool = False) -> list[Poll]:
    """The polls of a neighbourhood, newest first."""
    query = select(Poll).where(Poll.neighbourhood_id == neighbourhood_id).order_by(Poll.created_at.desc(), Poll.slug)
    return list(db.session.scalars(query if drafts else query.where(Poll.state != PollState.DRAFT)))


def open_polls(neighbourhood_id: UUID) -> list[Poll]:
    """Where residents can vote now."""
    return [poll for poll in polls_of(neighbourhood_id) if poll.takes_ballots]


_FIXED = (
    "title", "question", "seats", "min_choices", "max_choices", "threshold_percent", "last_day", "closes_at",
    "neighbourhood_id", "public_key",
)  # fmt: skip


@event.listens_for(Poll, "before_update")
def _rules_are_fixed(_mapper: Mapper[Poll], _connection: object, poll: Poll) -> None:
    """Whatever the path, an open poll keeps its question, its options and its rule."""
    state: InstanceState[Poll] = inspect(poll)
    was = state.attrs.state.history.deleted or [poll.state]
    if was[0] is not PollState.DRAFT and any(state.attrs[name].history.has_changes() for name in _FIXED):
        raise NotADraft


@event.listens_for(PollOption, "before_update")
@event.listens_for(PollOption, "before_delete")
def _options_are_fixed(_mapper: Mapper[PollOption], _connection: object, option: PollOption) -> None:
    if option.poll.state is not PollState.DRAFT:
        raise NotADraft

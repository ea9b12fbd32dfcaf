"""Polls: made as a draft, opened, cancelled. What voters rely on is fixed when a poll opens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import delete, event, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstanceState, Mapper

from app.common.audit import record
from app.common.clock import end_of_day, now
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from app.voting.drafts import PollDraft, PollProblem, WrongPoll, problems_with
from app.voting.models import Envelope, Poll, PollOption, PollState
from app.voting.sealing import lock, new_keys
from app.voting.service.destroying import leave_no_copy


class NotADraft(Exception):
    """The poll is open already, or over: its rules cannot change any more."""


def create_poll(
    neighbourhood: Neighbourhood, draft: PollDraft, staff: StaffAccount, submission_id: str | None = None
) -> Poll:
    """Make a draft poll. The same submission again gives the poll that it made. Raises WrongPoll."""
    poll, _is_new = add_poll(neighbourhood, draft, staff, submission_id or str(uuid4()))
    db.session.commit()
    return poll


def add_poll(
    neighbourhood: Neighbourhood, draft: PollDraft, staff: StaffAccount, submission_id: str
) -> tuple[Poll, bool]:
    """As `create_poll`, as the first step of a larger transaction: the poll is flushed, and the caller commits.

    Also says whether the poll is new. At a clash with another request the transaction so far is rolled back.
    """
    existing = _poll_of_submission(submission_id)
    if existing is not None:
        return existing, False
    today = now().astimezone(ZoneInfo(neighbourhood.municipality.time_zone)).date()
    problems = problems_with(draft, today)
    if problems:
        raise WrongPoll(*problems)
    while existing is None:
        try:
            return _store(neighbourhood, draft, staff, submission_id), True
        except IntegrityError as clash:  # at the same moment: a second tap, or another poll took the same address
            db.session.rollback()
            existing = _poll_of_submission(submission_id)
            if existing is None and "slug" not in str(clash.orig):
                raise
    return existing, False


def _poll_of_submission(submission_id: str) -> Poll | None:
    return db.session.scalar(select(Poll).where(Poll.submission_id == submission_id))


def _store(neighbourhood: Neighbourhood, draft: PollDraft, staff: StaffAccount, submission_id: str) -> Poll:
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
    db.session.flush()
    return poll


def _free_slug(neighbourhood_id: UUID, title: LocalizedText) -> str:
    plain = unicodedata.normalize("NFKD", title.shown("nl").text).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "poll"
    taken = set(db.session.scalars(select(Poll.slug).where(Poll.neighbourhood_id == neighbourhood_id)))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def open_poll(poll: Poll, staff: StaffAccount) -> None:
    """Open a draft for voting; from here on nothing about it can change. Raises NotADraft, WrongPoll (too late)."""
    if now() > poll.closes_at:
        raise WrongPoll(PollProblem.DAY_IS_PAST)
    public_key, opening_key = new_keys()
    _move(
        poll,
        (PollState.DRAFT,),
        state=PollState.OPEN,
        public_key=public_key,
        locked_key=lock(opening_key, current_app.config["CODE_KEY"]),
        opened_at=now(),
    )
    record(staff, "poll.open", poll)
    db.session.commit()


def _move(poll: Poll, from_states: Sequence[PollState], **values: object) -> None:
    """Change the state on condition of what it is in the database now: of two at the same moment one does it."""
    moved = update(Poll).where(Poll.id == poll.id, Poll.state.in_(from_states)).values(**values).returning(Poll.id)
    if db.session.scalar(moved) is None:
        db.session.rollback()
        raise NotADraft


def cancel_poll(poll: Poll, reason: LocalizedText, staff: StaffAccount) -> None:
    """End a poll without a result, with a reason that everyone can read; what was cast is destroyed unread.

    Raises NotADraft when it was counted or cancelled already.
    """
    _move(
        poll,
        (PollState.DRAFT, PollState.OPEN),
        state=PollState.CANCELLED,
        cancel_reason=reason,
        locked_key=None,
    )
    db.session.execute(delete(Envelope).where(Envelope.poll_id == poll.id))
    record(staff, "poll.cancel", poll)
    db.session.commit()
    leave_no_copy()


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

"""The count: envelopes are opened in random order, outer ones are thrown away, the key is destroyed."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import selectinload

from app.common.audit import record
from app.common.clock import now
from app.extensions import db
from app.jobs import jobs
from app.voting.approval import count, with_a_winner
from app.voting.ballots import problem_with
from app.voting.models import Ballot, Envelope, Poll, PollResult, PollState
from app.voting.sealing import CannotOpen, open_box, unlock
from app.voting.service.codes import codes_given
from app.voting.service.destroying import leave_no_copy

log = logging.getLogger(__name__)


def count_poll(poll_id: UUID) -> bool:
    """Count a poll whose last day has passed, in one transaction. False when there is nothing to count (any more).

    A box that cannot be opened or holds no valid ballot is counted as unreadable and told with the result.
    """
    # Claiming the poll comes first: a ballot that is being written now is waited for, a later one is refused, and of
    # two workers one counts. A crash from here on leaves all as it was, to be counted by the next.
    moment = now()
    claim = update(Poll).where(Poll.id == poll_id, Poll.state == PollState.OPEN, Poll.closes_at < moment)
    if db.session.scalar(claim.values(state=PollState.COUNTED, counted_at=moment).returning(Poll.id)) is None:
        db.session.rollback()
        return False
    query = select(Poll).where(Poll.id == poll_id).options(selectinload(Poll.options))
    poll = db.session.scalars(query.execution_options(populate_existing=True)).one()
    opening_key = unlock(poll.locked_key or b"", current_app.config["CODE_KEY"])
    boxes = list(db.session.scalars(select(Envelope.box).where(Envelope.poll_id == poll.id)))
    secrets.SystemRandom().shuffle(boxes)
    keys = [option.key for option in poll.options]
    opened = [choices for box in boxes if (choices := _read(opening_key, box)) is not None]
    ballots = [sorted(choices) for choices in opened if problem_with(poll.rule, keys, choices) is None]
    outcome = count(poll.rule, keys, ballots)
    if ballots:
        db.session.execute(insert(Ballot), [{"poll_id": poll.id, "choices": choices} for choices in ballots])
    db.session.add(
        PollResult(
            poll_id=poll.id,
            codes_given=codes_given(poll),
            unreadable=len(boxes) - len(ballots),
            outcome={**asdict(outcome), "with_a_winner": with_a_winner(outcome, ballots)},
        )
    )
    db.session.execute(delete(Envelope).where(Envelope.poll_id == poll.id))
    poll.locked_key = None
    record(None, "poll.count", poll, ballots=outcome.ballots)
    db.session.commit()
    leave_no_copy()
    return True


def _read(opening_key: bytes, box: bytes) -> list[str] | None:
    try:
        return open_box(opening_key, box)
    except CannotOpen:
        return None


@jobs.every_minute
def close_due_polls() -> None:
    """Count every poll whose last day has passed. One that fails does not keep the others waiting."""
    due = select(Poll.id).where(Poll.state == PollState.OPEN, Poll.closes_at < now())
    for poll_id in db.session.scalars(due).all():
        try:
            count_poll(poll_id)
        except Exception:
            db.session.rollback()
            log.exception("poll not counted", extra={"fields": {"poll": str(poll_id)}})

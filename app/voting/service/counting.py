"""The count: envelopes are opened in random order, outer ones are thrown away, the key is destroyed."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from app.common.audit import record
from app.common.clock import now
from app.extensions import db
from app.jobs import jobs
from app.voting.approval import count
from app.voting.ballots import problem_with
from app.voting.models import Ballot, Envelope, Poll, PollResult, PollState
from app.voting.sealing import CannotOpen, open_box, unlock
from app.voting.service.codes import codes_given

log = logging.getLogger(__name__)


def count_poll(poll_id: UUID) -> bool:
    """Count a poll whose last day has passed, in one transaction. False when there is nothing to count (any more).

    A box that cannot be opened or holds no valid ballot is counted as unreadable and told with the result.
    """
    query = select(Poll).where(Poll.id == poll_id).options(selectinload(Poll.options))
    poll = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if poll is None or poll.state is not PollState.OPEN or now() <= poll.closes_at or poll.locked_key is None:
        db.session.rollback()
        return False
    opening_key = unlock(poll.locked_key, current_app.config["CODE_KEY"])
    boxes = list(db.session.scalars(select(Envelope.box).where(Envelope.poll_id == poll.id)))
    secrets.SystemRandom().shuffle(boxes)
    keys = [option.key for option in poll.options]
    ballots = [choices for box in boxes if (choices := _read(opening_key, box)) is not None]
    valid = [choices for choices in ballots if problem_with(poll.rule, keys, choices) is None]
    outcome = count(poll.rule, keys, valid)
    db.session.add_all(Ballot(poll_id=poll.id, choices=sorted(choices)) for choices in valid)
    db.session.add(
        PollResult(
            poll_id=poll.id,
            codes_given=codes_given(poll),
            unreadable=len(boxes) - len(valid),
            outcome=asdict(outcome),
        )
    )
    db.session.execute(delete(Envelope).where(Envelope.poll_id == poll.id))
    poll.locked_key = None
    poll.state = PollState.COUNTED
    poll.counted_at = now()
    record(None, "poll.count", poll, ballots=outcome.ballots)
    db.session.commit()
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

"""Casting a ballot: the outer envelope is the code's keyed hash, the inner one a sealed box.

The database decides that a code counts once (a unique constraint), and the clock is asked in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update

from app.common.clock import now
from app.common.insert_once import insert_once
from app.extensions import db
from app.people.codes import CodeMistyped, keyed_hash, read_code
from app.voting.ballots import problem_with
from app.voting.models import AccessCode, Envelope, Poll, PollState
from app.voting.sealing import seal
from app.voting.service.codes import hash_for


class WrongCode(Exception):
    """Well typed, but not a code of this poll, or one that was replaced."""


class NotNow(Exception):
    """The poll takes no ballots at this moment: not open yet, closed, or cancelled."""


class CastOutcome(StrEnum):
    """What became of a ballot."""

    IN_THE_BOX = "in_the_box"
    REPLACED = "replaced"
    VOTED_BEFORE = "voted_before"


@dataclass(frozen=True)
class UsableCode:
    """A code that may vote in a poll. `has_voted`: a ballot of it lies in the box already."""

    code: str
    code_hash: str
    has_voted: bool


def code_for(poll: Poll, typed: str) -> UsableCode:
    """The code that was typed, when it counts in this poll. Changes nothing.

    Raises CodeMistyped for a typing mistake, WrongCode for a code that does not count here.
    """
    code = read_code(typed)
    code_hash = hash_for(poll, code)
    voted = select(Envelope.id).where(Envelope.poll_id == poll.id, Envelope.code_hash == code_hash).exists()
    row = db.session.execute(
        select(AccessCode.replaced_at, voted).where(AccessCode.poll_id == poll.id, AccessCode.code_hash == code_hash)
    ).first()
    if row is None or row[0] is not None:
        raise WrongCode
    return UsableCode(code, code_hash, bool(row[1]))


def cast(poll: Poll, typed: str, choices: Sequence[str], submission_id: str, *, replace: bool) -> CastOutcome:
    """Put a ballot in the box. Its row is durable when this returns.

    A code that voted before replaces its ballot only when `replace` says that the voter wants so; the same
    submission again is the same ballot. Raises CodeMistyped, WrongCode, NotNow; ValueError for choices that the rule
    does not allow (ask `ballots.problem_with` first).
    """
    problem = problem_with(poll.rule, [option.key for option in poll.options], choices)
    if problem is not None:
        raise ValueError(problem)
    public_key = _must_take_ballots(poll)
    usable = code_for(poll, typed)
    box = seal(public_key, choices, [option.key for option in poll.options])
    submission_hash = keyed_hash(submission_id, f"cast:{poll.id}")
    values = {"poll_id": poll.id, "code_hash": usable.code_hash, "box": box, "submission_hash": submission_hash}
    stored = db.session.scalar(insert_once(Envelope, "poll_id", "code_hash").values(**values).returning(Envelope.id))
    outcome = CastOutcome.IN_THE_BOX if stored is not None else _again(poll, usable, box, submission_hash, replace)
    # Asked again now that the row is written and this transaction holds what it needs.
    _must_take_ballots(poll)
    still_counts = select(AccessCode.id).where(
        AccessCode.poll_id == poll.id, AccessCode.code_hash == usable.code_hash, AccessCode.replaced_at.is_(None)
    )
    if db.session.scalar(still_counts.with_for_update(read=True)) is None:
        db.session.rollback()
        raise WrongCode
    db.session.commit()
    return outcome


def _must_take_ballots(poll: Poll) -> bytes:
    """The poll's public key, when it takes ballots at this moment by the database and by the clock; else NotNow.

    Shares the poll's row until the transaction ends, so that the count and whoever cancels wait for this ballot.
    Asked first, so that all lock in the same order. SQLite has no such locks, but one writer at a time.
    """
    columns = select(Poll.state, Poll.closes_at, Poll.public_key).where(Poll.id == poll.id)
    state, closes_at, public_key = db.session.execute(columns.with_for_update(read=True)).one()
    if state is not PollState.OPEN or now() > closes_at or public_key is None:
        db.session.rollback()
        raise NotNow
    return bytes(public_key)


def _again(poll: Poll, usable: UsableCode, box: bytes, submission_hash: str, replace: bool) -> CastOutcome:
    """The code has a ballot in the box: is this the same tap, a wish to replace it, or someone else's phone?"""
    mine = (Envelope.poll_id == poll.id, Envelope.code_hash == usable.code_hash)
    if db.session.scalar(select(Envelope.submission_hash).where(*mine)) == submission_hash:
        return CastOutcome.IN_THE_BOX
    if not replace:
        return CastOutcome.VOTED_BEFORE
    db.session.execute(update(Envelope).where(*mine).values(box=box, submission_hash=submission_hash))
    return CastOutcome.REPLACED


__all__ = ["CastOutcome", "CodeMistyped", "NotNow", "UsableCode", "WrongCode", "cast", "code_for"]

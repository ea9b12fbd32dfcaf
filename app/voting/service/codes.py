"""Access codes: made in batches for printing, stored as keyed hashes only, replaced when lost."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from app.common.audit import record
from app.common.clock import now
from app.extensions import db
from app.people.codes import keyed_hash, new_code
from app.people.models import StaffAccount
from app.voting.models import AccessCode, Envelope, Poll, PollState
from app.voting.service.destroying import leave_no_copy
from app.voting.service.polls import NotADraft

MOST_AT_ONCE = 500  # a QR code takes some 15 ms to draw, and a page that comes too late shows no codes at all


class AlreadyMade(Exception):
    """These codes were made by an earlier tap; they can be shown only once."""


class NoSuchCode(Exception):
    """There is no code with this number that can be replaced."""


@dataclass(frozen=True)
class PrintedCode:
    """One code for paper. The only moment at which it exists in clear."""

    number: int
    code: str
    area: str


def hash_for(poll: Poll, code: str) -> str:
    """A code's keyed hash for this poll only."""
    return keyed_hash(code, f"poll:{poll.id}")


def make_codes(poll: Poll, amount: int, area: str, batch: str, staff: StaffAccount) -> list[PrintedCode]:
    """Make codes for a draft or open poll, to be printed now. `batch` is the submission's id.

    Raises AlreadyMade when this batch exists, NotADraft when the poll is over, ValueError for a wrong amount.
    """
    if not 1 <= amount <= MOST_AT_ONCE:
        raise ValueError("amount")
    printed = _store_codes(poll, amount, area, batch)
    record(staff, "poll.make_codes", poll, amount=amount, first=printed[0].number)
    db.session.commit()
    return printed


def _store_codes(poll: Poll, amount: int, area: str, batch: str) -> list[PrintedCode]:
    """Store the hashes of fresh codes, inside the caller's transaction."""
    _hold(poll)
    same_batch = select(AccessCode.id).where(AccessCode.poll_id == poll.id, AccessCode.batch == batch)
    if db.session.scalar(same_batch.limit(1)) is not None:
        db.session.rollback()
        raise AlreadyMade
    last = db.session.scalar(select(func.max(AccessCode.number)).where(AccessCode.poll_id == poll.id)) or 0
    printed = [PrintedCode(last + place, new_code(), area) for place in range(1, amount + 1)]
    rows = [
        {"poll_id": poll.id, "code_hash": hash_for(poll, p.code), "number": p.number, "batch": batch, "area": area}
        for p in printed
    ]
    db.session.execute(insert(AccessCode), rows)
    return printed


def _hold(poll: Poll) -> None:
    """Hold the poll's row until the transaction ends: makers of codes and voters take turns.

    Raises NotADraft when the poll is over.
    """
    held = update(Poll).where(Poll.id == poll.id, Poll.state.in_((PollState.DRAFT, PollState.OPEN)))
    if db.session.scalar(held.values(slug=Poll.slug).returning(Poll.id)) is None:
        db.session.rollback()
        raise NotADraft


def replace_code(poll: Poll, number: int, batch: str, staff: StaffAccount) -> PrintedCode:
    """A new code for one that was lost. The old one no longer counts, nor does a ballot cast with it.

    Raises NoSuchCode, AlreadyMade, NotADraft.
    """
    lost = db.session.scalar(select(AccessCode).where(AccessCode.poll_id == poll.id, AccessCode.number == number))
    if lost is None:
        raise NoSuchCode
    printed = _store_codes(poll, 1, lost.area, batch)[0]
    ended = update(AccessCode).where(AccessCode.id == lost.id, AccessCode.replaced_at.is_(None))
    if db.session.scalar(ended.values(replaced_at=now()).returning(AccessCode.id)) is None:
        db.session.rollback()
        raise NoSuchCode
    db.session.execute(delete(Envelope).where(Envelope.poll_id == poll.id, Envelope.code_hash == lost.code_hash))
    record(staff, "poll.replace_code", poll, number=number)
    db.session.commit()
    leave_no_copy()
    return printed


def void_codes(poll: Poll, first: int, last: int, staff: StaffAccount) -> int:
    """Make the unused codes with these numbers worthless (a sheet that was lost); how many there were.

    Raises NotADraft when the poll is over.
    """
    _hold(poll)
    used = select(Envelope.code_hash).where(Envelope.poll_id == poll.id)
    voided = db.session.scalars(
        update(AccessCode)
        .where(
            AccessCode.poll_id == poll.id,
            AccessCode.number.between(first, last),
            AccessCode.replaced_at.is_(None),
            AccessCode.code_hash.not_in(used),
        )
        .values(replaced_at=now())
        .returning(AccessCode.id)
        .execution_options(synchronize_session=False)
    ).all()
    record(staff, "poll.void_codes", poll, first=first, last=last, voided=len(voided))
    db.session.commit()
    return len(voided)


def codes_given(poll: Poll) -> int:
    """How many codes can still count."""
    query = select(func.count()).select_from(AccessCode)
    return db.session.scalar(query.where(AccessCode.poll_id == poll.id, AccessCode.replaced_at.is_(None))) or 0

"""An ambition goes from one state to the next; each change is kept, with who and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.ambitions.models import Ambition, StateChange
from app.ambitions.states import State, check_change
from app.common.audit import record
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount


class MovedMeanwhile(Exception):
    """Someone else changed the state at the same moment."""


def move(
    ambition: Ambition,
    to: State,
    by: StaffAccount,
    *,
    reason: LocalizedText | None = None,
    poll_id: UUID | None = None,
) -> None:
    """Bring the ambition into another state, inside the caller's transaction (flushes, does not commit).

    Raises StateChangeError or ReasonMissingError as the rules say, and MovedMeanwhile.
    """
    current = ambition.state
    check_change(current, to, has_reason=bool(reason))
    moved: Any = db.session.execute(
        update(Ambition)
        .where(Ambition.id == ambition.id, Ambition.state == current)
        .values(state=to)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        raise MovedMeanwhile
    db.session.add(
        StateChange(
            ambition_id=ambition.id,
            to_state=to,
            version_number=ambition.version_number,
            reason=reason or None,
            by_id=by.id,
            by_role=by.role,
            poll_id=poll_id,
        )
    )
    record(by, f"ambition.{to}", ambition)
    db.session.flush()
    db.session.expire(ambition)


def _move_alone(ambition: Ambition, to: State, by: StaffAccount, reason: LocalizedText | None = None) -> None:
    if ambition.state is to:
        return  # sent twice
    try:
        move(ambition, to, by, reason=reason)
        db.session.commit()
    except MovedMeanwhile:
        db.session.rollback()
        if ambition.state is not to:
            raise


def drop(ambition: Ambition, reason: LocalizedText, *, by: StaffAccount) -> None:
    """Stop with this ambition, and say why."""
    _move_alone(ambition, State.DROPPED, by, reason)


def achieve(ambition: Ambition, *, by: StaffAccount) -> None:
    """Say that what was wanted is there."""
    _move_alone(ambition, State.ACHIEVED, by)

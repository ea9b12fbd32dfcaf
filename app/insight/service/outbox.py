"""The outbox: which contributions wait for analysis, who has them in hand, and what could not be analysed.

Taking a contribution in hand is a row in `analysis_attempt` (unique), so two workers share the work without meeting.
The result counts only when `analysed_at` was still empty at the moment of storing, so nothing is stored twice,
whatever a slow or a dying worker does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from app.common.audit import record
from app.common.clock import now
from app.contributions.models import Contribution
from app.contributions.service import live
from app.extensions import db
from app.insight.models import AnalysisAttempt
from app.insight.service.spoken import is_live
from app.people.models import StaffAccount

HOLD = timedelta(minutes=15)
"""How long a worker may take over what it has in hand before another tries."""
MOST_ATTEMPTS = 3
"""A contribution that ended a worker this often is left for a person to look at."""


def take(most: int) -> list[UUID]:
    """Take contributions that wait in hand, at most `most`; empty when nothing waits.

    What another worker left behind comes alone, so that one text that ends the worker cannot take others with it.
    """
    left_behind = _take_left_behind()
    if left_behind is not None:
        return [left_behind]
    for _ in range(5):  # another worker may take the same ones at the same moment; then look again
        waiting = (
            live()
            .with_only_columns(Contribution.id)
            .where(
                Contribution.analysed_at.is_(None),
                ~exists().where(AnalysisAttempt.contribution_id == Contribution.id),
            )
            .order_by(Contribution.created_at, Contribution.id)
            .limit(most)
        )
        ids = list(db.session.scalars(waiting))
        db.session.add_all(AnalysisAttempt(contribution_id=i, held_until=now() + HOLD) for i in ids)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            continue
        return ids
    return []


def _take_left_behind() -> UUID | None:
    while True:
        attempt = db.session.scalar(
            select(AnalysisAttempt)
            .where(AnalysisAttempt.failed_at.is_(None), AnalysisAttempt.held_until < now())
            .order_by(AnalysisAttempt.held_until, AnalysisAttempt.id)
            .limit(1)
        )
        if attempt is None:
            db.session.rollback()
            return None
        contribution_id, tried = attempt.contribution_id, attempt.attempts
        mine = (AnalysisAttempt.id == attempt.id, AnalysisAttempt.attempts == tried)
        if tried >= MOST_ATTEMPTS:
            given_up = {"failed_at": now(), "failure": "the worker stopped"}
            db.session.execute(update(AnalysisAttempt).where(*mine).values(given_up))
            db.session.commit()
            continue
        again = {"held_until": now() + HOLD, "attempts": tried + 1}
        taken = db.session.execute(update(AnalysisAttempt).where(*mine).values(again))
        db.session.commit()
        if cast("CursorResult[Any]", taken).rowcount:
            return contribution_id


def put_back(ids: Sequence[UUID]) -> None:
    """Let go of what is in hand: the worker is told to stop. Another may take it at once."""
    db.session.rollback()
    db.session.execute(
        delete(AnalysisAttempt).where(AnalysisAttempt.contribution_id.in_(ids), AnalysisAttempt.failed_at.is_(None))
    )
    db.session.commit()


def mark_failed(contribution_id: UUID, error: Exception) -> None:
    """Keep that this one could not be analysed: the kind of error and its place, never its message (does not commit).

    A message may hold the resident's words.
    """
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f" ({frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno})" if frame is not None else ""
    db.session.execute(
        update(AnalysisAttempt)
        .where(AnalysisAttempt.contribution_id == contribution_id)
        .values(failed_at=now(), failure=f"{type(error).__name__}{place}"[:200])
    )


def claim_results(ids: Sequence[UUID]) -> set[UUID]:
    """Mark these as analysed and say which ones this worker may store: not yet analysed, not withdrawn.

    Does not commit: until then no other worker can get the same answer.
    """
    marked = db.session.scalars(
        update(Contribution)
        .where(is_live(), Contribution.id.in_(ids), Contribution.analysed_at.is_(None))
        .values(analysed_at=now())
        .returning(Contribution.id)
        .execution_options(synchronize_session=False)
    )
    mine = set(marked)
    db.session.execute(
        delete(AnalysisAttempt).where(AnalysisAttempt.contribution_id.in_(ids), AnalysisAttempt.failed_at.is_(None))
    )
    return mine


def failures(neighbourhood_id: UUID) -> list[AnalysisAttempt]:
    """The contributions here that could not be analysed, oldest first."""
    return list(
        db.session.scalars(
            select(AnalysisAttempt)
            .join(AnalysisAttempt.contribution)
            .where(
                AnalysisAttempt.failed_at.is_not(None),
                Contribution.neighbourhood_id == neighbourhood_id,
                Contribution.id.in_(live().with_only_columns(Contribution.id)),
            )
            .order_by(AnalysisAttempt.failed_at, AnalysisAttempt.id)
        )
    )


def try_again(neighbourhood_id: UUID, actor: StaffAccount) -> int:
    """Put what failed in this neighbourhood back in the queue; gives how many."""
    failed = failures(neighbourhood_id)
    for attempt in failed:
        record(actor, "analysis.retry", attempt.contribution)
        db.session.delete(attempt)
    db.session.commit()
    return len(failed)

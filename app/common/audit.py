"""The audit trail: who did what to which row, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.common.clock import now
from app.common.models import Row, UtcDateTime
from app.extensions import db


class Actor(Protocol):
    """Whoever acts with a name: a staff account."""

    id: Mapped[UUID]


class AuditEntry(Row):
    """One act. `actor_id` is empty for the system itself; `details` holds no personal data."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "subject_type", "subject_id"),)

    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(actor: Actor | None, action: str, subject: Row, **details: Any) -> AuditEntry:
    """Add an entry to the current transaction. Details must be plain JSON values without personal data."""
    entry = AuditEntry(
        at=now(),
        actor_id=actor.id if actor is not None else None,
        action=action,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        details=details,
    )
    db.session.add(entry)
    return entry

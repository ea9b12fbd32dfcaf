"""What an ambition rests on: its concerns, also after these were merged into others."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.ambitions.merged import final
from app.ambitions.models import Ambition, AmbitionConcern
from app.common.audit import record
from app.extensions import db
from app.insight.models import Concern, ConcernState
from app.people.models import StaffAccount


class NotTheSamePlace(ValueError):
    """The concern was heard in another neighbourhood than the ambition is for."""


class NotConfirmed(ValueError):
    """Nobody has looked at this concern yet, or it was dismissed; nothing can rest on it."""


def _link(ambition: Ambition, concern: Concern) -> AmbitionConcern | None:
    return db.session.scalar(
        select(AmbitionConcern).where(
            AmbitionConcern.ambition_id == ambition.id, AmbitionConcern.concern_id == concern.id
        )
    )


def check_concern(concern: Concern, neighbourhood_id: UUID) -> None:
    """Whether an ambition of this neighbourhood can rest on the concern; raises NotTheSamePlace or NotConfirmed."""
    if concern.neighbourhood_id != neighbourhood_id:
        raise NotTheSamePlace
    if concern.state is not ConcernState.CONFIRMED:
        raise NotConfirmed


def add_link(ambition: Ambition, concern: Concern, by: StaffAccount) -> None:
    """Let the ambition rest on the concern, inside the caller's transaction (flushes, does not commit)."""
    db.session.add(AmbitionConcern(ambition_id=ambition.id, concern_id=concern.id, linked_by_id=by.id))
    record(by, "ambition.linked", ambition, concern=str(concern.id))
    db.session.flush()


def link_concern(ambition: Ambition, concern: Concern, *, by: StaffAccount) -> None:
    """Let the ambition rest on the concern; a second time changes nothing. Raises as `check_concern` does."""
    check_concern(concern, ambition.neighbourhood_id)
    if _link(ambition, concern) is not None:
        return
    try:
        add_link(ambition, concern, by)
        db.session.commit()
    except IntegrityError:  # someone linked it at the same moment
        db.session.rollback()


def unlink_concern(ambition: Ambition, concern: Concern, *, by: StaffAccount) -> None:
    """Take a link back that was a mistake; when it is gone already nothing changes."""
    link = _link(ambition, concern)
    if link is not None:
        db.session.delete(link)
        record(by, "ambition.unlinked", ambition, concern=str(concern.id))
        db.session.commit()


def _merges(neighbourhood_id: UUID) -> dict[UUID, UUID]:
    rows = db.session.execute(
        select(Concern.id, Concern.merged_into_id).where(
            Concern.neighbourhood_id == neighbourhood_id, Concern.merged_into_id.is_not(None)
        )
    )
    return {row.id: row.merged_into_id for row in rows}


def links_by_concern(neighbourhood_id: UUID) -> dict[UUID, list[AmbitionConcern]]:
    """For each concern that exists today: the links of ambitions that rest on it, the oldest first.

    A link to a concern that was merged counts for the concern it was merged into. Two statements.
    """
    merges = _merges(neighbourhood_id)
    links = db.session.scalars(
        select(AmbitionConcern)
        .join(AmbitionConcern.ambition)
        .where(Ambition.neighbourhood_id == neighbourhood_id)
        .order_by(AmbitionConcern.linked_at, AmbitionConcern.id)
    )
    found: dict[UUID, list[AmbitionConcern]] = {}
    for link in links:
        mine = found.setdefault(final(link.concern_id, merges), [])
        if all(link.ambition_id != other.ambition_id for other in mine):
            mine.append(link)
    return found


def concern_ids_of(ambition: Ambition, links: Iterable[AmbitionConcern]) -> list[UUID]:
    """The concerns of today that this ambition rests on, in the order in which they were linked."""
    merges = _merges(ambition.neighbourhood_id)
    return list(dict.fromkeys(final(link.concern_id, merges) for link in links))

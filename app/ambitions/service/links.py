"""What an ambition rests on: its concerns, also after these were merged into others."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

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


def unlink_concern(ambition: Ambition, concern_id: UUID, *, by: StaffAccount) -> None:
    """Take a link back that was a mistake; when it is gone already nothing changes.

    Links to concerns that were merged into this one go with it.
    """
    for link, current in db.session.execute(_links().where(Ambition.id == ambition.id)):
        if current == concern_id:
            db.session.delete(link)
            record(by, "ambition.unlinked", ambition, concern=str(link.concern_id))
    db.session.commit()


def _links() -> Select[AmbitionConcern, UUID]:
    """Every link, with the concern that it leads to today (a merged one points at the one that is left)."""
    return (
        select(AmbitionConcern, func.coalesce(Concern.merged_into_id, Concern.id))
        .join(AmbitionConcern.ambition)
        .join(Concern, Concern.id == AmbitionConcern.concern_id)
        .order_by(AmbitionConcern.linked_at, AmbitionConcern.id)
    )


def links_by_concern(neighbourhood_ids: Collection[UUID]) -> dict[UUID, list[AmbitionConcern]]:
    """For each concern that exists today: the links of ambitions that rest on it, the oldest first. One statement.

    A link to a concern that was merged counts for the concern it was merged into.
    """
    found: dict[UUID, list[AmbitionConcern]] = {}
    for link, current in db.session.execute(_links().where(Ambition.neighbourhood_id.in_(neighbourhood_ids))):
        mine = found.setdefault(current, [])
        if all(link.ambition_id != other.ambition_id for other in mine):
            mine.append(link)
    return found


def concerns_of(ambition: Ambition) -> list[Concern]:
    """The concerns of today that this ambition rests on, in the order in which they were linked."""
    current = [row[1] for row in db.session.execute(_links().where(Ambition.id == ambition.id))]
    known = {c.id: c for c in db.session.scalars(select(Concern).where(Concern.id.in_(current)))}
    return [known[concern_id] for concern_id in dict.fromkeys(current)]

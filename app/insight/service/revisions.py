"""One counter a neighbourhood: grouping by the worker and decisions of staff never pass each other unseen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.insight.models import Grouping


def _row_exists(neighbourhood_id: UUID) -> None:
    if db.session.scalar(select(Grouping.id).where(Grouping.neighbourhood_id == neighbourhood_id)) is None:
        try:
            with db.session.begin_nested():
                db.session.add(Grouping(neighbourhood_id=neighbourhood_id))
        except IntegrityError:
            pass  # another made it at this moment


def changed(neighbourhood_ids: Iterable[UUID], *, due: bool) -> None:
    """Count a change in these neighbourhoods and hold their row until the commit (does not commit).

    `due`: there is something new to group.
    """
    for neighbourhood_id in sorted(set(neighbourhood_ids)):  # one order for all, so that nobody waits in a circle
        _row_exists(neighbourhood_id)
        values = {"revision": Grouping.revision + 1, **({"due": True} if due else {})}
        db.session.execute(
            update(Grouping)
            .where(Grouping.neighbourhood_id == neighbourhood_id)
            .values(values)
            .execution_options(synchronize_session=False)
        )


def due() -> list[UUID]:
    """The neighbourhoods with something to group."""
    return list(db.session.scalars(select(Grouping.neighbourhood_id).where(Grouping.due).order_by(Grouping.id)))


def current(neighbourhood_id: UUID) -> int:
    """The neighbourhood's revision at this moment."""
    return db.session.scalar(select(Grouping.revision).where(Grouping.neighbourhood_id == neighbourhood_id)) or 0


def finish(neighbourhood_id: UUID, revision: int) -> bool:
    """Whether nothing changed since `revision`: then what was grouped may be written in this transaction."""
    done = db.session.execute(
        update(Grouping)
        .where(Grouping.neighbourhood_id == neighbourhood_id, Grouping.revision == revision)
        .values(due=False, revision=revision + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(cast("CursorResult[Any]", done).rowcount)

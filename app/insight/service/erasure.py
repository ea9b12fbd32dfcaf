"""Words that were taken back leave insight too: their passages, and a title that was made of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, or_, select, update
from sqlalchemy.orm import Mapper

from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import AnalysisAttempt, Concern, Grouping, Passage
from app.insight.service.spoken import is_live
from app.places.framework import themes


@event.listens_for(Contribution, "after_update")
def _taken_back(_mapper: Mapper[Any], connection: Connection, contribution: Contribution) -> None:
    """Erase in the same transaction as the withdrawal, so there is no moment in between."""
    if not contribution.is_live:
        _erase(connection, contribution)


def _erase(connection: Connection, contribution: Contribution) -> None:
    mine = Passage.__table__.c.contribution_id == contribution.id
    for concern_id, title, theme, text in connection.execute(
        select(Concern.id, Concern.title, Concern.theme, Passage.text)
        .join_from(Passage, Concern, Passage.concern_id == Concern.id)
        .where(mine, Concern.named_by_staff.is_(False))
    ):
        if theme in themes() and any(part in text for part in title.texts.values()):
            connection.execute(
                update(Concern)
                .where(Concern.id == concern_id)
                .values(title=themes()[theme].title, version=Concern.version + 1)
            )
    connection.execute(delete(Passage).where(mine))
    connection.execute(delete(AnalysisAttempt).where(AnalysisAttempt.contribution_id == contribution.id))
    connection.execute(
        update(Grouping)
        .where(Grouping.neighbourhood_id == contribution.neighbourhood_id)
        .values(revision=Grouping.revision + 1, due=True)
    )


def erase_leftovers() -> None:
    """Erase what an analysis stored at the very moment of a withdrawal, or what was withdrawn in bulk."""
    left = select(Passage.contribution_id).join(Passage.contribution).where(~is_live())
    leftovers = db.session.scalars(
        select(Contribution).where(
            ~is_live(), or_(Contribution.redacted_text.is_not(None), Contribution.id.in_(left))
        )
    ).all()
    for contribution in leftovers:
        contribution.redacted_text = None
        _erase(db.session.connection(), contribution)
    db.session.commit()

"""What coordinators said about themes, for the analysis to learn from.

Nothing is kept for it: a correction is a concern whose theme staff set, with the passages that are in it now. So an
undone step is no correction any more, and words that were taken back teach nothing.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.extensions import db
from app.insight import Taught
from app.insight.models import Concern, ConcernState, Passage
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded
from app.insight.themes import MOST_TAUGHT
from app.places.models import Neighbourhood

OF_EACH = 8
"""So many passages of one concern count, those that speak for it first: a large concern is one correction too."""


def corrected(municipality_id: UUID, encoder_name: str) -> Taught | None:
    """The passages here of which staff said the theme, the latest reviewed first; None when there are none."""
    speaks_first = (Passage.quote_rank.is_(None), Passage.quote_rank, Passage.created_at, Passage.id)
    place = func.row_number().over(partition_by=Concern.id, order_by=speaks_first).label("place")
    ranked = (
        spoken(Passage.id, place, Concern.theme, Concern.reviewed_at, Concern.id.label("concern_id"))
        .join(Concern, Concern.id == Passage.concern_id)
        .join(Neighbourhood, Neighbourhood.id == Contribution.neighbourhood_id)
        .where(
            Neighbourhood.municipality_id == municipality_id,
            Concern.theme_by_staff,
            Concern.state != ConcernState.MERGED,
            Passage.encoder == encoder_name,
        )
        .subquery()
    )
    rows = db.session.execute(
        select(Passage.vector, Passage.text, ranked.c.theme)
        .join(ranked, ranked.c.id == Passage.id)
        .where(ranked.c.place <= OF_EACH)
        .order_by(ranked.c.reviewed_at.desc(), ranked.c.concern_id, ranked.c.place)
        .limit(MOST_TAUGHT)
    ).all()
    if not rows:
        return None
    return Taught(
        loaded(row.vector for row in rows), tuple(row.text for row in rows), tuple(row.theme for row in rows)
    )

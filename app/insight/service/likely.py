"""In which order to offer concerns: those that say most nearly the same first."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import numpy as np
from sqlalchemy import or_, select

from app.contributions.models import Contribution
from app.extensions import db
from app.insight import learnt_for
from app.insight.learnt import unit
from app.insight.models import Concern, ConcernExample, ConcernState, Passage
from app.insight.service.encoding import encoder
from app.insight.service.examples import CONCERN, current
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded


def likely_for_concern(concern: Concern) -> list[Concern]:
    """The other concerns of its neighbourhood that have words or examples, the most alike first."""
    found = _by_likeness(concern.neighbourhood_id, lambda _id, concern_id: concern_id == concern.id)
    return [other for other in found if other.id != concern.id]


def likely_for_passage(passage: Passage, neighbourhood_id: UUID) -> list[Concern]:
    """The concerns that the passage is not in, the most alike first."""
    found = _by_likeness(neighbourhood_id, lambda passage_id, _concern_id: passage_id == passage.id)
    return [other for other in found if other.id != passage.concern_id]


def _by_likeness(neighbourhood_id: UUID, is_mine: Callable[[UUID, UUID | None], bool]) -> list[Concern]:
    said = spoken(Passage.id, Passage.concern_id, Passage.vector).where(
        Contribution.neighbourhood_id == neighbourhood_id, Passage.encoder == encoder().name
    )
    shown = current(ConcernExample.id, CONCERN.label("concern_id"), ConcernExample.vector).where(
        Concern.neighbourhood_id == neighbourhood_id, ConcernExample.encoder == encoder().name
    )
    rows = [*db.session.execute(said), *db.session.execute(shown)]
    likeness: dict[UUID, float] = {}
    mine = [position for position, row in enumerate(rows) if is_mine(row.id, row.concern_id)]
    if mine:
        vectors = unit(loaded(row.vector for row in rows) @ learnt_for(encoder()).sameness)
        middle = vectors[mine].mean(axis=0)
        places: dict[UUID, list[int]] = {}
        for position, row in enumerate(rows):
            if row.concern_id is not None:
                places.setdefault(row.concern_id, []).append(position)
        likeness = {key: float(np.mean(vectors[place] @ middle)) for key, place in places.items()}
    concerns = db.session.scalars(
        select(Concern)
        .where(
            Concern.neighbourhood_id == neighbourhood_id,
            Concern.state != ConcernState.MERGED,
            or_(
                Concern.id.in_(spoken(Passage.concern_id).where(Contribution.neighbourhood_id == neighbourhood_id)),
                Concern.id.in_(current(CONCERN)),
            ),
        )
        .order_by(Concern.created_at, Concern.id)
    )
    return sorted(concerns, key=lambda concern: -likeness.get(concern.id, 0.0))

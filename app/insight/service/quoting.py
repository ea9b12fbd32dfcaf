"""Which passages speak for a concern, after staff changed what is in it."""

from __future__ import annotations

from uuid import UUID

import numpy as np
from sqlalchemy import update

from app.extensions import db
from app.insight.models import Passage
from app.insight.service.spoken import spoken

RANKED = 12
"""So many passages of a concern are put in order; pages show the first few, and a withdrawal leaves others."""


def choose_again(concern_id: UUID) -> None:
    """Rank the passages of this concern anew, inside the caller's transaction (does not commit)."""
    rows = db.session.execute(
        spoken(Passage.id, Passage.contribution_id, Passage.vector)
        .where(Passage.concern_id == concern_id, Passage.urgent.is_(False))
        .order_by(Passage.id)
    ).all()
    ranked: list[UUID] = []
    if rows:
        vectors = np.stack([np.frombuffer(row.vector, dtype="<f4") for row in rows])
        nearness = vectors @ vectors.mean(axis=0)
        people: set[UUID] = set()
        for position in np.argsort(-nearness, kind="stable"):
            row = rows[int(position)]
            if row.contribution_id not in people and len(ranked) < RANKED:
                people.add(row.contribution_id)
                ranked.append(row.id)
    here = update(Passage).where(Passage.concern_id == concern_id)
    db.session.execute(here.values(quote_rank=None).execution_options(synchronize_session=False))
    for rank, passage_id in enumerate(ranked, start=1):
        one = update(Passage).where(Passage.id == passage_id).values(quote_rank=rank)
        db.session.execute(one.execution_options(synchronize_session=False))

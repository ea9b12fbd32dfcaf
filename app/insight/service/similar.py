"""Is this said already? The nearest live contributions in a neighbourhood, in whatever language."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import Statement, nearest, read
from app.insight.models import Passage
from app.insight.service.encoding import encoder
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded
from app.insight.similar import ALIKE

MOST = 50


def similar(
    neighbourhood_id: UUID,
    text: str,
    *,
    sources: Collection[Source] | None = None,
    at_least: float = ALIKE,
) -> list[tuple[UUID, float]]:
    """Contributions that say about the same as `text`: (id, likeness of at most 1), the most alike first.

    At most `MOST`, with a likeness of `at_least` or more, from these sources only when any are given. Whether the
    reader may see them is for the caller to decide.
    """
    if not any(character.isalpha() for character in text):
        return []
    chosen = encoder()
    candidates = spoken(Passage.contribution_id, Passage.vector).where(
        Contribution.neighbourhood_id == neighbourhood_id, Passage.encoder == chosen.name
    )
    if sources is not None:
        candidates = candidates.where(Contribution.source.in_(sources))
    in_order = candidates.order_by(Contribution.created_at, Contribution.source_key, Passage.start)
    rows = db.session.execute(in_order).all()
    if not rows:
        return []
    vectors = loaded(row.vector for row in rows)
    best: dict[UUID, float] = {}
    # Passage by passage, as what is stored: someone who says two things may be alike in one of them.
    for passage in read([Statement("new", text)], chosen).passages:
        for position, likeness in nearest(passage.vector, vectors, len(rows), at_least, chosen):
            found = rows[position].contribution_id
            best[found] = max(likeness, best.get(found, 0.0))
    return sorted(best.items(), key=lambda item: -item[1])[:MOST]

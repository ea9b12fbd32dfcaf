"""Is this said already? The nearest live contributions in a neighbourhood, in whatever language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

import numpy as np

from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import Statement
from app.insight.models import Passage
from app.insight.pipeline import meanings
from app.insight.service.encoding import encoder
from app.insight.service.said import said
from app.insight.service.spoken import spoken
from app.insight.similar import ALIKE

MOST = 50
_AT_ONCE = 64


def similar(
    neighbourhood_id: UUID,
    text: str,
    *,
    sources: Collection[Source] | None = None,
    at_least: float = ALIKE,
) -> list[tuple[UUID, float]]:
    """Contributions that say about the same as `text`: (id, likeness of at most 1), the most alike first.

    At most `MOST`, with a likeness of `at_least` or more, from these sources only when any are given. Whether the
    reader may see them is for the caller to decide. Just after a start it may know the newest only.
    """
    if not any(character.isalpha() for character in text):
        return []
    chosen = encoder()
    # Passage by passage, as what is stored: someone who says two things may be alike in one of them.
    # In capitals the encoder reads something else, so such a text is asked in small letters as well.
    typed = [text, text.lower()] if text.isupper() else [text]
    asked = np.concatenate([meanings(Statement("new", one), chosen) for one in typed])
    likely = said().nearest(neighbourhood_id, chosen, asked, at_least, sources)
    best: dict[UUID, float] = {}
    gone: set[UUID] = set()
    for at in range(0, len(likely), _AT_ONCE):
        likeness = dict(likely[at : at + _AT_ONCE])
        still_there = _still_there(list(likeness))
        gone.update(set(likeness) - set(still_there))
        for passage_id, contribution_id in still_there.items():
            best[contribution_id] = max(likeness[passage_id], best.get(contribution_id, 0.0))
        if len(best) >= MOST:
            break
    said().drop(neighbourhood_id, chosen, gone)
    return sorted(best.items(), key=lambda item: -item[1])[:MOST]


def _still_there(ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Of these passages the live ones and their contributions, the oldest first."""
    rows = db.session.execute(
        spoken(Passage.id, Passage.contribution_id)
        .where(Passage.id.in_(ids))
        .order_by(Contribution.created_at, Contribution.source_key, Passage.start)
    )
    return {row.id: row.contribution_id for row in rows}

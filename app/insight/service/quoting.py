"""Which passages speak for a concern, after something changed in it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from app.contributions.models import Contribution
from app.extensions import db
from app.insight import Passage as Said
from app.insight import learnt_for
from app.insight.models import Passage
from app.insight.quotes import choose
from app.insight.service.encoding import encoder
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded


def choose_again(concern_id: UUID) -> None:
    """Rank the passages that speak for this concern anew, inside the caller's transaction (does not commit)."""
    chosen = encoder()
    rows = db.session.execute(
        spoken(Passage.id, Passage.contribution_id, Passage.text, Passage.language, Passage.vector)
        .where(Passage.concern_id == concern_id, Passage.urgent.is_(False), Passage.encoder == chosen.name)
        .order_by(Contribution.created_at, Contribution.source_key, Passage.start)
    ).all()
    vectors = loaded(row.vector for row in rows)
    said = [
        Said(
            statement_id=str(row.contribution_id),
            start=0,
            end=len(row.text),
            text=row.text,
            language=row.language,
            theme=None,
            theme_score=0.0,
            kind=None,
            feeling=None,
            urgent=False,
            redacted=("some",) if "[" in row.text else (),
            vector=vector,
        )
        for row, vector in zip(rows, vectors, strict=True)
    ]
    _rank(concern_id, None)
    if said:
        for rank, position in enumerate(choose(said, range(len(said)), learnt_for(chosen)), start=1):
            _rank(concern_id, rank, rows[position].id)


def _rank(concern_id: UUID, rank: int | None, passage_id: UUID | None = None) -> None:
    ranking = update(Passage).where(Passage.concern_id == concern_id)
    if passage_id is not None:
        ranking = ranking.where(Passage.id == passage_id)
    db.session.execute(ranking.values(quote_rank=rank).execution_options(synchronize_session=False))

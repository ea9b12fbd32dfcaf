"""The analysis of what waits: redact, read, store. What cannot be read stops nothing else.

The reading itself happens outside any transaction, so residents never wait for it. It is stored in one short
transaction, and only for contributions that are still waiting and not withdrawn.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.extensions import db
from app.insight import Analysis, Encoder, Statement, Taught, learnt_for, read
from app.insight import Passage as Said
from app.insight.learnt import centred
from app.insight.models import Passage
from app.insight.service import examples, outbox, reading_notes, revisions
from app.insight.service.spoken import is_live
from app.insight.service.theme_corrections import corrected
from app.insight.service.vectors import stored
from app.places.models import Neighbourhood

CHUNK = 256
"""So many contributions are in memory at once."""

log = logging.getLogger(__name__)


def analyse_chunk(encoder: Encoder, size: int = CHUNK) -> int:
    """Analyse the next contributions that wait, at most `size`; gives how many were taken in hand."""
    ids = outbox.take(size)
    try:
        for statements, corrections in _statements(ids, encoder.name):
            for analysis in _read(encoder, statements, corrections):
                _store(analysis, encoder.name)
    except BaseException:  # told to stop, or the database is gone: whoever comes next does it
        outbox.put_back(ids)
        raise
    return len(ids)


def _statements(ids: Sequence[UUID], encoder_name: str) -> list[tuple[list[Statement], Taught | None]]:
    """By municipality, each with what its coordinators said about themes."""
    rows = db.session.execute(
        select(Contribution, Neighbourhood.municipality_id)
        .join(Neighbourhood, Neighbourhood.id == Contribution.neighbourhood_id)
        .where(Contribution.id.in_(ids), is_live())
        .options(joinedload(Contribution.original))
        .order_by(Contribution.created_at, Contribution.id)
    ).all()
    by_municipality: dict[UUID, list[Statement]] = {}
    for row, municipality_id in rows:
        statement = Statement(
            id=str(row.id),
            text=row.original.text if row.original is not None else "",
            language=row.language,
            source=row.source.value,
            created=row.created_at.isoformat(),
        )
        by_municipality.setdefault(municipality_id, []).append(statement)
    found = [(statements, corrected(key, encoder_name)) for key, statements in by_municipality.items()]
    db.session.rollback()  # no transaction stays open while the words are read
    return found


def _read(encoder: Encoder, statements: list[Statement], corrections: Taught | None) -> Iterator[Analysis]:
    """All of them read together; when that fails, each one alone, without those that fail."""
    try:
        together = read(statements, encoder, corrections)
    except Exception as error:  # whatever it is, the others must not suffer from it
        log.warning("a chunk could not be read together: %s", type(error).__name__)
    else:
        yield together
        return
    for statement in statements:
        try:
            alone = read([statement], encoder, corrections)
        except Exception as error:
            outbox.mark_failed(UUID(statement.id), error)
            db.session.commit()
        else:
            yield alone


def _store(analysis: Analysis, encoder_name: str) -> None:
    mine = outbox.claim_results([UUID(key) for key in analysis.redacted])
    for key in sorted(mine):
        found = {"redacted_text": analysis.redacted[str(key)].text, "language": analysis.languages[str(key)]}
        one = update(Contribution).where(Contribution.id == key).values(found)
        db.session.execute(one.execution_options(synchronize_session=False))
    said = (passage for passage in analysis.passages if UUID(passage.statement_id) in mine)
    db.session.add_all(_row(passage, encoder_name) for passage in said)
    reading_notes.note(analysis, mine)
    if mine:
        places = select(Contribution.neighbourhood_id).where(Contribution.id.in_(mine)).distinct()
        revisions.changed(db.session.scalars(places).all(), due=True)
    db.session.commit()


def _row(said: Said, encoder_name: str) -> Passage:
    return Passage(
        contribution_id=UUID(said.statement_id),
        start=said.start,
        end=said.end,
        text=said.text,
        language=said.language,
        theme=said.theme,
        theme_score=said.theme_score,
        kind=said.kind,
        feeling=said.feeling,
        urgent=said.urgent,
        vector=stored(said.vector),
        encoder=encoder_name,
    )


def renew_vectors(encoder: Encoder, size: int = CHUNK) -> None:
    """Give passages and examples that another encoder read before an upgrade a vector of this one, chunk by chunk."""
    examples.renew_vectors(encoder)
    while True:
        # written as two ranges, so that the index answers at once that there are none
        is_other = or_(Passage.encoder < encoder.name, Passage.encoder > encoder.name)
        passages = db.session.scalars(select(Passage).where(is_other).limit(size)).all()
        if not passages:
            db.session.rollback()
            return
        raw = encoder.encode([passage.text for passage in passages])
        vectors = centred(raw, [passage.language for passage in passages], learnt_for(encoder))
        for passage, vector in zip(passages, vectors, strict=True):
            passage.vector, passage.encoder = stored(vector), encoder.name
        ids = [passage.contribution_id for passage in passages]
        places = select(Contribution.neighbourhood_id).where(Contribution.id.in_(ids)).distinct()
        revisions.changed(db.session.scalars(places).all(), due=True)
        db.session.commit()

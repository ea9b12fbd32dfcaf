"""Adding to the stream, and taking back. `live()` is the one query that says what may be used."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import Select, func, insert, select

from app.common.clock import now
from app.common.insert_once import insert_once
from app.contributions.models import Contribution, ContributionOriginal, Source
from app.extensions import db
from app.jobs import jobs


def add(
    *,
    neighbourhood_id: UUID,
    source: Source,
    source_key: str,
    text: str,
    language: str | None = None,
    resident_id: UUID | None = None,
) -> Contribution:
    """Put a text in the stream, inside the caller's transaction (flushes, does not commit).

    The same `source_key` again gives the contribution that is there already.
    """
    existing = db.session.scalar(select(Contribution).where(Contribution.source_key == source_key))
    if existing is not None:
        return existing
    contribution = Contribution(
        neighbourhood_id=neighbourhood_id,
        source=source,
        source_key=source_key,
        language=language,
        resident_id=resident_id,
        original=ContributionOriginal(text=text),
    )
    db.session.add(contribution)
    db.session.flush()
    return contribution


def add_all(
    texts: Mapping[str, str],
    *,
    neighbourhood_id: UUID,
    source: Source,
    language: str | None = None,
    resident_id: UUID | None = None,
) -> None:
    """Put several texts of one person in the stream (by source key), in two statements; does not commit.

    A source key that is there already stays as it is.
    """
    same = {"neighbourhood_id": neighbourhood_id, "source": source, "language": language, "resident_id": resident_id}
    rows = [{"id": uuid4(), "source_key": key, "created_at": now(), **same} for key in texts]
    if not rows:
        return
    new = set(db.session.scalars(insert_once(Contribution, "source_key").returning(Contribution.id), rows))
    words = [
        {"id": uuid4(), "contribution_id": row["id"], "text": text}
        for row, text in zip(rows, texts.values(), strict=True)
        if row["id"] in new
    ]
    if words:
        db.session.execute(insert(ContributionOriginal), words)


def withdraw(contribution: Contribution) -> None:
    """Erase the words, keep only that there was something (does not commit)."""
    contribution.original = None
    contribution.redacted_text = None
    contribution.withdrawn_at = contribution.withdrawn_at or now()


def hide(contribution: Contribution) -> None:
    """Keep the words from others and from the analysis until they are shown again (does not commit)."""
    contribution.hidden_at = contribution.hidden_at or now()
    contribution.redacted_text = contribution.analysed_at = None


def show_again(contribution: Contribution) -> None:
    """Undo `hide`: the words are analysed anew (does not commit)."""
    contribution.hidden_at = None


def live() -> Select[tuple[Contribution]]:
    """Every contribution that may be used: not withdrawn, not hidden."""
    return select(Contribution).where(Contribution.withdrawn_at.is_(None), Contribution.hidden_at.is_(None))


def waiting(neighbourhood_id: UUID | None = None) -> int:
    """How many contributions wait for analysis, in this neighbourhood or everywhere."""
    query = live().where(Contribution.analysed_at.is_(None))
    if neighbourhood_id is not None:
        query = query.where(Contribution.neighbourhood_id == neighbourhood_id)
    return db.session.scalar(query.with_only_columns(func.count())) or 0


def nudge() -> None:
    """Ask a worker to look now at what waits; call it after the commit. It only makes things faster."""
    jobs.hurry()

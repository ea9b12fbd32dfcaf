"""One neighbourhood's passages and concerns, read at once: what grouping works on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.common.localized import LocalizedText
from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import Concern, ConcernExample, ConcernState, Passage
from app.insight.records import Vectors
from app.insight.service import examples, revisions
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded


@dataclass(frozen=True, slots=True)
class Line:
    """One live passage. Its vector is the row of `Snapshot.vectors` with the same index."""

    id: UUID
    contribution_id: UUID
    concern_id: UUID | None
    pinned: bool
    start: int
    end: int
    text: str
    language: str | None
    theme: str | None
    theme_score: float | None
    kind: str | None
    feeling: str | None
    urgent: bool
    quote_rank: int | None
    campaign: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One concern that is not merged into another. `is_decided`: staff decided something about it, so it stays."""

    id: UUID
    title: LocalizedText
    theme: str | None
    catalogue_id: str | None
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence by staff of what belongs in a concern. Its vector is the same row of `Snapshot.example_vectors`."""

    concern_id: UUID
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a neighbourhood was at `revision`."""

    neighbourhood_id: UUID
    revision: int
    lines: list[Line]
    vectors: Vectors
    concerns: dict[UUID, Standing]
    examples: list[Example]
    example_vectors: Vectors


def look(neighbourhood_id: UUID, encoder_name: str) -> Snapshot:
    """Read it, and leave no transaction open. Words whose vectors are of another encoder are left out.

    The order of the lines hangs on the words and their moments, not on random ids: same words, same concerns.
    """
    revision = revisions.current(neighbourhood_id)
    concerns = {
        row.id: Standing(
            id=row.id,
            title=row.title,
            theme=row.theme,
            catalogue_id=row.catalogue_id,
            is_decided=row.reviewed_at is not None,
        )
        for row in db.session.execute(
            select(
                Concern.id,
                Concern.title,
                Concern.theme,
                Concern.catalogue_id,
                Concern.reviewed_at,
            )
            .where(Concern.neighbourhood_id == neighbourhood_id, Concern.state != ConcernState.MERGED)
            .order_by(Concern.created_at, Concern.id)
        )
    }
    columns = [getattr(Passage, name) for name in Line.__slots__]
    found = (
        spoken(*columns, Passage.vector)
        .where(Contribution.neighbourhood_id == neighbourhood_id, Passage.encoder == encoder_name)
        .order_by(Contribution.created_at, Contribution.source_key, Passage.start)
        .execution_options(yield_per=1000)
    )
    lines: list[Line] = []

    def vectors() -> Iterator[bytes]:
        for *values, vector in db.session.execute(found):
            lines.append(Line(*values))
            yield vector

    matrix = loaded(vectors())
    shown = db.session.execute(
        examples.current(examples.CONCERN, ConcernExample.text, ConcernExample.language, ConcernExample.vector)
        .where(Concern.neighbourhood_id == neighbourhood_id, ConcernExample.encoder == encoder_name)
        .order_by(examples.CONCERN, *examples.IN_ORDER)
    ).all()
    db.session.rollback()
    return Snapshot(
        neighbourhood_id,
        revision,
        lines,
        matrix,
        concerns,
        [Example(concern_id, text, language) for concern_id, text, language, _vector in shown],
        loaded(vector for *_, vector in shown),
    )

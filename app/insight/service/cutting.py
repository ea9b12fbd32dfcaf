"""The parts in which a concern could be split, each with what is said in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.contributions.models import Contribution
from app.extensions import db
from app.insight import learnt_for
from app.insight.cuts import suggest
from app.insight.models import Passage
from app.insight.service.encoding import encoder
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded

QUOTES = 3
MOST_LISTED = 20


@dataclass(frozen=True)
class ShownPart:
    """One part: how many people, its passages (the most telling first), and the first of these to read."""

    people: int
    ids: tuple[UUID, ...]
    quotes: list[tuple[Passage, Contribution]]
    listed: list[tuple[Passage, Contribution]]


def suggested_parts(concern_id: UUID) -> list[ShownPart]:
    """Two or three parts, the largest first; empty when nothing in the concern stands apart."""
    chosen = encoder()
    rows = db.session.execute(
        spoken(Passage.id, Passage.contribution_id, Passage.vector)
        .where(Passage.concern_id == concern_id, Passage.encoder == chosen.name)
        .order_by(Passage.text, Contribution.source_key, Passage.start)
    ).all()
    if not rows:
        return []
    vectors = loaded(row.vector for row in rows) @ learnt_for(chosen).sameness
    cuts = suggest(vectors, [str(row.contribution_id) for row in rows])
    whose = {row.id: row.contribution_id for row in rows}
    return _shown([[rows[member].id for member in cut.members] for cut in cuts], whose)


def chosen_parts(concern_id: UUID, parts: Sequence[Collection[UUID]]) -> list[ShownPart]:
    """The parts that a form came back with; first what is in none of them, which stays in the concern."""
    order = (Passage.quote_rank.is_(None), Passage.quote_rank, Contribution.source_key, Passage.start)
    rows = db.session.execute(
        spoken(Passage.id, Passage.contribution_id).where(Passage.concern_id == concern_id).order_by(*order)
    ).all()
    whose = {row.id: row.contribution_id for row in rows}
    taken = {passage_id for part in parts for passage_id in part}
    rest = [passage_id for passage_id in whose if passage_id not in taken]
    return _shown([rest, *([one for one in part if one in whose] for part in parts)], whose)


def _shown(parts: list[list[UUID]], whose: dict[UUID, UUID]) -> list[ShownPart]:
    first = [part[:MOST_LISTED] for part in parts]
    wanted = [passage_id for part in first for passage_id in part]
    rows = db.session.execute(spoken(Passage, Contribution).where(Passage.id.in_(wanted))) if wanted else ()
    found = {passage.id: (passage, contribution) for passage, contribution in rows}
    return [_part(part, [found[one] for one in listed], whose) for part, listed in zip(parts, first, strict=True)]


def _part(ids: list[UUID], listed: list[tuple[Passage, Contribution]], whose: dict[UUID, UUID]) -> ShownPart:
    by_text: dict[str, tuple[Passage, Contribution]] = {}
    for passage, contribution in listed:
        by_text.setdefault(passage.text, (passage, contribution))
    quotes = list(by_text.values())[:QUOTES]
    others = [pair for pair in listed if pair not in quotes]
    return ShownPart(len({whose[one] for one in ids}), tuple(ids), quotes, others)

"""What the computer reads less well: noted when it reads, and shown to staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.contributions.models import Contribution, ContributionOriginal
from app.extensions import db
from app.insight import Analysis
from app.insight.models import ReadingNote
from app.insight.pipeline import TEXT_AT_MOST
from app.insight.reading_notes import Why, notes
from app.insight.service.encoding import known_languages
from app.insight.service.review_pages import PAGE_SIZE, Page
from app.insight.service.spoken import is_live


@dataclass(frozen=True)
class Noted:
    """One contribution that was read less well, and why."""

    contribution: Contribution
    why: list[Why]


def note(analysis: Analysis, ids: Collection[UUID]) -> None:
    """Note of these contributions of the analysis what was read less well (does not commit)."""
    said: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for passage in analysis.passages:
        said[passage.statement_id].append((passage.text, passage.language))
    too_long = select(ContributionOriginal.contribution_id).where(
        ContributionOriginal.contribution_id.in_(ids), func.length(ContributionOriginal.text) > TEXT_AT_MOST
    )
    cut, languages = set(db.session.scalars(too_long)), known_languages()
    db.session.add_all(
        ReadingNote(contribution_id=key, why=why)
        for key in sorted(ids)
        for why in sorted(notes(said[str(key)], languages, is_cut=key in cut))
    )


def noted(neighbourhood_id: UUID) -> dict[Why, int]:
    """How many contributions of a neighbourhood were read less well, by reason; a reason without any is left out."""
    rows = db.session.execute(
        select(ReadingNote.why, func.count())
        .join(Contribution, Contribution.id == ReadingNote.contribution_id)
        .where(is_live(), Contribution.neighbourhood_id == neighbourhood_id)
        .group_by(ReadingNote.why)
    )
    return dict(sorted(((why, number) for why, number in rows), key=lambda row: list(Why).index(row[0])))


def noted_contributions(neighbourhood_id: UUID, why: Why | None, number: int) -> Page[Noted]:
    """The contributions that were read less well, for this reason or any, newest first."""
    reasons = select(ReadingNote.contribution_id)
    if why is not None:
        reasons = reasons.where(ReadingNote.why == why)
    here = (is_live(), Contribution.neighbourhood_id == neighbourhood_id, Contribution.id.in_(reasons))
    total = db.session.scalar(select(func.count()).select_from(Contribution).where(*here)) or 0
    found = db.session.scalars(
        select(Contribution)
        .where(*here)
        .order_by(Contribution.created_at.desc(), Contribution.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    ids = [contribution.id for contribution in found]
    why_of: defaultdict[UUID, list[Why]] = defaultdict(list)
    for row in db.session.scalars(select(ReadingNote).where(ReadingNote.contribution_id.in_(ids))):
        why_of[row.contribution_id].append(row.why)
    items = [Noted(contribution, sorted(why_of[contribution.id], key=list(Why).index)) for contribution in found]
    return Page(items, number, total)

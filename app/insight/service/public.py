"""What everyone may see of concerns. `_public()` is the one query that decides it, for every door."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from flask import abort
from sqlalchemy import Select, func, or_, select

from app.common.localized import LocalizedText
from app.common.small_groups import MINIMUM_GROUP, hide_small, shown_count
from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import Concern, ConcernState, Passage
from app.insight.service.came_in import may_be_quoted
from app.insight.service.figures import PEOPLE, Figures, figures
from app.insight.service.spoken import spoken
from app.insight.shown_breakdown import ShownBreakdown, shown_breakdown

QUOTES = 5


@dataclass(frozen=True)
class PublicConcern:
    """A confirmed concern as everyone may see it. `people` is None when they are too few to show.

    `copies`: people who sent one of the `texts` that many sent, in the same words or nearly; None when there are
    some, but their number would tell how many a small group are.
    """

    id: UUID
    title: LocalizedText
    theme: str | None
    people: int | None
    copies: int | None
    texts: int
    languages: ShownBreakdown
    sources: ShownBreakdown
    feelings: ShownBreakdown


@dataclass(frozen=True)
class Quote:
    """One passage, in its own words and language. `before`, `after`: the person said more on that side.

    `is_counter_voice`: someone who feels the opposite of most people here.
    """

    contribution_id: UUID
    text: str
    language: str | None
    source: str
    feeling: str | None
    before: bool
    after: bool
    is_counter_voice: bool = False


@dataclass(frozen=True)
class Heard:
    """A concern that someone's words are part of, as they may see it: the title only once it is confirmed, the
    reason when it is taken no further."""

    concern_id: UUID
    state: ConcernState
    title: LocalizedText | None
    reason: LocalizedText | None


def _public() -> Select[Concern]:
    """Confirmed concerns in which someone still speaks."""
    said = spoken(Passage.id).where(Passage.concern_id == Concern.id).correlate(Concern).exists()
    return select(Concern).where(Concern.state == ConcernState.CONFIRMED, said)


def _shown(concern: Concern, known: Figures) -> PublicConcern:
    return PublicConcern(
        id=concern.id,
        title=concern.title,
        theme=concern.theme,
        people=shown_count(known.people),
        copies=hide_small([known.copies, known.people - known.copies])[0] if known.copies else 0,
        texts=known.texts,
        languages=shown_breakdown(known.language, MINIMUM_GROUP),
        sources=shown_breakdown(known.source, MINIMUM_GROUP),
        feelings=shown_breakdown(known.feeling, MINIMUM_GROUP),
    )


def shown(concern: Concern) -> PublicConcern:
    """A concern in numbers that may leave the coordinator's screen, confirmed or not."""
    return _shown(concern, figures([concern.id])[concern.id])


def public_concerns(neighbourhood_id: UUID) -> list[PublicConcern]:
    """The confirmed concerns of a neighbourhood, those of most people first; a text that many sent counts once."""
    concerns = list(db.session.scalars(_public().where(Concern.neighbourhood_id == neighbourhood_id)))
    known = figures([concern.id for concern in concerns])
    concerns.sort(key=lambda concern: (-known[concern.id].voices, str(concern.id)))
    return [_shown(concern, known[concern.id]) for concern in concerns]


def public_concerns_by_id(concern_ids: Collection[UUID]) -> dict[UUID, PublicConcern]:
    """Those of these concerns that everyone may see; one that was merged is found under its old id too."""
    wanted = list(concern_ids)
    merged = db.session.execute(select(Concern.id, Concern.merged_into_id).where(Concern.id.in_(wanted)))
    current = {concern_id: into or concern_id for concern_id, into in merged}
    concerns = list(db.session.scalars(_public().where(Concern.id.in_(set(current.values())))))
    known = figures([concern.id for concern in concerns])
    found = {concern.id: _shown(concern, known[concern.id]) for concern in concerns}
    return {old: found[now] for old, now in current.items() if now in found}


def concern_or_404(concern_id: UUID) -> PublicConcern:
    """The concern when everyone may see it (or the one it was merged into); else the request ends with 404."""
    return public_concerns_by_id([concern_id]).get(concern_id) or abort(404)


def quotes(concern_id: UUID) -> list[Quote]:
    """The passages that speak for a public concern; see `quotes_by_concern`."""
    return quotes_by_concern([concern_id], QUOTES).get(concern_id, [])


def quotes_by_concern(concern_ids: Collection[UUID], most: int) -> dict[UUID, list[Quote]]:
    """For each public concern: the passages that speak for it, the most telling first, at most `most`, one a person.

    The last is a counter-voice when there is one. Never something urgent: that is for a person to act on, not to
    publish. And never an answer, an imported text or a note that came in after staff last read the concern.
    Three statements.
    """
    open_ids = list(db.session.scalars(_public().with_only_columns(Concern.id).where(Concern.id.in_(concern_ids))))
    order = (Passage.quote_rank.is_(None), Passage.quote_rank, Passage.id)
    place = func.row_number().over(partition_by=Passage.concern_id, order_by=order)
    place_in_feeling = func.row_number().over(partition_by=(Passage.concern_id, Passage.feeling), order_by=order)
    ranked = (
        spoken(Passage.id, place.label("place"), place_in_feeling.label("place_in_feeling"))
        .join(Concern, Passage.concern_id == Concern.id)
        .where(Passage.concern_id.in_(open_ids), Passage.urgent.is_(False), may_be_quoted())
        .subquery()
    )
    rows = db.session.execute(
        spoken(Passage, Contribution)
        .join(ranked, ranked.c.id == Passage.id)
        .where(or_(ranked.c.place <= 2 * most, ranked.c.place_in_feeling == 1))
        .order_by(*order)
    )
    candidates: dict[UUID, list[Quote]] = {concern_id: [] for concern_id in open_ids}
    for passage, contribution in rows:
        candidates[passage.concern_id].append(_quote(passage, contribution))
    known = figures(open_ids)
    return {
        concern_id: _chosen(found, _opposite(known[concern_id]), most) for concern_id, found in candidates.items()
    }


def _opposite(known: Figures) -> str | None:
    negative, positive = known.feeling.get("negative", 0), known.feeling.get("positive", 0)
    if negative == positive:
        return None
    return "positive" if negative > positive else "negative"


def _chosen(candidates: list[Quote], opposite: str | None, most: int) -> list[Quote]:
    counter = next((q for q in candidates if q.feeling == opposite), None) if opposite else None
    chosen: list[Quote] = []
    people = {counter.contribution_id} if counter is not None else set()
    for candidate in candidates:
        if candidate.contribution_id not in people:
            people.add(candidate.contribution_id)
            chosen.append(candidate)
    if counter is None:
        return chosen[:most]
    return [*chosen[: most - 1], replace(counter, is_counter_voice=True)]


def _quote(passage: Passage, contribution: Contribution) -> Quote:
    whole = contribution.redacted_text or ""
    return Quote(
        contribution_id=contribution.id,
        text=passage.text,
        language=passage.language,
        source=contribution.source.value,
        feeling=passage.feeling,
        before=bool(whole[: passage.start].strip()),
        after=bool(whole[passage.end :].strip()),
    )


def concerns_of(contribution_ids: Collection[UUID]) -> dict[UUID, list[Heard]]:
    """For someone's own contributions: the concerns that their words are part of."""
    found: dict[UUID, list[Heard]] = {contribution_id: [] for contribution_id in contribution_ids}
    rows = db.session.execute(
        spoken(Passage.contribution_id, Concern)
        .join(Concern, Passage.concern_id == Concern.id)
        .where(Passage.contribution_id.in_(list(contribution_ids)))
        .order_by(Passage.contribution_id, Passage.start)
    )
    for contribution_id, concern in rows:
        told = Heard(
            concern_id=concern.id,
            state=concern.state,
            title=concern.title if concern.state is ConcernState.CONFIRMED else None,
            reason=concern.reason if concern.state is ConcernState.DISMISSED else None,
        )
        if told not in found[contribution_id]:
            found[contribution_id].append(told)
    return found


def people_by_theme(neighbourhood_id: UUID) -> dict[str, int | None]:
    """How many people spoke about each theme; None when they are too few to show."""
    rows = db.session.execute(
        spoken(Passage.theme, PEOPLE)
        .where(Contribution.neighbourhood_id == neighbourhood_id, Passage.theme.is_not(None))
        .group_by(Passage.theme)
        .order_by(PEOPLE.desc(), Passage.theme)
    )
    return {theme: shown_count(people) for theme, people in rows}

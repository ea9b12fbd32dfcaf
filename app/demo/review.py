"""The demo's coordinator reviews what the analysis found, knowing what each writer had in mind."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from app.common.localized import LocalizedText
from app.contributions.models import Contribution
from app.contributions.service import live
from app.demo.town import Town
from app.demo.voices import Heard
from app.demo.words import read
from app.extensions import db
from app.insight import service as review
from app.insight.models import Concern, ConcernState, Passage
from app.people.models import StaffAccount
from app.places.models import Neighbourhood


class _Passage(NamedTuple):
    id: UUID
    concern_id: UUID | None
    contribution_id: UUID
    theme: str | None


def title_of(label: str) -> LocalizedText:
    """The title that the coordinator gives this recurring concern."""
    return LocalizedText(read("story")["concerns"][label]["title"])


def concern_about(place: Neighbourhood, label: str) -> Concern:
    """The concern that the coordinator made of this recurring concern."""
    return next(concern for concern in _open_concerns(place) if concern.title == title_of(label))


def review_round(town: Town, row: dict[str, Any], heard: Heard) -> None:
    """Go through the neighbourhood's concerns once: confirm some, perhaps dismiss one."""
    place, staff = town.place(row["where"]), town.coordinator
    for label in row["confirm"]:
        concern = _put_together(place, label, staff, heard)
        if concern.state is ConcernState.FOUND:
            review.confirm(concern.id, concern.version, staff)
    if "dismiss" in row:
        concern = _put_together(place, row["dismiss"]["concern"], staff, heard)
        if concern.state is ConcernState.FOUND:
            review.dismiss(concern.id, concern.version, LocalizedText(row["dismiss"]["reason"]), staff)


def _open_concerns(place: Neighbourhood) -> list[Concern]:
    here = select(Concern).where(Concern.neighbourhood_id == place.id, Concern.state != ConcernState.MERGED)
    return list(db.session.scalars(here.order_by(Concern.created_at, Concern.id)))


def _passages(place: Neighbourhood) -> list[_Passage]:
    spoken = live().with_only_columns(Contribution.id).where(Contribution.neighbourhood_id == place.id)
    found = select(Passage.id, Passage.concern_id, Passage.contribution_id, Passage.theme).where(
        Passage.contribution_id.in_(spoken)
    )
    rows = db.session.execute(found.order_by(Passage.created_at, Passage.id))
    return [_Passage(*row) for row in rows]


def _put_together(place: Neighbourhood, label: str, staff: StaffAccount, heard: Heard) -> Concern:
    """Merge what says the same, name it, take out what does not belong, put in what was left alone."""
    alike = _alike(place, label, heard)
    named = [concern for concern in _open_concerns(place) if concern.title == title_of(label)]
    concern = named[0] if named else _first(place, label, staff, heard, alike)
    for other in alike:
        db.session.refresh(other)
        if other.id != concern.id and other.state is ConcernState.FOUND:
            review.merge(other.id, other.version, concern.id, staff)
    for passage in _passages(place):
        about = heard.get(passage.contribution_id, ())
        if passage.concern_id == concern.id and label not in about:
            review.move(passage.id, concern.id, staff)
        elif passage.concern_id is None and about == (label,):
            review.move(passage.id, None, staff, to=concern.id)
    db.session.refresh(concern)
    if concern.title != title_of(label):
        concern = review.rename(concern.id, concern.version, title_of(label), staff)
    return concern


def _alike(place: Neighbourhood, label: str, heard: Heard) -> list[Concern]:
    """The concerns, not decided about yet, in which most passages are about this; the largest first."""
    sizes: Counter[UUID] = Counter()
    right: Counter[UUID] = Counter()
    for passage in _passages(place):
        if passage.concern_id is not None:
            sizes[passage.concern_id] += 1
            right[passage.concern_id] += label in heard.get(passage.contribution_id, ())
    found = [
        concern
        for concern in _open_concerns(place)
        if concern.state is ConcernState.FOUND and right[concern.id] * 2 > sizes[concern.id]
    ]
    return sorted(found, key=lambda concern: (-right[concern.id], str(concern.id)))


def _first(place: Neighbourhood, label: str, staff: StaffAccount, heard: Heard, alike: list[Concern]) -> Concern:
    """The concern to build on: the largest that was found, or a new one when none has the right theme."""
    themes = read("story")["concerns"][label]["themes"]
    fitting = [concern for concern in alike if concern.theme in themes]
    if fitting:
        return fitting[0]
    mine = [p for p in _passages(place) if heard.get(p.contribution_id, ()) == (label,)]
    first = next((passage for passage in mine if passage.theme in themes), mine[0])
    made = review.move(first.id, first.concern_id, staff, new_title=title_of(label))
    if made is None:
        raise LookupError(label)
    return made

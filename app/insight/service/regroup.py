"""Grouping a neighbourhood again: new passages find their place, and what staff decided stays as it is.

Passages that staff placed, and those of concerns that staff decided about, do not move. The other passages may join
those concerns, or form concerns among themselves; such a concern keeps its id as long as it stays mostly the same.

It is worked out without a transaction and written in one, and only when nothing changed in between.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app.common.clock import now
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight import Encoder, KnownConcern, group
from app.insight import Passage as Said
from app.insight.campaigns import find_campaigns
from app.insight.kept_ids import kept_ids
from app.insight.models import Concern, Passage
from app.insight.records import Concern as Group
from app.insight.records import Vectors
from app.insight.service import quoting, revisions
from app.insight.service.snapshot import Example, Line, Snapshot, look

MOST_TRIES = 3
"""When people keep deciding while it is worked out, the next minute comes soon enough."""


@dataclass
class Plan:
    """What is to be written. `place`, `rank` and `campaign` hold only passages for which something changes."""

    new: dict[UUID, Group] = field(default_factory=dict)
    kept: dict[UUID, Group] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)
    joined: set[UUID] = field(default_factory=set)
    place: dict[UUID, UUID | None] = field(default_factory=dict)
    rank: dict[UUID, int | None] = field(default_factory=dict)
    campaign: dict[UUID, str | None] = field(default_factory=dict)


def regroup(neighbourhood_id: UUID, encoder: Encoder) -> bool:
    """Group one neighbourhood again; False when it changed each time in between: then it is still due."""
    for _ in range(MOST_TRIES):
        before = look(neighbourhood_id, encoder.name)
        if _write(before, plan(before, encoder)):
            return True
    return False


def plan(before: Snapshot, encoder: Encoder) -> Plan:
    """Work out what changes. Asks the database nothing."""
    free = [position for position, line in enumerate(before.lines) if _may_move(line, before)]
    groups = group([_said(before, position) for position in free], _known(before), encoder)
    made = Plan()
    settled: dict[int, UUID | None] = dict.fromkeys(free)
    ranks: dict[UUID, int] = {}
    made.joined = {UUID(found.id) for found in groups if found.is_known}
    formed = [found for found in groups if not found.is_known]
    members = [[free[index] for index in found.passages] for found in formed]
    for found, mine, concern_id in zip(formed, members, _ids(before, members), strict=True):
        (made.kept if concern_id in before.concerns else made.new)[concern_id] = found
        settled.update(dict.fromkeys(mine, concern_id))
        ranks.update({before.lines[free[index]].id: n for n, index in enumerate(found.quotes, start=1)})
    for found in groups:
        if found.is_known:
            settled.update(dict.fromkeys((free[index] for index in found.passages), UUID(found.id)))
    made.gone = {concern.id for concern in before.concerns.values() if not concern.is_decided} - set(made.kept)
    for position, to in settled.items():
        line = before.lines[position]
        if line.concern_id != to:
            made.place[line.id] = to
        if to not in made.joined and line.quote_rank != ranks.get(line.id):
            made.rank[line.id] = ranks.get(line.id)
    sent = find_campaigns([(str(line.contribution_id), line.text) for line in before.lines])
    for line, campaign in zip(before.lines, sent, strict=True):
        if line.campaign != campaign:
            made.campaign[line.id] = campaign
    return made


def _may_move(line: Line, before: Snapshot) -> bool:
    if line.pinned or line.concern_id is None:
        return not line.pinned
    concern = before.concerns.get(line.concern_id)
    return concern is not None and not concern.is_decided


def _said(before: Snapshot, position: int) -> Said:
    line = before.lines[position]
    return Said(
        statement_id=str(line.contribution_id),
        start=line.start,
        end=line.end,
        text=line.text,
        language=line.language,
        theme=line.theme,
        theme_score=line.theme_score or 0.0,
        kind=line.kind,
        feeling=line.feeling,
        urgent=line.urgent,
        redacted=(),
        vector=before.vectors[position],
    )


def _known(before: Snapshot) -> list[KnownConcern]:
    """The concerns that staff decided about, with what is said in them and the examples that staff gave."""
    members: dict[UUID, list[tuple[Line | Example, Vectors]]] = {}
    for row, line in enumerate(before.lines):
        if line.concern_id is not None:
            members.setdefault(line.concern_id, []).append((line, before.vectors[row]))
    for row, example in enumerate(before.examples):
        members.setdefault(example.concern_id, []).append((example, before.example_vectors[row]))
    return [
        KnownConcern(
            id=str(concern.id),
            title=concern.title.shown("nl").text,
            vectors=np.stack([vector for _words, vector in members[concern.id]]),
            texts=tuple(words.text for words, _vector in members[concern.id]),
            languages=tuple(words.language for words, _vector in members[concern.id]),
            theme=concern.theme,
            catalogue_id=concern.catalogue_id,
        )
        for concern in before.concerns.values()
        if concern.is_decided and concern.id in members
    ]


def _ids(before: Snapshot, groups: list[list[int]]) -> list[UUID]:
    were_in = {
        line.id: line.concern_id for line in before.lines if line.concern_id is not None and _may_move(line, before)
    }
    parts = [[before.lines[position].id for position in group] for group in groups]
    return [concern_id or uuid4() for concern_id in kept_ids(were_in, parts)]


def _write(before: Snapshot, made: Plan) -> bool:
    if not revisions.finish(before.neighbourhood_id, before.revision):
        db.session.rollback()
        return False
    for concern_id, found in made.new.items():
        concern = Concern(id=concern_id, neighbourhood_id=before.neighbourhood_id, title=LocalizedText(found.titles))
        concern.theme, concern.catalogue_id = found.theme, found.catalogue_id
        db.session.add(concern)
    for concern_id, found in made.kept.items():
        concern = db.session.get_one(Concern, concern_id)
        new = (LocalizedText(found.titles), found.theme, found.catalogue_id)
        if (concern.title, concern.theme, concern.catalogue_id) != new:
            concern.title, concern.theme, concern.catalogue_id = new
    db.session.flush()
    if made.place:
        # however old the words are: whoever decided about this concern, or has it open, has not read them in it
        came = [{"id": key, "concern_id": to, "created_at": now()} for key, to in made.place.items() if to]
        left = [{"id": key, "concern_id": None} for key, to in made.place.items() if to is None]
        if came:
            db.session.execute(update(Passage), came)
        if left:
            db.session.execute(update(Passage), left)
    if made.rank:
        db.session.execute(update(Passage), [{"id": key, "quote_rank": n} for key, n in made.rank.items()])
    if made.campaign:
        db.session.execute(update(Passage), [{"id": key, "campaign": of} for key, of in made.campaign.items()])
    for concern_id in sorted(made.joined):
        quoting.choose_again(concern_id)
    for concern_id in sorted(made.gone):
        _remove(concern_id)
    db.session.commit()
    return True


def _remove(concern_id: UUID) -> None:
    """Take away a found concern without passages; one that something else points at stays, empty and unseen."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Concern).where(Concern.id == concern_id))
    except IntegrityError:
        pass

"""What a coordinator puts together, takes apart and puts elsewhere. Each function is one transaction.

As for every decision: on the version that the person saw, a step in the history, and left as it is by the analysis.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from app.common.audit import record
from app.common.clock import now
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight.models import Concern, ConcernState, Passage
from app.insight.service import quoting, revisions
from app.insight.service.deciding import (
    Change,
    ChangedMeanwhile,
    NotPossible,
    all_or_nothing,
    decided,
    deciding,
    follow_theme,
)
from app.insight.undoing import StepKind
from app.people.models import StaffAccount


@dataclass(frozen=True)
class Part:
    """Passages that become a concern of their own, with its title."""

    passage_ids: Collection[UUID]
    title: LocalizedText


def merge(concern_id: UUID, version: int, target_id: UUID, actor: StaffAccount) -> Concern:
    """Put everything of this concern into another one of the same neighbourhood; gives that other one.

    What was merged into this concern earlier follows: a merged concern always points at one that is not merged.
    What staff has read in this one is read in the other; the rest is new there.
    """
    with deciding(concern_id, version, StepKind.MERGE, actor) as change:
        concern = change.concern
        target = db.session.get(Concern, target_id, populate_existing=True)
        if (
            target is None
            or target.id == concern.id
            or target.neighbourhood_id != concern.neighbourhood_id
            or target.state is ConcernState.MERGED
        ):
            raise NotPossible
        change.watch(target)
        moved = _put(concern, target)
        for follower in db.session.scalars(select(Concern).where(Concern.merged_into_id == concern.id)):
            change.watch(follower)
            follower.merged_into_id = target.id
        concern.state, concern.merged_into_id, concern.reason = ConcernState.MERGED, target.id, None
        decided(target, actor)
        follow_theme(target)
        record(actor, "concern.merge", concern, into=str(target.id))
        change.keep(other=target, moved=moved)
        quoting.choose_again(target.id)
    return target


def _put(concern: Concern, target: Concern) -> dict[UUID, bool]:
    """All passages of the one into the other; gives which, and whether a person had put each where it was."""
    rows = db.session.execute(
        select(Passage.id, Passage.pinned, Passage.created_at).where(Passage.concern_id == concern.id)
    ).all()
    until = concern.read_until
    passages = update(Passage).where(Passage.concern_id == concern.id)
    is_read = Passage.pinned | (Passage.created_at <= until) if until is not None else Passage.pinned
    db.session.execute(passages.where(is_read).values(concern_id=target.id, pinned=True, quote_rank=None))
    db.session.execute(passages.values(concern_id=target.id, created_at=now(), quote_rank=None))
    return {row.id: row.pinned for row in rows}


def split(
    concern_id: UUID, version: int, passage_ids: Collection[UUID], title: LocalizedText, actor: StaffAccount
) -> Concern:
    """Take these passages out of the concern into a new one, which is still to be confirmed; gives the new one."""
    return split_in_parts(concern_id, version, [Part(passage_ids, title)], actor)[0]


def split_in_parts(concern_id: UUID, version: int, parts: Sequence[Part], actor: StaffAccount) -> list[Concern]:
    """Take each of these parts out of the concern into a new one, still to be confirmed; gives the new ones.

    Something must stay behind. Each part is a step of its own, so each can be undone, the last first.
    """
    asked = [passage_id for part in parts for passage_id in part.passage_ids]
    made = []
    with deciding(concern_id, version, StepKind.SPLIT, actor) as change:
        concern = change.concern
        here = Passage.concern_id == concern.id
        was_pinned = {
            row.id: row.pinned
            for row in db.session.execute(select(Passage.id, Passage.pinned).where(here, Passage.id.in_(asked)))
        }
        if len(was_pinned) != len(set(asked)):
            raise ChangedMeanwhile  # a ticked passage is no longer here
        total = db.session.scalar(select(func.count()).select_from(Passage).where(here)) or 0
        empty = any(not part.passage_ids or not part.title for part in parts)
        if not parts or empty or len(asked) != len(was_pinned) or len(asked) == total:
            raise NotPossible
        for part in parts:
            made.append(_take_out(change, part, was_pinned))
            change = Change(StepKind.SPLIT, concern.neighbourhood_id, actor, concern)
        quoting.choose_again(concern.id)
    return made


def _take_out(change: Change, part: Part, was_pinned: dict[UUID, bool]) -> Concern:
    concern = change.concern
    new = Concern(
        neighbourhood_id=concern.neighbourhood_id, title=part.title, theme=concern.theme, named_by_staff=True
    )
    decided(new, change.actor)
    db.session.add(new)
    db.session.flush()
    moving = update(Passage).where(Passage.id.in_(part.passage_ids))
    db.session.execute(moving.values(concern_id=new.id, pinned=True, quote_rank=None))
    follow_theme(new)
    follow_theme(concern)
    record(change.actor, "concern.split", concern, into=str(new.id), passages=len(part.passage_ids))
    moved = {passage_id: was_pinned[passage_id] for passage_id in part.passage_ids}
    change.keep(other=new, made=True, moved=moved)
    quoting.choose_again(new.id)
    return new


def move(
    passage_id: UUID,
    was_in: UUID | None,
    actor: StaffAccount,
    *,
    to: UUID | None = None,
    new_title: LocalizedText | None = None,
) -> Concern | None:
    """Put one passage into the concern `to`, or into a new one with `new_title`, or (neither) into none.

    `was_in` is where the person saw it. Gives the concern it is in now.
    """
    with all_or_nothing():
        passage = db.session.get_one(Passage, passage_id)
        neighbourhood_id = passage.contribution.neighbourhood_id
        revisions.changed([neighbourhood_id], due=False)
        passage = db.session.get_one(Passage, passage_id, populate_existing=True)
        if passage.concern_id != was_in:
            raise ChangedMeanwhile
        left = db.session.get_one(Concern, was_in, populate_existing=True) if was_in is not None else None
        change = Change(StepKind.MOVE, neighbourhood_id, actor, left)
        target = _destination(change, passage, to, new_title)
        if target is not None:
            decided(target, actor)
            db.session.flush()
        moved = {passage.id: passage.pinned}
        passage.concern_id = target.id if target is not None else None
        passage.pinned, passage.quote_rank = True, None
        db.session.flush()
        for concern in filter(None, (left, target)):
            if concern.reviewed_at is not None:
                follow_theme(concern)
            quoting.choose_again(concern.id)
        record(
            actor,
            "passage.move",
            passage,
            was=str(was_in) if was_in else None,
            to=str(target.id) if target is not None else None,
        )
        change.keep(other=target, made=bool(new_title), moved=moved)
    return target


def _destination(
    change: Change, passage: Passage, to: UUID | None, new_title: LocalizedText | None
) -> Concern | None:
    if new_title:
        new = Concern(
            neighbourhood_id=change.neighbourhood_id, title=new_title, theme=passage.theme, named_by_staff=True
        )
        db.session.add(new)
        return new
    if to is None:
        return None
    target = db.session.get(Concern, to, populate_existing=True)
    if target is None or target.neighbourhood_id != change.neighbourhood_id:
        raise NotPossible
    if target.state is ConcernState.MERGED:
        raise ChangedMeanwhile
    change.watch(target)
    return target

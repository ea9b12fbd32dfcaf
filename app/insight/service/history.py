"""What was decided about a concern, by whom and when; and taking the last step back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import joinedload

from app.common.audit import record
from app.common.clock import now
from app.extensions import db
from app.insight.models import Concern, ConcernState, MovedPassage, Passage, ReviewStep
from app.insight.service import examples, quoting, revisions
from app.insight.service.deciding import Change, all_or_nothing, give_back
from app.insight.service.spoken import spoken
from app.insight.undoing import Reason, Refusal, Step, StepKind, refusal
from app.people.models import StaffAccount

MOST_SHOWN = 50


class CannotUndo(Exception):
    """Why a step was not undone. Nothing was written. `first`: the step that has to be undone before it."""

    def __init__(self, reason: Reason, first: ReviewStep | None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.first = first


@dataclass(frozen=True)
class Entry:
    """One step, for the page. `words`: the passage that was moved, when it is still there. Of the last step that
    stands: whether it can be undone, or which other step has to go first."""

    step: ReviewStep
    words: Passage | None = None
    is_undone: bool = False
    can_undo: bool = False
    first: ReviewStep | None = None
    relied_on: bool = False


def history(concern_id: UUID) -> list[Entry]:
    """What staff did with this concern, the last first; at most MOST_SHOWN."""
    rows = _steps(or_(ReviewStep.concern_id == concern_id, ReviewStep.other_id == concern_id), most=MOST_SHOWN)
    if not rows:
        return []
    words = _words([row.id for row in rows if row.kind is StepKind.MOVE])
    undone = {row.undoes_id for row in rows if row.undoes_id is not None}
    count = [row for row in rows if row.kind is not StepKind.UNDO and row.id not in undone]
    last = max(count, key=lambda row: row.number) if count else None
    found: tuple[Refusal | None, ReviewStep | None] = (None, None)
    if last is not None:
        found = _refusal(last, rows if last.kind not in _REARRANGING else None)
    entries = []
    for row in rows:
        is_last = row is last
        why, first = found if is_last else (None, None)
        entries.append(
            Entry(
                step=row,
                words=words.get(row.id),
                is_undone=row.id in undone,
                can_undo=is_last and why is None,
                first=first,
                relied_on=why is not None and why.reason is Reason.RELIED_ON,
            )
        )
    return entries


_REARRANGING = (StepKind.MERGE, StepKind.SPLIT, StepKind.MOVE)
_OF_EXAMPLES = (StepKind.ADD, StepKind.EXAMPLES)


def _steps(*conditions: object, most: int | None = None) -> list[ReviewStep]:
    query = (
        select(ReviewStep)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(ReviewStep.number.desc())
        .options(
            joinedload(ReviewStep.actor),
            joinedload(ReviewStep.concern),
            joinedload(ReviewStep.other),
            joinedload(ReviewStep.undoes),
        )
        .limit(most)
    )
    return list(db.session.scalars(query).unique())


def _words(step_ids: Collection[UUID]) -> dict[UUID, Passage]:
    if not step_ids:
        return {}
    rows = db.session.execute(
        spoken(MovedPassage.step_id, Passage)
        .join(MovedPassage, MovedPassage.passage_id == Passage.id)
        .where(MovedPassage.step_id.in_(step_ids))
    )
    return {step_id: passage for step_id, passage in rows}  # noqa: C416 (dict() does not know what a Row is)


def _refusal(step: ReviewStep, known: Collection[ReviewStep] | None) -> tuple[Refusal | None, ReviewStep | None]:
    """Why this step cannot be undone, and the step that has to go first. `known`: every step that can matter, when
    the caller has them."""
    rows = known if known is not None else _related(step)
    by_number = {row.number: row for row in rows}
    moved = _moved([row.id for row in rows if row.kind is StepKind.MOVE])
    rules = {row.number: _rule(row, moved.get(row.id, ())) for row in rows}
    why = refusal(rules[step.number], rules.values(), relied_on=step.kind is StepKind.CONFIRM and _relied_on(step))
    return why, by_number[why.later] if why is not None and why.later is not None else None


def _related(step: ReviewStep) -> list[ReviewStep]:
    """This step and the later ones of its neighbourhood that touch one of the same things."""
    concerns = [concern_id for concern_id in (step.concern_id, step.other_id) if concern_id is not None]
    mine = select(MovedPassage.passage_id).where(MovedPassage.step_id == step.id)
    same_words = select(MovedPassage.step_id).where(MovedPassage.passage_id.in_(mine))
    touching = [ReviewStep.concern_id.in_(concerns), ReviewStep.other_id.in_(concerns), ReviewStep.id == step.id]
    if step.kind is StepKind.MOVE:
        touching += [ReviewStep.id.in_(same_words), ReviewStep.undoes_id.in_(same_words)]
    return _steps(
        ReviewStep.neighbourhood_id == step.neighbourhood_id, ReviewStep.number >= step.number, or_(*touching)
    )


def _moved(step_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    if step_ids:
        rows = select(MovedPassage.step_id, MovedPassage.passage_id).where(MovedPassage.step_id.in_(step_ids))
        for step_id, passage_id in db.session.execute(rows):
            found.setdefault(step_id, []).append(passage_id)
    return found


def _rule(row: ReviewStep, moved: Iterable[UUID]) -> Step:
    touches = frozenset(str(key) for key in (row.concern_id, row.other_id, *moved) if key is not None)
    return Step(row.number, row.kind, touches, row.undoes.number if row.undoes is not None else None)


def _relied_on(step: ReviewStep) -> bool:
    """Whether something outside insight points at the concern of this step: an ambition that rests on it."""
    for mapper in Concern.registry.mappers:
        if mapper.class_.__module__.startswith("app.insight"):
            continue
        for key in mapper.local_table.foreign_keys:
            if key.column is Concern.__table__.c.id and db.session.scalar(
                select(exists().where(key.parent == step.concern_id))
            ):
                return True
    return False


def undo(step_id: UUID, actor: StaffAccount) -> Concern | None:
    """Take a step back, as if it had not been made; gives the concern it was about, or None for a single voice and
    for a concern that is not to be.

    What came in meanwhile stays with the concern that it came into; of a concern that the step made, everything goes
    back. Raises `CannotUndo`.
    """
    with all_or_nothing():
        step = db.session.get_one(ReviewStep, step_id)
        revisions.changed([step.neighbourhood_id], due=step.kind in _OF_EXAMPLES)
        why, first = _refusal(step, None)
        if why is not None:
            raise CannotUndo(why.reason, first)
        concern = db.session.get(Concern, step.concern_id) if step.concern_id is not None else None
        other = db.session.get(Concern, step.other_id) if step.other_id is not None else None
        change = Change(StepKind.UNDO, step.neighbourhood_id, actor, concern)
        if step.kind in _REARRANGING:
            _put_back(step)
        if other is not None and step.before.get("made") == str(other.id):
            _empty(other, step.concern_id)
        for concern_id, fields in step.before["concerns"].items():
            give_back(db.session.get_one(Concern, UUID(concern_id)), fields)
        record(actor, "concern.undo", step, kind=step.kind.value)
        undone = change.keep(other=other, undoes=step)
        if step.kind in _OF_EXAMPLES:
            examples.put_back(step, undone)
        if step.kind in _REARRANGING:
            for changed in filter(None, (concern, other)):
                quoting.choose_again(changed.id)
    if concern is not None and concern.state is not ConcernState.MERGED:
        return concern
    return other if other is not None and step.kind not in (StepKind.MOVE, StepKind.ADD) else concern


def _put_back(step: ReviewStep) -> None:
    """The passages that this step put elsewhere, those that are still there, to where they were."""
    for was_pinned in (True, False):
        mine = select(MovedPassage.passage_id).where(
            MovedPassage.step_id == step.id, MovedPassage.was_pinned.is_(was_pinned)
        )
        there = Passage.concern_id == step.other_id if step.other_id else Passage.concern_id.is_(None)
        back = update(Passage).where(Passage.id.in_(mine), there)
        db.session.execute(
            back.values(concern_id=step.concern_id, pinned=was_pinned, quote_rank=None).execution_options(
                synchronize_session="fetch"
            )
        )


def _empty(made: Concern, into: UUID | None) -> None:
    """A concern that is not to be: what came into it meanwhile goes too, and its address leads on."""
    rest = update(Passage).where(Passage.concern_id == made.id)
    db.session.execute(
        rest.values(concern_id=into, created_at=now(), quote_rank=None).execution_options(synchronize_session="fetch")
    )
    if into is not None:
        made.state, made.merged_into_id = ConcernState.MERGED, into
    else:
        made.reviewed_at, made.reviewed_by_id = None, None

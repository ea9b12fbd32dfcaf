"""Residents decide: proposals are put to a poll, and its result is taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.ambitions.models import Ambition
from app.ambitions.service.moves import MovedMeanwhile, move
from app.ambitions.service.reading import with_promises
from app.ambitions.states import State
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from app.voting.models import Poll, PollState
from app.voting.service import OptionDraft, PollDraft, add_poll, winners

_SUBJECT = "ambition:"
_OVER = (PollState.COUNTED, PollState.CANCELLED)


@dataclass(frozen=True)
class Question:
    """What residents are asked. `seats`: how many plans are chosen; `choices`: how many each resident may choose."""

    title: LocalizedText
    question: LocalizedText
    last_day: date
    seats: int
    choices: int


@dataclass(frozen=True)
class Verdict:
    """What taking over a result will do: these are adopted, these stay proposals. Empty when it was done before."""

    adopted: tuple[Ambition, ...]
    not_chosen: tuple[Ambition, ...]

    def __bool__(self) -> bool:
        return bool(self.adopted or self.not_chosen)


def put_to_residents(
    neighbourhood: Neighbourhood,
    proposals: Sequence[Ambition],
    question: Question,
    *,
    by: StaffAccount,
    submission_id: UUID,
) -> Poll:
    """Make a draft poll of these proposals; from now on their words are fixed. All of it happens, or nothing.

    The same submission again gives the same poll. Raises app.voting.service.WrongPoll when a poll cannot be made
    like this, and MovedMeanwhile when someone else put one of them to residents at the same moment.
    """
    draft = PollDraft(
        title=question.title,
        question=question.question,
        options=[OptionDraft(a.current.title, a.current.why, f"{_SUBJECT}{a.id}") for a in proposals],
        last_day=question.last_day,
        seats=question.seats,
        max_choices=question.choices,
    )
    poll, is_new = add_poll(neighbourhood, draft, by, str(submission_id))
    if not is_new:
        return poll
    try:
        for ambition in _ambitions_in(poll):
            if ambition.state is not State.PROPOSED:
                raise MovedMeanwhile
            move(ambition, State.PUT_TO_RESIDENTS, by, poll_id=poll.id)
        db.session.commit()
    except MovedMeanwhile:
        db.session.rollback()
        raise
    return poll


def _ambitions_in(poll: Poll) -> list[Ambition]:
    """The ambitions that the options of a poll stand for, in the order of the options."""
    ids = [UUID(o.subject.removeprefix(_SUBJECT)) for o in poll.options if o.subject.startswith(_SUBJECT)]
    found = {ambition.id: ambition for ambition in with_promises(Ambition.id.in_(ids))}
    return [found[ambition_id] for ambition_id in ids if ambition_id in found]


def _poll_of(ambition: Ambition) -> UUID | None:
    """The poll in which residents choose about the ambition now."""
    return ambition.changes[-1].poll_id if ambition.state is State.PUT_TO_RESIDENTS else None


def verdict(poll: Poll) -> Verdict:
    """What taking over the result of this poll will do now. Of a cancelled poll: all stay proposals."""
    if poll.state not in _OVER:
        return Verdict((), ())
    chosen = set(winners(poll))
    waiting = [ambition for ambition in _ambitions_in(poll) if _poll_of(ambition) == poll.id]
    return Verdict(
        tuple(ambition for ambition in waiting if f"{_SUBJECT}{ambition.id}" in chosen),
        tuple(ambition for ambition in waiting if f"{_SUBJECT}{ambition.id}" not in chosen),
    )


def take_over(poll: Poll, *, by: StaffAccount) -> Verdict:
    """Adopt what residents chose; the rest are proposals again. A second time changes nothing."""
    found = verdict(poll)
    try:
        for ambition in found.adopted:
            move(ambition, State.ADOPTED, by, poll_id=poll.id)
        for ambition in found.not_chosen:
            move(ambition, State.PROPOSED, by, poll_id=poll.id)
        db.session.commit()
    except MovedMeanwhile:  # the same button at the same moment
        db.session.rollback()
    return found


def polls_of(ambitions: Iterable[Ambition]) -> dict[UUID, Poll]:
    """Every poll that these ambitions were put to, by id. One statement."""
    ids = {change.poll_id for ambition in ambitions for change in ambition.changes if change.poll_id}
    return {poll.id: poll for poll in db.session.scalars(select(Poll).where(Poll.id.in_(ids)))} if ids else {}


def to_take_over(ambitions: Sequence[Ambition]) -> list[Poll]:
    """The polls among them that are over and whose result is not taken over yet."""
    waiting = {_poll_of(ambition) for ambition in ambitions}
    return [poll for poll in polls_of(ambitions).values() if poll.id in waiting and poll.state in _OVER]

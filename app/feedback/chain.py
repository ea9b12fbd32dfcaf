"""What happened with what someone said: the steps, derived from what is known each time it is read.

Nothing of this is stored, so it can never say anything else than the tables do. A step never lies before the
one it follows from: words that join a concern today are not told that "yesterday residents voted on it", but
how the ambition stands now that they are part of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.ambitions.states import State
from app.ambitions.traffic_light import Light, Outcome
from app.common.localized import LocalizedText


class ConcernState(StrEnum):
    """How far the review of a concern is, as far as the person who spoke needs to know."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class KnownReport:
    """A party's own word on a promise."""

    at: datetime
    sentence: LocalizedText
    outcome: Outcome = Outcome.UNDER_WAY


@dataclass(frozen=True)
class KnownAgreement:
    """A party's promise. ``light`` is how it stands today, ``overdue_at`` the moment after which it is late."""

    party: str
    what: LocalizedText
    made_at: datetime
    due: date
    overdue_at: datetime
    light: Light = Light.ON_TRACK
    reports: tuple[KnownReport, ...] = ()


@dataclass(frozen=True)
class KnownChange:
    """The ambition came into a state."""

    to: State
    at: datetime
    reason: LocalizedText = field(default_factory=lambda: LocalizedText({}))


@dataclass(frozen=True)
class KnownAmbition:
    """An ambition that rests on the concern since ``linked_at``."""

    id: UUID
    title: LocalizedText
    linked_at: datetime
    changes: tuple[KnownChange, ...] = ()
    agreements: tuple[KnownAgreement, ...] = ()

    @property
    def state(self) -> State:
        """The state it is in now."""
        return max(self.changes, key=lambda change: change.at).to if self.changes else State.PROPOSED


@dataclass(frozen=True)
class KnownConcern:
    """A concern that (a part of) what was said belongs to. ``decided_at`` is when staff confirmed or dismissed it."""

    id: UUID
    title: LocalizedText
    state: ConcernState = ConcernState.FOUND
    decided_at: datetime | None = None
    reason: LocalizedText = field(default_factory=lambda: LocalizedText({}))
    ambitions: tuple[KnownAmbition, ...] = ()


@dataclass(frozen=True)
class Said:
    """What is known of one contribution. `hidden_at` is set while staff keeps it from others."""

    received_at: datetime
    analysed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    concerns: tuple[KnownConcern, ...] = ()


class StepKind(StrEnum):
    """What happened; each has its sentence in ``sentences.py``."""

    RECEIVED = "received"
    READ = "read"
    SHARED = "shared"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    LINKED = "linked"
    PUT_TO_RESIDENTS = "put_to_residents"
    NOT_CHOSEN = "not_chosen"
    ADOPTED = "adopted"
    IN_PROGRESS = "in_progress"
    ACHIEVED = "achieved"
    DROPPED = "dropped"
    PROMISED = "promised"
    PROGRESS = "progress"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    LATE = "late"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class NextKind(StrEnum):
    """What comes next; each has its sentence in ``sentences.py``."""

    READING = "reading"
    OTHERS = "others"
    REVIEW = "review"
    PLAN = "plan"
    ASK_RESIDENTS = "ask_residents"
    VOTE = "vote"
    PROMISES = "promises"
    OVERDUE = "overdue"
    DELIVERY = "delivery"


@dataclass(frozen=True)
class Step:
    """One thing that happened.

    ``name`` is what the sentence is about (a title, a promise), ``detail`` what was said about it (a reason, a
    report).
    """

    kind: StepKind
    on: datetime
    name: LocalizedText | None = None
    detail: LocalizedText | None = None
    party: str | None = None
    due: date | None = None
    concern_id: UUID | None = None
    ambition_id: UUID | None = None


@dataclass(frozen=True)
class Next:
    """What comes next, with the day it must be there when that is known."""

    kind: NextKind
    due: date | None = None


_CHANGE_STEPS = {
    State.PROPOSED: StepKind.NOT_CHOSEN,
    State.PUT_TO_RESIDENTS: StepKind.PUT_TO_RESIDENTS,
    State.ADOPTED: StepKind.ADOPTED,
    State.IN_PROGRESS: StepKind.IN_PROGRESS,
    State.ACHIEVED: StepKind.ACHIEVED,
    State.DROPPED: StepKind.DROPPED,
}
_REPORT_STEPS = {
    Outcome.UNDER_WAY: StepKind.PROGRESS,
    Outcome.KEPT: StepKind.KEPT,
    Outcome.NOT_KEPT: StepKind.NOT_KEPT,
}
_STILL_OPEN = (Light.ON_TRACK, Light.NO_NEWS)


def steps(said: Said) -> tuple[Step, ...]:
    """Everything that happened, oldest first."""
    found = [Step(StepKind.RECEIVED, said.received_at)]
    if said.withdrawn_at is not None:
        return (*found, Step(StepKind.WITHDRAWN, max(said.withdrawn_at, said.received_at)))
    if said.hidden_at is not None:
        return (*found, Step(StepKind.HIDDEN, max(said.hidden_at, said.received_at)))
    if said.analysed_at is None:
        return tuple(found)
    read_at = max(said.analysed_at, said.received_at)
    found.append(Step(StepKind.READ, read_at))
    told: set[UUID] = set()
    for concern in said.concerns:
        found += _concern_steps(concern, read_at, told)
    # Sorting is stable, so that steps of one moment stay in the order in which they follow from each other.
    return tuple(sorted(found, key=lambda step: step.on))


def _concern_steps(concern: KnownConcern, read_at: datetime, told: set[UUID]) -> Iterator[Step]:
    if concern.state is ConcernState.FOUND:
        # Its title is the computer's until someone has looked at it, so it is not told yet.
        yield Step(StepKind.SHARED, read_at)
        return
    decided_at = max(concern.decided_at or read_at, read_at)
    if concern.state is ConcernState.DISMISSED:
        yield Step(StepKind.DISMISSED, decided_at, concern.title, concern.reason or None)
        return
    yield Step(StepKind.CONFIRMED, decided_at, concern.title, concern_id=concern.id)
    for ambition in concern.ambitions:
        if ambition.id not in told:  # two concerns may lead to one ambition; it is told once
            told.add(ambition.id)
            yield from _ambition_steps(ambition, decided_at)


def _ambition_steps(ambition: KnownAmbition, floor: datetime) -> Iterator[Step]:
    since = max(ambition.linked_at, floor)
    yield Step(StepKind.LINKED, since, ambition.title, ambition_id=ambition.id)
    changes = sorted(ambition.changes, key=lambda change: change.at)
    earlier = [change for change in changes if change.at <= since]
    later = [change for change in changes if change.at > since]
    if earlier and earlier[-1].to is not State.PROPOSED:
        yield _change_step(ambition, earlier[-1], since)
    for change in later:
        yield _change_step(ambition, change, change.at)
    for agreement in ambition.agreements:
        yield from _agreement_steps(ambition, agreement, since)


def _change_step(ambition: KnownAmbition, change: KnownChange, on: datetime) -> Step:
    return Step(_CHANGE_STEPS[change.to], on, ambition.title, change.reason or None, ambition_id=ambition.id)


def _agreement_steps(ambition: KnownAmbition, agreement: KnownAgreement, since: datetime) -> Iterator[Step]:
    made_at = max(agreement.made_at, since)
    yield Step(
        StepKind.PROMISED,
        made_at,
        agreement.what,
        party=agreement.party,
        due=agreement.due,
        ambition_id=ambition.id,
    )
    for report in sorted(agreement.reports, key=lambda report: report.at):
        yield Step(
            _REPORT_STEPS[report.outcome],
            max(report.at, made_at),
            agreement.what,
            report.sentence,
            party=agreement.party,
            ambition_id=ambition.id,
        )
    if agreement.light is Light.LATE:
        yield Step(
            StepKind.LATE,
            max(agreement.overdue_at, made_at),
            agreement.what,
            party=agreement.party,
            due=agreement.due,
            ambition_id=ambition.id,
        )


def upcoming(said: Said) -> Next | None:
    """What comes next, for the furthest road that is still open; None when nothing is to be expected any more."""
    if said.withdrawn_at is not None or said.hidden_at is not None:
        return None
    if said.analysed_at is None:
        return Next(NextKind.READING)
    if not said.concerns:
        return Next(NextKind.OTHERS)
    expected = [found for concern in said.concerns for found in _concern_next(concern)]
    order = list(NextKind)
    return max(
        expected, key=lambda found: (order.index(found.kind), -(found.due or date.max).toordinal()), default=None
    )


def _concern_next(concern: KnownConcern) -> Iterator[Next]:
    if concern.state is ConcernState.FOUND:
        yield Next(NextKind.REVIEW)
    elif concern.state is ConcernState.CONFIRMED:
        if not concern.ambitions:
            yield Next(NextKind.PLAN)
        for ambition in concern.ambitions:
            yield from _ambition_next(ambition)


def _ambition_next(ambition: KnownAmbition) -> Iterator[Next]:
    if ambition.state is State.PROPOSED:
        yield Next(NextKind.ASK_RESIDENTS)
    elif ambition.state is State.PUT_TO_RESIDENTS:
        yield Next(NextKind.VOTE)
    elif ambition.state in (State.ADOPTED, State.IN_PROGRESS):
        lights = {agreement.light for agreement in ambition.agreements}
        if lights & set(_STILL_OPEN):
            yield Next(NextKind.DELIVERY, min(a.due for a in ambition.agreements if a.light in _STILL_OPEN))
        elif Light.LATE in lights:
            yield Next(NextKind.OVERDUE)
        elif not lights:
            yield Next(NextKind.PROMISES)

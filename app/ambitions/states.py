"""Which states an ambition can have, and which state may follow which."""

from enum import StrEnum


class State(StrEnum):
    """Where an ambition stands; the values are stored."""

    PROPOSED = "proposed"
    PUT_TO_RESIDENTS = "put_to_residents"
    ADOPTED = "adopted"
    IN_PROGRESS = "in_progress"
    ACHIEVED = "achieved"
    DROPPED = "dropped"


class StateChangeError(ValueError):
    """This ambition cannot go from the one state to the other."""

    def __init__(self, current: State, wanted: State) -> None:
        super().__init__(f"{current} -> {wanted}")
        self.current = current
        self.wanted = wanted


class ReasonMissingError(ValueError):
    """Residents are owed a reason for this change, and none was given."""


# Back to "proposed" after a poll that chose others: the proposal was not refused, it was not chosen now.
_NEXT: dict[State, tuple[State, ...]] = {
    State.PROPOSED: (State.PUT_TO_RESIDENTS, State.DROPPED),
    State.PUT_TO_RESIDENTS: (State.ADOPTED, State.PROPOSED, State.DROPPED),
    State.ADOPTED: (State.IN_PROGRESS, State.DROPPED),
    State.IN_PROGRESS: (State.ACHIEVED, State.DROPPED),
    State.ACHIEVED: (),
    State.DROPPED: (),
}


def following(state: State) -> tuple[State, ...]:
    """The states that may come directly after ``state``."""
    return _NEXT[state]


def needs_reason(wanted: State) -> bool:
    """Whether the change to ``wanted`` must be explained to residents."""
    return wanted is State.DROPPED


def check_change(current: State, wanted: State, *, has_reason: bool = False) -> None:
    """Say nothing when the change is allowed; raise StateChangeError or ReasonMissingError when it is not."""
    if wanted not in _NEXT[current]:
        raise StateChangeError(current, wanted)
    if needs_reason(wanted) and not has_reason:
        raise ReasonMissingError


def may_be_edited(state: State) -> bool:
    """Whether the words may change.

    Not while residents vote on them (they would vote on one text and get another), and not once it is over.
    """
    return state in (State.PROPOSED, State.ADOPTED, State.IN_PROGRESS)


def takes_agreements(state: State) -> bool:
    """Whether parties can promise something for it: only once it is adopted and not over yet."""
    return state in (State.ADOPTED, State.IN_PROGRESS)


def takes_reports(state: State) -> bool:
    """Whether parties can still say how their promises go: also when the goal is reached before all is done."""
    return state in (State.ADOPTED, State.IN_PROGRESS, State.ACHIEVED)

"""When a step of the review can be taken back: as long as nothing that stands was built upon it.

Each step of staff touches some things (concerns, and for a moved passage that passage). A step may be undone while no
later step that still stands touches the same thing; so the last step can always go first, then the one before it. An
undo is a step itself and is not undone: do the thing again instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class StepKind(StrEnum):
    """What staff did."""

    CONFIRM = "confirm"
    READ_NEW = "read_new"
    RENAME = "rename"
    THEME = "theme"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    ADD = "add"
    EXAMPLES = "examples"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `number` orders the steps of a neighbourhood; `undoes` is the number of the step it took back."""

    number: int
    kind: StepKind
    touches: frozenset[str]
    undoes: int | None = None


class Reason(StrEnum):
    """Why a step cannot be undone."""

    IS_UNDO = "is_undo"
    DONE_ALREADY = "done_already"
    BUILT_UPON = "built_upon"
    RELIED_ON = "relied_on"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not. `later` is the number of the last step that has to be undone first, when that is the reason."""

    reason: Reason
    later: int | None = None


def standing(steps: Iterable[Step]) -> list[Step]:
    """The steps that count, in order: no undo, and nothing that was undone."""
    known = list(steps)
    undone = {step.undoes for step in known if step.undoes is not None}
    return sorted(
        (step for step in known if step.kind is not StepKind.UNDO and step.number not in undone),
        key=lambda step: step.number,
    )


def refusal(step: Step, steps: Iterable[Step], *, relied_on: bool = False) -> Refusal | None:
    """Why this step cannot be undone, or None when it can.

    `steps` holds at least every step that touches what this one touches. `relied_on`: something outside the review
    rests on what this step did.
    """
    if step.kind is StepKind.UNDO:
        return Refusal(Reason.IS_UNDO)
    count = standing(steps)
    if step.number not in {other.number for other in count}:
        return Refusal(Reason.DONE_ALREADY)
    later = [other.number for other in count if other.number > step.number and other.touches & step.touches]
    if later:
        return Refusal(Reason.BUILT_UPON, later[-1])
    return Refusal(Reason.RELIED_ON) if relied_on else None

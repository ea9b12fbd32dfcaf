"""Is this a valid ballot?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from app.voting.approval import ApprovalRule


class BallotProblem(StrEnum):
    """What is wrong with a ballot."""

    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    UNKNOWN_OPTION = "unknown_option"


def problem_with(rule: ApprovalRule, options: Collection[str], choices: Sequence[str]) -> BallotProblem | None:
    """What is wrong with these choices, or None. The same option twice is one choice."""
    distinct = set(choices)
    if not distinct <= set(options):
        return BallotProblem.UNKNOWN_OPTION
    if len(distinct) < rule.min_choices:
        return BallotProblem.TOO_FEW
    if len(distinct) > rule.max_choices:
        return BallotProblem.TOO_MANY
    return None

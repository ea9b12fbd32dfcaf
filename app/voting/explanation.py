"""Why each option was chosen or not: computed from the count, in facts that a page puts into words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.voting.approval import ApprovalRule, Counted, Outcome


class Reason(StrEnum):
    """Why an option is where it is."""

    CHOSEN = "chosen"
    CHOSEN_BY_DRAW = "chosen_by_draw"
    NOT_BY_DRAW = "not_by_draw"
    TOO_FEW_VOTES = "too_few_votes"
    BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True)
class Explained:
    """One option with its reason.

    `more_needed`: how many more of these voters should have chosen it; None when it was chosen, and when even the
    vote of everyone would not have been enough (all of them chose the others too, and it loses the draw).
    """

    option: str
    votes: int
    reason: Reason
    more_needed: int | None


def explain(rule: ApprovalRule, outcome: Outcome) -> tuple[Explained, ...]:
    """Explain every option, in the order of the outcome."""
    return tuple(_explain(rule, outcome, counted) for counted in outcome.counted)


def _explain(rule: ApprovalRule, outcome: Outcome, counted: Counted) -> Explained:
    if counted.chosen:
        reason = Reason.CHOSEN_BY_DRAW if counted.by_draw else Reason.CHOSEN
        return Explained(counted.option, counted.votes, reason, None)
    if counted.votes < rule.votes_needed(outcome.ballots):
        reason = Reason.BELOW_THRESHOLD
    else:
        reason = Reason.NOT_BY_DRAW if counted.by_draw else Reason.TOO_FEW_VOTES
    more = _more_needed(rule, outcome, counted)
    within_reach = counted.votes + more <= outcome.ballots
    return Explained(counted.option, counted.votes, reason, more if within_reach else None)


def _more_needed(rule: ApprovalRule, outcome: Outcome, counted: Counted) -> int:
    """The smallest number of further votes, on the ballots as they are, with which this option had been chosen."""
    for_threshold = rule.votes_needed(outcome.ballots) - counted.votes
    winners = [c for c in outcome.counted if c.chosen]
    if len(winners) < rule.seats:
        return for_threshold
    last = winners[-1]
    wins_a_draw = rule.draw(counted.option) < rule.draw(last.option)
    return max(for_threshold, last.votes - counted.votes + (0 if wins_a_draw else 1))

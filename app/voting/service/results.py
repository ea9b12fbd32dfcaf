"""What everyone may see of a counted poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.common.localized import LocalizedText
from app.common.small_groups import MINIMUM_GROUP
from app.extensions import db
from app.voting.approval import Counted, Outcome
from app.voting.explanation import Reason, explain
from app.voting.models import Ballot, Poll, PollState

Published = dict[str, Any]


@dataclass(frozen=True)
class ResultRow:
    """One option of a result page. `votes` and `more_needed` are None when too few people voted to show numbers."""

    title: LocalizedText
    subject: str
    chosen: bool
    votes: int | None
    reason: Reason
    more_needed: int | None


@dataclass(frozen=True)
class ShownResult:
    """A result as everyone may see it. `ballots` is None when too few people voted: then only winners are shown."""

    ballots: int | None
    codes_given: int
    unreadable: int
    someone_satisfied: int | None
    rows: tuple[ResultRow, ...]


def _outcome(poll: Poll) -> Outcome:
    stored: dict[str, Any] = poll.result.outcome if poll.result is not None else {"ballots": 0, "counted": []}
    return Outcome(stored["ballots"], tuple(Counted(**row) for row in stored["counted"]))


def shown_result(poll: Poll) -> ShownResult | None:
    """The result with the reason for each option; None while it is not counted."""
    if poll.state is not PollState.COUNTED or poll.result is None:
        return None
    outcome, options = _outcome(poll), {option.key: option for option in poll.options}
    enough = outcome.ballots >= MINIMUM_GROUP
    rows = tuple(
        ResultRow(
            title=options[e.option].title,
            subject=options[e.option].subject,
            chosen=e.reason in (Reason.CHOSEN, Reason.CHOSEN_BY_DRAW),
            votes=e.votes if enough else None,
            reason=e.reason,
            more_needed=e.more_needed if enough else None,
        )
        for e in explain(poll.rule, outcome)
    )
    satisfied = _with_a_winner(poll, set(outcome.winners)) if enough else None
    return ShownResult(
        outcome.ballots if enough else None, poll.result.codes_given, poll.result.unreadable, satisfied, rows
    )


def _with_a_winner(poll: Poll, winners: set[str]) -> int:
    """How many voters see at least one of their choices chosen."""
    return sum(1 for choices in _ballots(poll) if winners & set(choices))


def _ballots(poll: Poll) -> list[list[str]]:
    return list(db.session.scalars(select(Ballot.choices).where(Ballot.poll_id == poll.id).order_by(Ballot.id)))


def published_ballots(poll: Poll) -> Published | None:
    """All that is needed to count again: rule, options, ballots. None while not counted, or with too few ballots."""
    result = shown_result(poll)
    if result is None or result.ballots is None:
        return None
    rule = poll.rule
    return {
        "poll": {"id": str(poll.id), "title": dict(poll.title.texts), "last_day": poll.last_day.isoformat()},
        "rule": {
            "seats": rule.seats,
            "min_choices": rule.min_choices,
            "max_choices": rule.max_choices,
            "threshold_percent": rule.threshold_percent,
            "draw_seed": rule.draw_seed,
        },
        "options": [{"key": option.key, "title": dict(option.title.texts)} for option in poll.options],
        "ballots": _ballots(poll),
        "winners": list(_outcome(poll).winners),
    }


def winners(poll: Poll) -> list[str]:
    """The subjects of the chosen options ("ambition:<id>"), most votes first; empty while not counted."""
    subjects = {option.key: option.subject for option in poll.options}
    return [subjects[key] for key in _outcome(poll).winners if subjects[key]]

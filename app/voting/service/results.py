"""What everyone may see of a counted poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.common.localized import LocalizedText
from app.common.small_groups import shown_count
from app.extensions import db
from app.voting.approval import Counted, Outcome
from app.voting.explanation import Reason, explain
from app.voting.models import Ballot, Poll, PollState

Published = dict[str, Any]


@dataclass(frozen=True)
class ResultRow:
    """One option of a result page. The numbers, and the reasons that follow from them, are None with too few voters.

    `lot`: with what it was drawn, when it lay equal at the border.
    """

    title: LocalizedText
    subject: str
    chosen: bool
    votes: int | None
    reason: Reason | None
    more_needed: int | None
    lot: str | None


@dataclass(frozen=True)
class ShownResult:
    """A result as everyone may see it. `ballots` is None when too few people voted: then only winners are shown.

    `votes_needed`: what an option needed to be chosen at all; `fewest_chosen`: the votes of the last one chosen;
    `with_a_winner`: how many voters see at least one of their choices chosen.
    """

    ballots: int | None
    codes_given: int
    unreadable: int
    votes_needed: int
    fewest_chosen: int
    with_a_winner: int
    rows: tuple[ResultRow, ...]


def _outcome(poll: Poll) -> Outcome:
    stored: dict[str, Any] = poll.result.outcome if poll.result is not None else {"ballots": 0, "counted": []}
    return Outcome(stored["ballots"], tuple(Counted(**row) for row in stored["counted"]))


def shown_result(poll: Poll) -> ShownResult | None:
    """The result with the reason for each option; None while it is not counted."""
    if poll.state is not PollState.COUNTED or poll.result is None:
        return None
    outcome = _outcome(poll)
    enough = shown_count(outcome.ballots) is not None
    return ShownResult(
        ballots=outcome.ballots if enough else None,
        codes_given=poll.result.codes_given,
        unreadable=poll.result.unreadable,
        votes_needed=poll.rule.votes_needed(outcome.ballots),
        fewest_chosen=min((c.votes for c in outcome.counted if c.chosen), default=0),
        with_a_winner=poll.result.outcome["with_a_winner"],
        rows=_rows(poll, outcome) if enough else _rows_without_numbers(poll, outcome),
    )


def _rows(poll: Poll, outcome: Outcome) -> tuple[ResultRow, ...]:
    options = {option.key: option for option in poll.options}
    return tuple(
        ResultRow(
            title=options[e.option].title,
            subject=options[e.option].subject,
            chosen=e.reason in (Reason.CHOSEN, Reason.CHOSEN_BY_DRAW),
            votes=e.votes,
            reason=e.reason,
            more_needed=e.more_needed,
            lot=poll.rule.draw(e.option) if e.reason in (Reason.CHOSEN_BY_DRAW, Reason.NOT_BY_DRAW) else None,
        )
        for e in explain(poll.rule, outcome)
    )


def _rows_without_numbers(poll: Poll, outcome: Outcome) -> tuple[ResultRow, ...]:
    """In the order of the poll: the order of the count would tell who had more."""
    chosen = set(outcome.winners)
    return tuple(ResultRow(o.title, o.subject, o.key in chosen, None, None, None, None) for o in poll.options)


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

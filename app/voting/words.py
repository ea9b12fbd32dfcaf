"""Facts of voting in the reader's words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from app.voting.approval import ApprovalRule
from app.voting.ballots import BallotProblem
from app.voting.explanation import Reason
from app.voting.models import Poll, PollState
from app.voting.service import ResultRow


def ballot_message(problem: BallotProblem, rule: ApprovalRule) -> str:
    """What is wrong with a ballot, and what to do."""
    if problem is BallotProblem.TOO_FEW:
        return ngettext("Choose at least %(num)d option.", "Choose at least %(num)d options.", rule.min_choices)
    if problem is BallotProblem.TOO_MANY:
        return ngettext(
            "You can choose %(num)d option. Take one or more away.",
            "You can choose %(num)d options at most. Take one or more away.",
            rule.max_choices,
        )
    return _("Something you chose is not on this ballot. Choose again.")


def how_many(rule: ApprovalRule) -> str:
    """How many options a person may choose."""
    if rule.max_choices == 1:
        return _("Choose 1.")
    if rule.min_choices == 1:
        return ngettext("Choose %(num)d at most.", "Choose %(num)d at most.", rule.max_choices)
    return _("Choose from %(least)d to %(most)d.", least=rule.min_choices, most=rule.max_choices)


def how_counted(rule: ApprovalRule) -> list[str]:
    """The tally rule in short sentences; shown before the vote and with the result."""
    sentences = [
        _("Each choice on a ballot is one vote for that option. Every ballot counts as much as any other."),
        ngettext(
            "The option with the most votes is chosen.",
            "The %(num)d options with the most votes are chosen.",
            rule.seats,
        ),
    ]
    if rule.threshold_percent:
        sentences.append(
            _(
                "An option also needs the vote of at least %(percent)d%% of the voters.",
                percent=rule.threshold_percent,
            )
        )
    sentences.append(
        _(
            "With as many votes, a draw decides. The draw is fixed before the vote by a calculation that anyone can "
            "repeat, so nobody can steer it."
        )
    )
    return sentences


def why(row: ResultRow) -> str:
    """Why an option was chosen or not."""
    if row.reason is Reason.CHOSEN:
        return _("Chosen: it has the most votes.") if row.votes is None else _("Chosen: enough people voted for it.")
    if row.reason is Reason.CHOSEN_BY_DRAW:
        return _("Chosen by the draw: another option had as many votes.")
    if row.reason is Reason.NOT_BY_DRAW:
        return _("Not chosen: it had as many votes as the last one that was chosen, and the draw decided.")
    sentence = (
        _("Not chosen: too small a part of the voters chose it.")
        if row.reason is Reason.BELOW_THRESHOLD
        else _("Not chosen: other options have more votes.")
    )
    if not row.more_needed:
        return sentence
    more = ngettext(
        "%(num)d more vote would have been enough.", "%(num)d more votes would have been enough.", row.more_needed
    )
    return f"{sentence} {more}"


def state_of(poll: Poll) -> tuple[str, str]:
    """Where a poll stands, as the text and the kind of a badge."""
    if poll.state is PollState.DRAFT:
        return _("Draft"), "neutral"
    if poll.state is PollState.CANCELLED:
        return _("Cancelled"), "danger"
    if poll.state is PollState.COUNTED:
        return _("Counted"), "success"
    return (_("Open"), "active") if poll.takes_ballots else (_("Closed, being counted"), "neutral")

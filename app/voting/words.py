"""Facts of voting in the reader's words."""

from __future__ import annotations

from flask import get_template_attribute
from flask_babel import format_decimal, format_percent, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from app.common.localized import LocalizedText
from app.voting.approval import ApprovalRule
from app.voting.ballots import BallotProblem
from app.voting.explanation import Reason
from app.voting.models import Poll, PollState
from app.voting.service import PollProblem, ResultRow, ShownResult


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


def why(row: ResultRow, result: ShownResult) -> list[str]:
    """Why an option was chosen or not, in sentences that are true of these numbers."""
    verdict = _("Chosen.") if row.chosen else _("Not chosen.")
    if row.votes is None or not result.ballots:
        return [verdict]
    votes = _(
        "%(votes)s of %(all)s voters want this (%(share)s).",
        votes=format_decimal(row.votes),
        all=format_decimal(result.ballots),
        share=format_percent(row.votes / result.ballots),
    )
    return [verdict, votes, *_because(row, result)]


def _because(row: ResultRow, result: ShownResult) -> list[str]:
    match row.reason:
        case Reason.CHOSEN_BY_DRAW:
            return [_("Another option has as many votes. The draw decided for this one.")]
        case Reason.NOT_BY_DRAW:
            because = _("It has as many votes as the last one that was chosen. The draw decided against it.")
        case Reason.BELOW_THRESHOLD:
            needed = result.votes_needed
            because = ngettext("At least %(num)d vote was needed.", "At least %(num)d votes were needed.", needed)
        case Reason.TOO_FEW_VOTES:
            fewest = result.fewest_chosen
            because = ngettext(
                "Each option that was chosen has %(num)d vote or more.",
                "Each option that was chosen has %(num)d votes or more.",
                fewest,
            )
        case _:
            return []
    if row.more_needed is None:
        return [because]
    more = ngettext(
        "%(num)d more vote would have been enough.", "%(num)d more votes would have been enough.", row.more_needed
    )
    return [because, more]


def wrong_poll_message(problem: PollProblem) -> tuple[str, str]:
    """Why a poll cannot be made, and what to do; with the name of the field where that is."""
    return {
        PollProblem.NO_TITLE: ("title_nl", _("Write what this vote is called, and what you ask.")),
        PollProblem.TOO_FEW_OPTIONS: ("options_nl", _("Give at least two options, each on its own line.")),
        PollProblem.OPTION_WITHOUT_TITLE: ("options_nl", _("Give each option a text in one language at least.")),
        PollProblem.SAME_OPTION_TWICE: ("options_nl", _("Two options are the same. Change one or take it away.")),
        PollProblem.TOO_MANY_SEATS: ("seats", _("Choose fewer winners than there are options.")),
        PollProblem.WRONG_CHOICES: (
            "max_choices",
            _("A person can not choose more than there are options, and the least can not be more than the most."),
        ),
        PollProblem.DAY_IS_PAST: ("last_day", _("Choose a day that is not over yet.")),
        PollProblem.DAY_IS_FAR: ("last_day", _("Choose a day within a year from now.")),
    }[problem]


def shown(text: LocalizedText) -> Markup:
    """A text of the poll for this reader, as pages show it; for labels of options."""
    return Markup(get_template_attribute("macros/text.html", "localized")(text))  # noqa: S704 - a macro escapes


def state_of(poll: Poll) -> tuple[str, str]:
    """Where a poll stands, as the text and the kind of a badge."""
    if poll.state is PollState.DRAFT:
        return _("Draft"), "neutral"
    if poll.state is PollState.CANCELLED:
        return _("Cancelled"), "danger"
    if poll.state is PollState.COUNTED:
        return _("Counted"), "success"
    return (_("Open"), "active") if poll.takes_ballots else (_("Closed, being counted"), "neutral")

"""The use cases of voting; everything that others need of this slice is a name of this module."""

from app.voting.drafts import OptionDraft, PollDraft, PollProblem, WrongPoll
from app.voting.service.casting import CastOutcome, NotNow, UsableCode, WrongCode, cast, code_for
from app.voting.service.codes import (
    MOST_AT_ONCE,
    AlreadyMade,
    NoSuchCode,
    PrintedCode,
    codes_given,
    make_codes,
    replace_code,
    void_codes,
)
from app.voting.service.counting import close_due_polls, count_poll
from app.voting.service.finding import ballots_in, open_polls, poll_or_404, polls_of, staff_poll_or_404
from app.voting.service.polls import NotADraft, add_poll, cancel_poll, create_poll, open_poll
from app.voting.service.results import Published, ResultRow, ShownResult, published_ballots, shown_result, winners

__all__ = [
    "MOST_AT_ONCE",
    "AlreadyMade",
    "CastOutcome",
    "NoSuchCode",
    "NotADraft",
    "NotNow",
    "OptionDraft",
    "PollDraft",
    "PollProblem",
    "PrintedCode",
    "Published",
    "ResultRow",
    "ShownResult",
    "UsableCode",
    "WrongCode",
    "WrongPoll",
    "add_poll",
    "ballots_in",
    "cancel_poll",
    "cast",
    "close_due_polls",
    "code_for",
    "codes_given",
    "count_poll",
    "create_poll",
    "make_codes",
    "open_poll",
    "open_polls",
    "poll_or_404",
    "polls_of",
    "published_ballots",
    "replace_code",
    "shown_result",
    "staff_poll_or_404",
    "void_codes",
    "winners",
]

"""What a new poll is made of, and when it cannot be made like that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.common.localized import LocalizedText


class PollProblem(StrEnum):
    """Why a poll cannot be made like this."""

    NO_TITLE = "no_title"
    TOO_FEW_OPTIONS = "too_few_options"
    OPTION_WITHOUT_TITLE = "option_without_title"
    SAME_OPTION_TWICE = "same_option_twice"
    TOO_MANY_SEATS = "too_many_seats"
    WRONG_CHOICES = "wrong_choices"
    DAY_IS_PAST = "day_is_past"
    DAY_IS_FAR = "day_is_far"


class WrongPoll(ValueError):
    """The poll cannot be made like this: each reason why."""

    def __init__(self, *problems: PollProblem) -> None:
        super().__init__(*problems)
        self.problems = problems


LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class OptionDraft:
    """An option of a new poll."""

    title: LocalizedText
    description: LocalizedText = LocalizedText({})
    subject: str = ""


@dataclass(frozen=True)
class PollDraft:
    """All that a new poll is made of. `last_day` is the last day on which people can vote."""

    title: LocalizedText
    question: LocalizedText
    options: Sequence[OptionDraft]
    last_day: date
    seats: int = 1
    min_choices: int = 1
    max_choices: int = 1
    threshold_percent: int = 0


def problems_with(draft: PollDraft, today: date) -> tuple[PollProblem, ...]:
    """All that is wrong with a new poll. `today` is the date in the municipality."""
    options = len(draft.options)
    wrong = {
        PollProblem.NO_TITLE: not draft.title or not draft.question,
        PollProblem.TOO_FEW_OPTIONS: options < 2,
        PollProblem.OPTION_WITHOUT_TITLE: not all(option.title for option in draft.options),
        PollProblem.SAME_OPTION_TWICE: len({(option.title, option.subject) for option in draft.options}) < options,
        PollProblem.TOO_MANY_SEATS: not 1 <= draft.seats < options,
        PollProblem.WRONG_CHOICES: not 1 <= draft.min_choices <= draft.max_choices <= options,
        PollProblem.DAY_IS_PAST: draft.last_day < today,
        PollProblem.DAY_IS_FAR: draft.last_day > today + LONGEST,
    }
    return tuple(problem for problem, is_so in wrong.items() if is_so)

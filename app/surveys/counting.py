"""How often each answer was given, in numbers that are honest and in which nobody can be found back.

Only answers that were sent in count, and of those only the ones to questions that were asked. A number of people
from 1 to 4 is not shown. Where a hidden number could be worked out from the total of its question, the next smallest
is hidden too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.common.small_groups import MINIMUM_GROUP, hide_small, shown_count
from app.surveys.answers import TOLD, from_json
from app.surveys.definition import SCALE_STEPS, Kind, NoAnswer, Question, Survey, Value

_MOST_RANGES = 13
_Values = Counter[Value | None]


@dataclass(frozen=True)
class Tally:
    """That `people` people have this stored answer to this question."""

    question_id: str
    stored: Any
    people: int


@dataclass(frozen=True)
class OptionRow:
    """How many people chose an option; `people` is None when it is too few to show."""

    option_id: str
    people: int | None


@dataclass(frozen=True)
class RangeRow:
    """How many people gave a step of the scale, or a number from `first` to `last`; None: too few to show."""

    first: int
    last: int
    people: int | None


@dataclass(frozen=True)
class QuestionCount:
    """The counts of one question; None everywhere stands for too few to show.

    Of who was `asked`, `answered` gave an answer and `no_answer` declined or left it empty. There are no rows for an
    open question, and none when fewer than five people were asked.
    """

    question: Question
    asked: int | None
    answered: int | None = None
    no_answer: int | None = None
    rows: tuple[OptionRow | RangeRow, ...] = ()


def count(survey: Survey, tallies: Iterable[Tally]) -> tuple[QuestionCount, ...]:
    """The counts of each question, in order. Tallies of questions that the survey does not have are left out."""
    found: dict[str, _Values] = {question.id: Counter() for question in survey.questions}
    for tally in tallies:
        if tally.question_id in found:
            value = None if tally.stored == TOLD else from_json(tally.stored)
            found[tally.question_id][value] += tally.people
    return tuple(_count_question(question, found[question.id]) for question in survey.questions)


def _count_question(question: Question, values: _Values) -> QuestionCount:
    asked = values.total()
    if asked < MINIMUM_GROUP:
        return QuestionCount(question, shown_count(asked))
    silent = sum(people for value, people in values.items() if isinstance(value, NoAnswer))
    if question.kind in (Kind.MULTIPLE, Kind.OPEN):
        # Someone may be in several rows of a multiple choice, so those do not add up to a total.
        rows = [OptionRow(name, shown_count(_chose(values, name))) for name in question.option_ids]
        answered, no_answer = hide_small([asked - silent, silent])
        return QuestionCount(question, asked, answered, no_answer, tuple(rows))
    if question.kind is Kind.SINGLE:
        *shown, no_answer = hide_small([*(values[name] for name in question.option_ids), silent])
        parts: list[OptionRow | RangeRow] = [OptionRow(*row) for row in zip(question.option_ids, shown, strict=True)]
    else:
        ranges = _ranges(question)
        *shown, no_answer = hide_small([*(_within(values, first, last) for first, last in ranges), silent])
        parts = [RangeRow(first, last, people) for (first, last), people in zip(ranges, shown, strict=True)]
    return QuestionCount(question, asked, None if no_answer is None else asked - silent, no_answer, tuple(parts))


def _chose(values: _Values, option: str) -> int:
    return sum(people for value, people in values.items() if isinstance(value, tuple) and option in value)


def _within(values: _Values, first: int, last: int) -> int:
    return sum(people for value, people in values.items() if isinstance(value, int) and first <= value <= last)


def _ranges(question: Question) -> list[tuple[int, int]]:
    """Each step of a scale; a number in ranges of a round width, not too many."""
    if question.kind is Kind.SCALE:
        return [(step, step) for step in SCALE_STEPS]
    low, high = question.minimum, question.maximum
    width = next(w for w in _round_widths() if high // w - low // w < _MOST_RANGES)
    starts = range(low // width * width, high + 1, width)
    return [(max(low, start), min(high, start + width - 1)) for start in starts]


def _round_widths() -> Iterable[int]:
    """1, 5, 10, 20, 50, 100, 200, 500…: twos and threes are nobody's idea of a round range."""
    yield 1
    width = 5
    while True:
        yield from (width, 2 * width, 4 * width)
        width *= 10

"""What a survey is, once its file has been read: pages of questions, and when each question is asked.

Plain frozen data without behaviour that needs a database. A definition is never changed: another wording is another
version of the survey.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from app.common.localized import LocalizedText


class Kind(StrEnum):
    """The types of question, as they are called in a survey file."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    OPEN = "open"


class NoAnswer(StrEnum):
    """What someone gave who was asked and gave no answer. Who was not asked has no value at all."""

    DECLINED = "declined"
    LEFT_EMPTY = "left_empty"


Value = str | int | tuple[str, ...] | NoAnswer
"""One answer: an option id (single), option ids in the order of the question (multiple), 1 to 5 (scale), a whole
number (number), a text (open), or a NoAnswer."""

SCALE_STEPS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Is:
    """The earlier answer is this value, or has it among the chosen options."""

    question: str
    value: str | int


@dataclass(frozen=True)
class AnyOf:
    """The earlier answer is, or has, at least one of these values."""

    question: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class AtLeast:
    """The earlier answer, a number or a step of the scale, is this or more."""

    question: str
    value: int


@dataclass(frozen=True)
class And:
    """Each of these holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    """At least one of these holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """This does not hold."""

    condition: Condition


Condition = Is | AnyOf | AtLeast | And | Or | Not


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen. `alone`: it cannot go with another ("none of these")."""

    id: str
    text: LocalizedText
    alone: bool = False


@dataclass(frozen=True)
class Question:
    """One question. Nobody has to answer: a closed one can be declined, an open one can stay empty.

    `minimum` and `maximum` bound a number; `low` and `high` are the words at the ends of a scale; `ask_if` is
    None for a question that everyone gets. `population`: the dimension of the population that its answers can be
    compared with ("age"; see app.places.population), "" for none; the options are groups of it then.
    """

    id: str
    kind: Kind
    text: LocalizedText
    help: LocalizedText = field(default_factory=lambda: LocalizedText({}))
    options: tuple[Option, ...] = ()
    low: LocalizedText = field(default_factory=lambda: LocalizedText({}))
    high: LocalizedText = field(default_factory=lambda: LocalizedText({}))
    minimum: int = 0
    maximum: int = 0
    ask_if: Condition | None = None
    population: str = ""

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in the order of the question."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True)
class Page:
    """What is on the screen at once: one to three questions that belong together."""

    id: str
    title: LocalizedText
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Survey:
    """A whole survey. `id` is its name in addresses; `languages` are those in which every text is there.

    `minutes`: how long it takes; `hear_within_days`: after closing, or after sending when there is no closing day,
    residents hear within so many days what happens with their words.
    """

    id: str
    languages: tuple[str, ...]
    title: LocalizedText
    why: LocalizedText
    happens: LocalizedText
    minutes: int
    hear_within_days: int
    pages: tuple[Page, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question by its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def by_population(self) -> dict[str, Question]:
        """The questions with which answers can be compared with the population, by its dimension."""
        return {question.population: question for question in self.questions if question.population}

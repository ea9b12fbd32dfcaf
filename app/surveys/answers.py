"""From what was typed or ticked to an answer or a mistake, and from an answer to what is stored and back.

Nobody has to answer. A closed question or a number is declined by a choice of its own, an open question can stay
empty; both are something else than a question that was not asked, which has no answer at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.surveys.definition import SCALE_STEPS, Kind, NoAnswer, Question, Value

DECLINE = "rather-not-say"
"""What a form sends for "I'd rather not say". It has a dash, so no option can have it as its id."""

TOLD = {"told": True}
"""What is stored for an open answer once it is sent in: that it was given. The words are in the stream then."""

MAX_TEXT = 20_000
"""The longest open answer, in characters."""

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,' \u00a0\u066c]\d{3})+")
_WHOLE = re.compile(r"[+-]?\d{1,12}")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\u0085]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Mistake(StrEnum):
    """What can be wrong with what was typed."""

    NOTHING_CHOSEN = "nothing_chosen"
    NO_NUMBER_TYPED = "no_number_typed"
    UNKNOWN_OPTION = "unknown_option"
    MORE_THAN_ONE = "more_than_one"
    DECLINED_AND_ANSWERED = "declined_and_answered"
    ALONE_AND_ANOTHER = "alone_and_another"
    NOT_A_NUMBER = "not_a_number"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Wrong:
    """A mistake. `number`: the bound that was passed, or the length of a text that is too long.

    `option`: the option that cannot go with another.
    """

    mistake: Mistake
    number: int = 0
    option: str = ""


def check(question: Question, typed: Sequence[str]) -> Value | Wrong:
    """The answer in all values that a form sent for this question (with DECLINE when that was ticked)."""
    if question.kind is Kind.OPEN:
        return _open(typed)
    given = [value for value in typed if value != DECLINE and value.strip()]
    if len(given) < len(typed) and DECLINE in typed:
        return Wrong(Mistake.DECLINED_AND_ANSWERED) if given else NoAnswer.DECLINED
    if not given:
        return Wrong(Mistake.NO_NUMBER_TYPED if question.kind is Kind.NUMBER else Mistake.NOTHING_CHOSEN)
    if question.kind is Kind.MULTIPLE:
        return _multiple(question, given)
    if len(set(given)) > 1:
        return Wrong(Mistake.MORE_THAN_ONE)
    if question.kind is Kind.NUMBER:
        return _number(question, given[0])
    if question.kind is Kind.SCALE:
        return int(given[0]) if given[0] in map(str, SCALE_STEPS) else Wrong(Mistake.UNKNOWN_OPTION)
    return given[0] if given[0] in question.option_ids else Wrong(Mistake.UNKNOWN_OPTION)


def _multiple(question: Question, given: Sequence[str]) -> Value | Wrong:
    if not set(given) <= set(question.option_ids):
        return Wrong(Mistake.UNKNOWN_OPTION)
    chosen = tuple(option.id for option in question.options if option.id in given)
    alone = [option.id for option in question.options if option.alone and option.id in chosen]
    if alone and len(chosen) > 1:
        return Wrong(Mistake.ALONE_AND_ANOTHER, option=alone[0])
    return chosen


def _number(question: Question, given: str) -> Value | Wrong:
    """A whole number in any digits, with or without signs between the thousands."""
    text = unicodedata.normalize("NFKC", given[:100]).strip().replace("\u2212", "-")
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[^\d+-]", "", text)
    if len(given) > 100 or not _WHOLE.fullmatch(text):
        return Wrong(Mistake.NOT_A_NUMBER)
    number = int(text)
    if number < question.minimum:
        return Wrong(Mistake.TOO_LOW, question.minimum)
    if number > question.maximum:
        return Wrong(Mistake.TOO_HIGH, question.maximum)
    return number


def _open(typed: Sequence[str]) -> Value | Wrong:
    text = clean_text(typed[0] if typed else "")
    if not text:
        return NoAnswer.LEFT_EMPTY
    return text if len(text) <= MAX_TEXT else Wrong(Mistake.TOO_LONG, len(text))


def clean_text(typed: str) -> str:
    """A text as it is kept: one kind of line end, no control characters (a database may refuse them).

    A text of only invisible characters is empty. Joiners inside a text stay: Arabic and emoji need them.
    """
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", typed)).strip()
    visible = any(unicodedata.category(character) not in ("Cf", "Zs", "Zl", "Zp", "Cc", "Mn") for character in text)
    return text if visible else ""


def to_json(value: Value) -> Any:
    """An answer as it is stored. A NoAnswer is told apart from every option and every text."""
    if isinstance(value, NoAnswer):
        return {"no_answer": value.value}
    return list(value) if isinstance(value, tuple) else value


def from_json(stored: Any) -> Value:
    """The answer that was stored. Raises ValueError for what `to_json` cannot have made."""
    match stored:
        case {"no_answer": reason}:
            return NoAnswer(reason)
        case list():
            return tuple(str(item) for item in stored)
        case str() | int():
            return stored
    raise ValueError(f"not a stored answer: {type(stored).__name__}")

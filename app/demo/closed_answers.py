"""Closed answers that fit what someone wrote: drawn with a fixed seed, so that each demo is the same."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from app.demo.words import OPEN_QUESTIONS
from app.surveys.definition import NoAnswer, Question, Survey, Value
from app.surveys.routing import asked

_PROBLEM = {"mould": "damp", "energy": "cold", "noise": "noise", "lift": "lift"}
_DECLINES = 0.03


def answers_for(row: dict[str, Any], survey: Survey) -> dict[str, Value]:
    """All answers of one person to the questions that they are asked, in the order in which these come up."""
    chance = Random(row["id"])  # noqa: S311 - not a secret
    answers: dict[str, Value] = {}
    while open_ones := [question for question in asked(survey, answers) if question.id not in answers]:
        question = open_ones[0]
        answers[question.id] = _answer(question, row, chance)
    return answers


def _answer(question: Question, row: dict[str, Any], chance: Random) -> Value:
    if question.id in _ABOUT_YOU:
        # A chance of their own: what people answered before stays as it was when such a question is added.
        return _ABOUT_YOU[question.id](row, Random(f"{row['id']} {question.id}"))  # noqa: S311 - not a secret
    if question.id in OPEN_QUESTIONS:
        return str(row.get(question.id, "")) or NoAnswer.LEFT_EMPTY
    if chance.random() < _DECLINES and question.id != "safe_mark":
        return NoAnswer.DECLINED
    drawn: Value = _DRAW[question.id](row, set(row["about"]), chance)
    return drawn


def _one_of(chance: Random, **weights: int) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _mark(chance: Random, low: bool, usual: int = 4) -> int:
    around = 1.6 if low else usual - 0.3
    return min(5, max(1, round(chance.gauss(around, 0.8))))


def _years(row: dict[str, Any], _about: set[str], chance: Random) -> Value:
    return min(70, int(chance.expovariate(1 / (17 if row["lang"] == "nl" else 7))))


def _tenure(row: dict[str, Any], about: set[str], chance: Random) -> Value:
    if row["where"] == "w" or about & set(_PROBLEM):
        return _one_of(chance, housing_corporation=78, private_landlord=6, owner=9, with_others=7)
    return _one_of(chance, housing_corporation=35, private_landlord=38, owner=20, with_others=7)


def _problems(_row: dict[str, Any], about: set[str], chance: Random) -> Value:
    named = {_PROBLEM[label] for label in about & set(_PROBLEM)}
    also = {"damp": 0.14, "cold": 0.2, "noise": 0.2, "lift": 0.1, "too_small": 0.12, "other": 0.05}
    found = tuple(problem for problem, share in also.items() if problem in named or chance.random() < share)
    return found or ("nothing",)


def _safe(row: dict[str, Any], about: set[str], chance: Random) -> Value:
    if "unsafe_where" in row:
        return chance.choice((1, 2, 2))
    # Not below 3: those who feel less safe were asked where, and these people wrote nothing there.
    return max(3, _mark(chance, low=False)) if "lights" not in about else chance.choice((2, 3))


def _age(row: dict[str, Any], chance: Random) -> Value:
    """Mostly those between 25 and 65: the young and the old are less easily found."""
    if "age" in row:
        return str(row["age"])
    if chance.random() < _DECLINES:
        return NoAnswer.DECLINED
    return _one_of(chance, age_15_24=10, age_25_44=37, age_45_64=42, age_65_plus=11)


_ABOUT_YOU: dict[str, Callable[[dict[str, Any], Random], Value]] = {
    "age": _age,
    "home_language": lambda row, chance: NoAnswer.DECLINED if chance.random() < _DECLINES else str(row["lang"]),
}
_DRAW: dict[str, Any] = {
    "years": _years,
    "tenure": _tenure,
    "home_mark": lambda _row, about, chance: _mark(chance, low=bool(about & set(_PROBLEM))),
    "home_problems": _problems,
    "told_someone": lambda _row, _about, chance: _one_of(chance, yes_told=7, not_told=3),
    "outcome": lambda _row, _about, chance: _one_of(chance, solved=2, busy=3, nothing_happened=5),
    "waiting_months": lambda _row, _about, chance: min(48, 1 + int(chance.expovariate(1 / 9))),
    "street_mark": lambda row, about, chance: _mark(
        chance, low="litter" in about, usual=3 if row["where"] == "s" else 4
    ),
    "neighbours_help": lambda _row, about, chance: (
        _one_of(chance, yes_one=3, nobody=6)
        if "lonely" in about
        else _one_of(chance, yes_several=5, yes_one=3, nobody=2)
    ),
    "safe_mark": _safe,
    "care": lambda _row, _about, chance: _one_of(chance, always=25, sometimes=25, never=10, not_needed=40),
    "money": lambda _row, about, chance: (
        _one_of(chance, hardly=6, not_at_all=3)
        if "energy" in about
        else _one_of(chance, easily=2, just=5, hardly=3, not_at_all=1)
    ),
    "heard_mark": lambda _row, about, chance: _mark(chance, low="listening" in about, usual=3),
}

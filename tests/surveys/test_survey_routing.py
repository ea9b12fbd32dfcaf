"""Which question comes next is worked out from the answers, never remembered."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common.localized import LocalizedText
from app.surveys.definition import (
    And,
    AnyOf,
    AtLeast,
    Condition,
    Is,
    Kind,
    NoAnswer,
    Not,
    Option,
    Or,
    Page,
    Question,
    Survey,
    Value,
)
from app.surveys.routing import (
    asked,
    asked_pages,
    counting_answers,
    first_to_do,
    holds,
    is_complete,
    page_after,
    page_before,
)
from tests.surveys.survey_files import CHAIN, survey_from

CHAIN_SURVEY = survey_from(CHAIN)


def ids(survey: Survey, answers: dict[str, Value]) -> list[str]:
    return [question.id for question in asked(survey, answers)]


def test_a_chain_of_three_opens_step_by_step() -> None:
    answers: dict[str, Value] = {"broken": ("lift",)}
    assert ids(CHAIN_SURVEY, answers) == ["broken", "people", "told", "wish"]
    answers["told"] = "yes_told"
    assert ids(CHAIN_SURVEY, answers) == ["broken", "people", "told", "reply", "wish"]
    answers["reply"] = 1
    assert ids(CHAIN_SURVEY, answers) == ["broken", "people", "told", "reply", "story", "wish"]


def test_after_a_change_of_mind_the_whole_chain_goes_and_comes_back() -> None:
    answers: dict[str, Value] = {"broken": ("lift",), "told": "yes_told", "reply": 1, "story": "Nobody came"}
    answers["broken"] = ("nothing",)
    assert ids(CHAIN_SURVEY, answers) == ["broken", "people", "wish"]
    assert counting_answers(CHAIN_SURVEY, answers) == {"broken": ("nothing",)}
    answers["broken"] = ("door", "lift")
    assert counting_answers(CHAIN_SURVEY, answers)["story"] == "Nobody came"


@pytest.mark.parametrize("silence", [NoAnswer.DECLINED, NoAnswer.LEFT_EMPTY])
def test_no_answer_decides_nothing_not_even_through_not(silence: NoAnswer) -> None:
    answers: dict[str, Value] = {"broken": ("lift",), "told": "yes_told", "reply": silence}
    assert "story" not in ids(CHAIN_SURVEY, answers)  # its condition is: not (reply at least 3)
    assert holds(Not(Is("told", "not_told")), {"told": silence}) is None
    assert holds(Or((Is("told", "not_told"), AtLeast("people", 3))), {"told": silence, "people": 4}) is True
    assert holds(And((Is("told", "not_told"), AtLeast("people", 3))), {"told": silence, "people": 2}) is False


def test_going_through_the_pages_skips_what_is_not_asked() -> None:
    answers: dict[str, Value] = {"broken": ("nothing",), "people": 2}
    following = page_after(CHAIN_SURVEY, answers, "home")
    assert following is not None
    assert following.id == "last"
    before = page_before(CHAIN_SURVEY, answers, "last")
    assert before is not None
    assert before.id == "home"
    assert page_before(CHAIN_SURVEY, answers, "home") is None
    assert page_after(CHAIN_SURVEY, answers, "last") is None


# A reference, written from the description and in another way: the answer that counts is looked up recursively, and
# logic is arithmetic with 0 (false), 1/2 (unknown) and 1 (true).


def naive_truth(survey: Survey, answers: dict[str, Value], condition: Condition) -> Fraction:
    if isinstance(condition, Not):
        return 1 - naive_truth(survey, answers, condition.condition)
    if isinstance(condition, And):
        return min(naive_truth(survey, answers, part) for part in condition.conditions)
    if isinstance(condition, Or):
        return max(naive_truth(survey, answers, part) for part in condition.conditions)
    if not naive_is_asked(survey, answers, condition.question):
        return Fraction(1, 2)
    answer: Any = answers.get(condition.question)
    if answer is None or answer is NoAnswer.DECLINED or answer is NoAnswer.LEFT_EMPTY:
        return Fraction(1, 2)
    if isinstance(condition, AtLeast):
        return Fraction(int(answer >= condition.value))
    wanted = set(condition.values) if isinstance(condition, AnyOf) else {condition.value}
    had = set(answer) if isinstance(answer, tuple) else {answer}
    return Fraction(int(bool(had & wanted)))


def naive_is_asked(survey: Survey, answers: dict[str, Value], question_id: str) -> bool:
    question = survey.by_id[question_id]
    return question.ask_if is None or naive_truth(survey, answers, question.ask_if) == 1


# Surveys and answers are drawn by a plain generator from a number: a thousand of them cost less than fifty that
# hypothesis builds part by part, and a number is all it takes to see a failure again.

OPTIONS = ("a", "b", "c")
TEXT = LocalizedText({"en": "x"})
numbers = st.integers(0, 2**32)


def draw_survey(chance: Random) -> Survey:
    pages: list[Page] = []
    earlier: list[Question] = []
    for number in range(chance.randint(1, 6)):
        questions = []
        for letter in "xyz"[: chance.randint(1, 3)]:
            kind = chance.choice(list(Kind))
            condition = draw_condition(chance, earlier, 3) if earlier and chance.random() < 0.7 else None
            options = tuple(Option(name, TEXT) for name in OPTIONS) if kind in (Kind.SINGLE, Kind.MULTIPLE) else ()
            questions.append(Question(f"{letter}{number}", kind, TEXT, options=options, maximum=9, ask_if=condition))
        pages.append(Page(f"p{number}", TEXT, tuple(questions)))
        earlier += [question for question in questions if question.kind is not Kind.OPEN]
    return Survey("s", ("en",), TEXT, TEXT, TEXT, 1, 1, tuple(pages))


def draw_condition(chance: Random, usable: list[Question], depth: int) -> Condition:
    if depth and chance.random() < 0.5:
        shape = chance.choice([Not, And, Or])
        parts = tuple(
            draw_condition(chance, usable, depth - 1) for _ in range(1 if shape is Not else chance.randint(1, 3))
        )
        return Not(parts[0]) if shape is Not else shape(parts)
    question = chance.choice(usable)
    if question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return chance.choice([AtLeast, Is])(question.id, chance.randint(1, 5))
    if chance.random() < 0.5:
        return Is(question.id, chance.choice(OPTIONS))
    return AnyOf(question.id, tuple(chance.sample(OPTIONS, chance.randint(1, 3))))


def draw_value(chance: Random, question: Question) -> Value:
    if chance.random() < 0.15:
        return chance.choice(list(NoAnswer))
    match question.kind:
        case Kind.SINGLE:
            return chance.choice(OPTIONS)
        case Kind.MULTIPLE:
            return tuple(chance.sample(OPTIONS, chance.randint(1, 3)))
        case Kind.SCALE:
            return chance.randint(1, 5)
        case Kind.NUMBER:
            return chance.randint(0, 9)
        case Kind.OPEN:
            return "words"


def filled_in(number: int) -> tuple[Survey, dict[str, Value]]:
    chance = Random(number)
    survey = draw_survey(chance)
    return survey, {q.id: draw_value(chance, q) for q in survey.questions if chance.random() < 0.85}


@settings(max_examples=1000)
@given(numbers)
def test_what_is_asked_is_what_the_description_says(number: int) -> None:
    survey, answers = filled_in(number)
    assert ids(survey, answers) == [q.id for q in survey.questions if naive_is_asked(survey, answers, q.id)]


def test_the_drawn_surveys_ask_much_and_leave_out_much() -> None:
    cases = [filled_in(number) for number in range(300)]
    shares = [len(ids(survey, answers)) / len(survey.questions) for survey, answers in cases]
    assert 0.3 < sum(shares) / len(shares) < 0.9


@settings(max_examples=300)
@given(numbers, numbers)
def test_answers_to_questions_that_are_not_asked_do_nothing(number: int, other: int) -> None:
    survey, answers = filled_in(number)
    kept = counting_answers(survey, answers)
    assert ids(survey, kept) == ids(survey, answers)
    chance = Random(other)
    noise = {q.id: draw_value(chance, q) for q in survey.questions if q.id not in ids(survey, answers)}
    assert ids(survey, {**answers, **noise}) == ids(survey, answers)
    assert counting_answers(survey, {**answers, **noise}) == kept


@settings(max_examples=300)
@given(numbers)
def test_forward_and_backward_meet_each_asked_page_once(number: int) -> None:
    survey, answers = filled_in(number)
    pages = [page.id for page in asked_pages(survey, answers)]
    assert [q for page in asked_pages(survey, answers) for q in page.questions] == list(asked(survey, answers))
    for here, following in zip(pages, [*pages[1:], None], strict=True):
        after = page_after(survey, answers, here)
        assert (after.id if after else None) == following
        if after is not None:
            before = page_before(survey, answers, after.id)
            assert before is not None
            assert before.id == here


@settings(max_examples=300)
@given(numbers)
def test_whoever_fills_in_page_after_page_comes_to_the_end(number: int) -> None:
    chance = Random(number)
    survey = draw_survey(chance)
    answers: dict[str, Value] = {}
    seen: list[str] = []
    while (page := first_to_do(survey, answers)) is not None:
        assert page.id not in seen
        seen.append(page.id)
        assert not is_complete(page, answers)
        for question in page.questions:
            answers[question.id] = draw_value(chance, question)
    assert seen == [page.id for page in asked_pages(survey, answers)]
    assert set(answers) == {question.id for question in asked(survey, answers)}

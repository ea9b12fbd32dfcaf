"""Which question comes next is worked out from the answers, never remembered."""

from __future__ import annotations

from fractions import Fraction
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


OPTIONS = ("a", "b", "c")
TEXT = LocalizedText({"en": "x"})


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    pages: list[Page] = []
    earlier: list[Question] = []
    for number in range(draw(st.integers(1, 6))):
        questions = []
        for letter in "xyz"[: draw(st.integers(1, 3))]:
            kind = draw(st.sampled_from(list(Kind)))
            usable = [question for question in earlier if question.kind is not Kind.OPEN]
            condition = draw(st.none() | conditions(usable)) if usable else None
            options = tuple(Option(name, TEXT) for name in OPTIONS) if kind in (Kind.SINGLE, Kind.MULTIPLE) else ()
            questions.append(
                Question(f"{letter}{number}", kind, TEXT, options=options, minimum=0, maximum=9, ask_if=condition)
            )
        pages.append(Page(f"p{number}", TEXT, tuple(questions)))
        earlier += questions
    return Survey("s", ("en",), TEXT, TEXT, TEXT, 1, 1, tuple(pages))


def conditions(usable: list[Question]) -> st.SearchStrategy[Condition]:
    def test(question: Question) -> st.SearchStrategy[Condition]:
        if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
            value: st.SearchStrategy[Any] = st.sampled_from(OPTIONS)
            return st.builds(Is, st.just(question.id), value) | st.builds(
                AnyOf, st.just(question.id), st.lists(value, min_size=1, max_size=3).map(tuple)
            )
        return st.builds(AtLeast, st.just(question.id), st.integers(1, 5)) | st.builds(
            Is, st.just(question.id), st.integers(1, 5)
        )

    leaf = st.sampled_from(usable).flatmap(test)
    return st.recursive(
        leaf,
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple))
            | st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple))
        ),
        max_leaves=5,
    )


def values(question: Question) -> st.SearchStrategy[Value]:
    given: st.SearchStrategy[Any] = {
        Kind.SINGLE: st.sampled_from(OPTIONS),
        Kind.MULTIPLE: st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True).map(tuple),
        Kind.SCALE: st.integers(1, 5),
        Kind.NUMBER: st.integers(0, 9),
        Kind.OPEN: st.just("words"),
    }[question.kind]
    return given | st.sampled_from(list(NoAnswer))


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[Survey, dict[str, Value]]:
    survey = draw(surveys())
    answers = {q.id: value for q in survey.questions if (value := draw(st.none() | values(q))) is not None}
    return survey, answers


@given(filled_in())
def test_what_is_asked_is_what_the_description_says(case: tuple[Survey, dict[str, Value]]) -> None:
    survey, answers = case
    assert ids(survey, answers) == [q.id for q in survey.questions if naive_is_asked(survey, answers, q.id)]


@settings(max_examples=50)
@given(filled_in(), st.data())
def test_answers_to_questions_that_are_not_asked_do_nothing(
    case: tuple[Survey, dict[str, Value]], data: st.DataObject
) -> None:
    survey, answers = case
    kept = counting_answers(survey, answers)
    assert ids(survey, kept) == ids(survey, answers)
    hidden = [question for question in survey.questions if question.id not in ids(survey, answers)]
    noise = {question.id: data.draw(values(question)) for question in hidden}
    assert ids(survey, {**answers, **noise}) == ids(survey, answers)
    assert counting_answers(survey, {**answers, **noise}) == kept


@settings(max_examples=50)
@given(filled_in())
def test_forward_and_backward_meet_each_asked_page_once(case: tuple[Survey, dict[str, Value]]) -> None:
    survey, answers = case
    pages = [page.id for page in asked_pages(survey, answers)]
    assert [q for page in asked_pages(survey, answers) for q in page.questions] == list(asked(survey, answers))
    for here, following in zip(pages, [*pages[1:], None], strict=True):
        after = page_after(survey, answers, here)
        assert (after.id if after else None) == following
        if after is not None:
            before = page_before(survey, answers, after.id)
            assert before is not None
            assert before.id == here


@settings(max_examples=50)
@given(surveys(), st.data())
def test_whoever_fills_in_page_after_page_comes_to_the_end(survey: Survey, data: st.DataObject) -> None:
    answers: dict[str, Value] = {}
    seen: list[str] = []
    while (page := first_to_do(survey, answers)) is not None:
        assert page.id not in seen
        seen.append(page.id)
        assert not is_complete(page, answers)
        for question in page.questions:
            answers[question.id] = data.draw(values(question))
    assert seen == [page.id for page in asked_pages(survey, answers)]
    assert set(answers) == {question.id for question in asked(survey, answers)}

"""What someone typed or ticked becomes an answer, or a mistake that says what to do."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys.answers import DECLINE, MAX_TEXT, TOLD, Mistake, Wrong, check, clean_text, from_json, to_json
from app.surveys.definition import NoAnswer, Value
from tests.surveys.survey_files import CHAIN, survey_from

SURVEY = survey_from(CHAIN)
SINGLE, MULTIPLE = SURVEY.by_id["told"], SURVEY.by_id["broken"]
SCALE, NUMBER, OPEN = SURVEY.by_id["reply"], SURVEY.by_id["people"], SURVEY.by_id["wish"]


def test_one_of_several() -> None:
    assert check(SINGLE, ["yes_told"]) == "yes_told"
    assert check(SINGLE, []) == Wrong(Mistake.NOTHING_CHOSEN)
    assert check(SINGLE, ["I told them"]) == Wrong(Mistake.UNKNOWN_OPTION)
    assert check(SINGLE, ["yes_told", "not_told"]) == Wrong(Mistake.MORE_THAN_ONE)
    assert check(SINGLE, ["yes_told", "yes_told"]) == "yes_told"


def test_several_of_several_come_in_the_order_of_the_question() -> None:
    assert check(MULTIPLE, ["door", "lift", "door"]) == ("lift", "door")
    assert check(MULTIPLE, ["nothing"]) == ("nothing",)
    assert check(MULTIPLE, ["nothing", "lift"]) == Wrong(Mistake.ALONE_AND_ANOTHER, option="nothing")
    assert check(MULTIPLE, ["lift", "roof"]) == Wrong(Mistake.UNKNOWN_OPTION)
    assert check(MULTIPLE, [""]) == Wrong(Mistake.NOTHING_CHOSEN)


def test_a_step_of_the_scale() -> None:
    assert check(SCALE, ["4"]) == 4
    for wrong in ("0", "6", "٤", "4.0", "-1"):
        assert check(SCALE, [wrong]) == Wrong(Mistake.UNKNOWN_OPTION)


@pytest.mark.parametrize(
    ("typed", "number"), [("3", 3), (" 3 ", 3), ("٣", 3), ("03", 3), ("+3", 3), ("３", 3), ("\u200f3", 3)]
)
def test_a_number_in_any_digits(typed: str, number: int) -> None:
    assert check(NUMBER, [typed]) == number


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("0", Wrong(Mistake.TOO_LOW, 1)),
        ("-5", Wrong(Mistake.TOO_LOW, 1)),
        ("−5", Wrong(Mistake.TOO_LOW, 1)),
        ("21", Wrong(Mistake.TOO_HIGH, 20)),
        ("1.200", Wrong(Mistake.TOO_HIGH, 20)),
        ("1,200", Wrong(Mistake.TOO_HIGH, 20)),
        ("3.5", Wrong(Mistake.NOT_A_NUMBER)),
        ("3,5", Wrong(Mistake.NOT_A_NUMBER)),
        ("three", Wrong(Mistake.NOT_A_NUMBER)),
        ("1e3", Wrong(Mistake.NOT_A_NUMBER)),
        ("9" * 5000, Wrong(Mistake.NOT_A_NUMBER)),
        ("", Wrong(Mistake.NO_NUMBER_TYPED)),
        ("  ", Wrong(Mistake.NO_NUMBER_TYPED)),
    ],
)
def test_what_is_not_a_usable_number_says_why(typed: str, wrong: Wrong) -> None:
    assert check(NUMBER, [typed]) == wrong


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, SCALE, NUMBER], ids=lambda question: question.kind)
def test_a_closed_question_can_be_declined_but_not_also_answered(question: object) -> None:
    assert check(question, [DECLINE]) is NoAnswer.DECLINED  # type: ignore[arg-type]
    assert check(question, ["", DECLINE]) is NoAnswer.DECLINED  # type: ignore[arg-type]
    assert check(question, ["3", DECLINE]) == Wrong(Mistake.DECLINED_AND_ANSWERED)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["", " \n\t ", "\u200b", "\u200b\u200d \ufeff", "\u2066\u2069", "\x00", "\u0301"])
def test_an_open_question_with_nothing_to_see_is_left_empty(typed: str) -> None:
    assert check(OPEN, [typed]) is NoAnswer.LEFT_EMPTY


def test_an_open_question_that_a_form_does_not_send_is_left_empty() -> None:
    assert check(OPEN, []) is NoAnswer.LEFT_EMPTY


@pytest.mark.parametrize(
    "words",
    [
        "a",
        "👩‍👩‍👧 🎉",
        "'; DROP TABLE answer; --",
        "<script>alert(1)</script>",
        "المصعد has been معطل",
        "می‌خواهم",
        "x" * MAX_TEXT,
    ],
)
def test_words_are_kept_as_they_are(words: str) -> None:
    assert check(OPEN, [words]) == words


def test_a_text_that_is_too_long_says_how_long_it_is() -> None:
    assert check(OPEN, ["x" * (MAX_TEXT + 1)]) == Wrong(Mistake.TOO_LONG, MAX_TEXT + 1)


def test_what_a_database_would_refuse_is_taken_out() -> None:
    assert clean_text("one\x00two\r\nthree\x1b[31m") == "onetwo\nthree[31m"


@given(st.text(max_size=300))
def test_any_text_is_kept_or_empty_and_cleaning_it_again_changes_nothing(typed: str) -> None:
    cleaned = clean_text(typed)
    assert clean_text(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert "\r" not in cleaned


VALUES: st.SearchStrategy[Value] = (
    st.text()
    | st.integers(-(10**9), 10**9)
    | st.lists(st.text(min_size=1)).map(tuple)
    | st.sampled_from(list(NoAnswer))
)


@given(VALUES)
def test_an_answer_comes_back_from_storage_as_it_went_in(value: Value) -> None:
    back = from_json(json.loads(json.dumps(to_json(value))))
    assert back == value
    assert isinstance(back, NoAnswer) == isinstance(value, NoAnswer)


def test_a_text_that_looks_like_no_answer_is_a_text() -> None:
    assert not isinstance(from_json(to_json("declined")), NoAnswer)


def test_what_no_answer_can_be_stored_as_is_refused() -> None:
    with pytest.raises(ValueError, match="not a stored answer"):
        from_json(TOLD)

"""The example sentences of a concern, as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight.example_texts import FEWEST, LONGEST, MOST, Fault, Sentence, fault, sentences

POOL = ["De kluisjes zijn vol", "There is no free locker", "لا توجد خزانة فارغة"]


def texts(typed, page_language="nl"):
    return [sentence.text for sentence in sentences(typed, page_language)]


def some(count):
    return [Sentence(f"Zin {number}", "nl") for number in range(count)]


def test_each_line_is_a_sentence_and_empty_lines_are_none():
    assert texts("\r\n  De kluisjes   zijn vol \r\n\r\nThere is no free locker\n \n") == POOL[:2]


def test_each_has_a_language_of_its_own_whatever_the_page():
    assert [sentence.language for sentence in sentences("\n".join(POOL), "en")] == ["nl", "en", "ar"]


def test_names_and_numbers_are_taken_out():
    (sentence,) = sentences("Bel mevrouw Yildiz op 06-12345678", "nl")
    assert "Yildiz" not in sentence.text
    assert "12345678" not in sentence.text


@pytest.mark.parametrize("count", [FEWEST, MOST])
def test_three_to_ten_are_right(count):
    assert fault(some(count)) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([], (Fault.FEW, 0)),
        (some(FEWEST - 1), (Fault.FEW, 0)),
        (some(MOST + 1), (Fault.MANY, 0)),
        ([*some(3), Sentence("ZIN 1", "nl")], (Fault.TWICE, 4)),
        ([*some(3), Sentence("x" * (LONGEST + 1), None)], (Fault.LONG, 4)),
        ([Sentence("…!", None), *some(3)], (Fault.NO_WORDS, 1)),
    ],
)
def test_what_is_wrong_is_said_with_the_sentence_that_it_is_about(written, expected):
    assert fault(written) == expected


def test_a_concern_that_has_more_already_may_keep_them():
    assert fault(some(MOST + 4), MOST + 4) is None


@given(st.lists(st.text(max_size=60), max_size=8))
def test_whatever_is_typed_gives_sentences_on_one_line_each(lines):
    for sentence in sentences("\n".join(lines), "nl"):
        assert sentence.text
        assert "\n" not in sentence.text
        assert "\x00" not in sentence.text

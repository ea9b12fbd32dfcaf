"""Counts are honest, and nobody can be found back in them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common.small_groups import hide_small
from app.surveys.answers import TOLD, to_json
from app.surveys.counting import OptionRow, QuestionCount, RangeRow, Tally, count
from app.surveys.definition import NoAnswer, Value
from tests.surveys.survey_files import CHAIN, survey_from

SURVEY = survey_from(CHAIN)


def counts(*answers: tuple[str, Value, int]) -> dict[str, QuestionCount]:
    found = count(SURVEY, [Tally(name, to_json(value), people) for name, value, people in answers])
    return {each.question.id: each for each in found}


def test_each_option_has_its_number_of_people() -> None:
    told = counts(("told", "yes_told", 12), ("told", "not_told", 7), ("told", NoAnswer.DECLINED, 6))["told"]
    assert (told.asked, told.answered, told.no_answer) == (25, 19, 6)
    assert told.rows == (OptionRow("yes_told", 12), OptionRow("not_told", 7))


def test_people_who_chose_several_are_in_several_rows_but_once_in_the_total() -> None:
    broken = counts(("broken", ("lift", "door"), 8), ("broken", ("lift",), 5), ("broken", ("nothing",), 2))["broken"]
    assert (broken.asked, broken.answered) == (15, 15)
    assert broken.rows == (OptionRow("lift", 13), OptionRow("door", 8), OptionRow("nothing", None))


def test_a_scale_has_all_its_steps() -> None:
    reply = counts(("reply", 1, 6), ("reply", 5, 9))["reply"]
    assert [(row.first, row.people) for row in reply.rows if isinstance(row, RangeRow)] == [
        (1, 6), (2, 0), (3, 0), (4, 0), (5, 9),
    ]  # fmt: skip


def test_numbers_are_counted_in_round_ranges() -> None:
    people = counts(("people", 1, 5), ("people", 2, 6), ("people", 4, 7), ("people", 20, 8))["people"]
    rows = [(row.first, row.last, row.people) for row in people.rows if isinstance(row, RangeRow)]
    assert rows == [(1, 4, 18), (5, 9, 0), (10, 14, 0), (15, 19, 0), (20, 20, 8)]


def test_open_answers_are_counted_not_shown() -> None:
    found = count(SURVEY, [Tally("wish", TOLD, 9), Tally("wish", to_json(NoAnswer.LEFT_EMPTY), 11)])
    wish = {each.question.id: each for each in found}["wish"]
    assert (wish.asked, wish.answered, wish.no_answer, wish.rows) == (20, 9, 11, ())


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_below_five_people_nothing_is_shown_at_all(people: int) -> None:
    assert counts(("told", "yes_told", people))["told"] == QuestionCount(SURVEY.by_id["told"], None)


def test_nobody_asked_is_told_as_nobody() -> None:
    assert counts()["told"] == QuestionCount(SURVEY.by_id["told"], 0)


def test_one_hidden_number_cannot_be_worked_out_from_the_total() -> None:
    told = counts(("told", "yes_told", 12), ("told", "not_told", 3))["told"]
    assert [row.people for row in told.rows] == [None, None]
    assert told.asked == 15


def test_answers_to_questions_of_another_version_are_left_out() -> None:
    assert all(each.asked == 0 for each in counts(("gone", "x", 50)).values())


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_what_is_hidden_stays_hidden(numbers: list[int]) -> None:
    shown = hide_small(numbers)
    assert all(kept is None or kept == real for kept, real in zip(shown, numbers, strict=True))
    assert all(kept is None for kept, real in zip(shown, numbers, strict=True) if 0 < real < 5)
    hidden = [real for kept, real in zip(shown, numbers, strict=True) if kept is None]
    if hidden and any(kept for kept in shown):  # something could still be worked out from a total
        assert len(hidden) >= 2
        assert sum(hidden) >= 5
    if all(real == 0 or real >= 5 for real in numbers):
        assert shown == numbers


@given(st.lists(st.sampled_from(["yes_told", "not_told", NoAnswer.DECLINED]), max_size=60))
def test_the_numbers_are_those_of_counting_by_hand(given_answers: list[Value]) -> None:
    by_hand = Counter(given_answers)
    told = counts(*[("told", value, 1) for value in given_answers])["told"]
    for row in told.rows:
        assert isinstance(row, OptionRow)
        assert row.people in (None, by_hand[row.option_id])
    assert told.asked in (None, len(given_answers))

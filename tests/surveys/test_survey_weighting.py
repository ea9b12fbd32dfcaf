"""Results weighted to the neighbourhood: what staff sees, what it is worth, and when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import isclose
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app.insight.raking import Why
from app.people.models import Resident, StaffAccount
from app.places.models import Neighbourhood
from app.places.service import load_population
from app.surveys.definition import NoAnswer
from app.surveys.models import Survey
from app.surveys.reading import read
from app.surveys.service import Weighted, begin, publish, results, save, submit, visit, weighted, who_answered
from tests.surveys.survey_files import HEAD

SURVEY = (
    HEAD
    + """\
  - id: all
    title: {en: All}
    questions:
      - id: tenure
        type: single
        text: {en: What is your home?}
        options:
          - {id: rent, text: {en: I rent}}
          - {id: own, text: {en: I own}}
      - id: problems
        type: multiple
        text: {en: What is wrong?}
        options:
          - {id: damp, text: {en: Damp}}
          - {id: cold, text: {en: Cold}}
  - id: you
    title: {en: You}
    questions:
      - id: age
        type: single
        population: age
        text: {en: How old are you?}
        options:
          - {id: age_15_24, text: {en: 15 to 24}}
          - {id: age_25_44, text: {en: 25 to 44}}
          - {id: age_45_64, text: {en: 45 to 64}}
          - {id: age_65_plus, text: {en: 65 or older}}
      - id: spoken
        type: single
        population: language
        text: {en: Which language?}
        options:
          - {id: nl, text: {en: Dutch}}
          - {id: other, text: {en: Another}}
"""
)
AGES = {"age_0_14": 900, "age_15_24": 1000, "age_25_44": 1000, "age_45_64": 1000, "age_65_plus": 1000}
RESULTS = "/en/neighbourhoods/WK034401/surveys/small/results"
_number = count(1)


@pytest.fixture
def small(neighbourhood: Neighbourhood) -> Survey:
    return publish(SURVEY.encode(), neighbourhood).survey


@pytest.fixture
def answer(small: Survey, neighbourhood: Neighbourhood, session: Any) -> Callable[..., None]:
    """So many people answer the same."""

    def go(people: int, **answers: Any) -> None:
        given = {"tenure": "rent", "problems": NoAnswer.DECLINED, "age": "age_25_44", "spoken": "nl", **answers}
        for _person in range(people):
            resident = Resident(receipt_hash=f"{next(_number):064}")
            session.add(resident)
            session.commit()
            for step in (lambda here, who=resident: begin(here, who, "en"), lambda here: save(here, given)):
                here = visit(neighbourhood.code, "small", resident)
                assert here is not None
                step(here)
            submit(here, "en")

    return go


@pytest.fixture
def known(neighbourhood: Neighbourhood) -> None:
    load_population({("WK034401", "age"): AGES}, "CBS, 2025")


def weighed(neighbourhood: Neighbourhood) -> Weighted | None:
    here = visit(neighbourhood.code, "small", None)
    assert here is not None
    return weighted(here.survey, here.newest_id, results(here.survey, here.newest_id))


def everyone(answer: Callable[..., None], **people: int) -> None:
    for group in ("age_15_24", "age_25_44", "age_45_64", "age_65_plus"):
        answer(people.get(group, 5), age=group, tenure="own" if group == "age_65_plus" else "rent")


def test_each_age_counts_as_much_as_it_has_people(answer: Any, neighbourhood: Neighbourhood, known: None) -> None:
    everyone(answer, age_25_44=10, age_45_64=20)
    found = weighed(neighbourhood)
    assert found is not None
    assert found.raked is not None
    assert found.dimensions == ("age",)
    tenure = found.questions["tenure"] if found.questions else None
    assert tenure is not None
    rent, own = tenure.rows
    assert (rent.counted, own.counted) == (35 / 40, 5 / 40)
    assert isclose(own.weighted, 0.25, abs_tol=1e-5)
    assert isclose(rent.weighted, 0.75, abs_tol=1e-5)
    assert own.interval.low < own.weighted < own.interval.high
    by_hand = 40**2 / (5 * 2**2 + 10 * 1**2 + 20 * 0.5**2 + 5 * 2**2)
    assert isclose(found.raked.effective, by_hand, rel_tol=1e-4)


def test_two_dimensions_are_made_right_at_once(answer: Any, neighbourhood: Neighbourhood, known: None) -> None:
    load_population({("WK034401", "language"): {"nl": 2400, "tr": 900, "uk": 700, "pl": 0}}, "")
    everyone(answer, age_45_64=20)
    answer(6, spoken="other", age="age_15_24")
    answer(4, spoken="other", age="age_65_plus")
    found = weighed(neighbourhood)
    assert found is not None
    assert found.raked is not None
    assert found.dimensions == ("age", "language")
    assert found.questions is not None
    assert [round(row.weighted, 3) for row in found.questions["spoken"].rows] == [0.6, 0.4]
    assert [round(row.weighted, 3) for row in found.questions["age"].rows] == [0.25] * 4


def test_no_weights_when_nothing_fits_both(answer: Any, neighbourhood: Neighbourhood, known: None) -> None:
    """Only the young speak another language here, and there are not as many young people as speakers."""
    load_population({("WK034401", "language"): {"nl": 600, "other": 400}}, "")
    everyone(answer)
    answer(6, spoken="other", age="age_15_24")
    found = weighed(neighbourhood)
    assert found is not None
    assert [reason.why for reason in found.reasons] == [Why.CONTRADICTION]


def test_the_page_shows_it_to_staff_of_the_neighbourhood_only(
    answer: Any,
    known: None,
    client: Any,
    worker: StaffAccount,
    other_coordinator: StaffAccount,
    sign_in: Callable[..., Any],
) -> None:
    everyone(answer, age_45_64=20)
    page: BeautifulSoup = sign_in(worker).page(RESULTS)
    text = " ".join(page.get_text(" ", strip=True).split())
    assert "Made right: Age." in text
    assert "The 35 answers are then worth as much as 24 answers from a good mix of people." in text
    section = next(s for s in page.select("section") if "What is your home?" in s.get_text())
    row = section.select("table")[1].select("tbody tr")[1]
    assert [cell.get_text(" ", strip=True) for cell in row.select("th, td")] == ["I own", "14%", "25%", "12% – 45%"]
    for someone in (client, sign_in(other_coordinator)):
        assert "eighted" not in someone.get(RESULTS).text


def test_a_number_that_is_hidden_is_hidden_weighted_too(
    answer: Any, neighbourhood: Neighbourhood, known: None
) -> None:
    everyone(answer, age_45_64=20)
    answer(3, problems=("damp",))
    answer(12, problems=("cold",))
    found = weighed(neighbourhood)
    assert found is not None
    assert found.questions is not None
    assert [row.row.option_id for row in found.questions["problems"].rows] == ["cold"]


def test_it_is_refused_when_a_group_did_not_answer_or_hardly(
    answer: Any, known: None, worker: StaffAccount, sign_in: Callable[..., Any]
) -> None:
    answer(30)
    answer(4, age="age_65_plus")
    answer(8, age="age_45_64")
    text = " ".join(sign_in(worker).page(RESULTS).get_text(" ", strip=True).split())
    assert "these answers cannot be weighted to the neighbourhood" in text
    assert "People from 15 to 24 live here, and none of them answered." in text
    assert "People of 65 and older: fewer than 5 answered." in text
    assert "0 to 14" not in text, "nobody could give that answer"


def test_without_a_table_or_with_too_few_people_there_is_nothing(answer: Any, neighbourhood: Neighbourhood) -> None:
    everyone(answer)
    assert weighed(neighbourhood) is None
    load_population({("WK034401", "gender"): {"men": 50, "women": 50}}, "")
    assert weighed(neighbourhood) is None


def test_who_answered_is_counted_by_group_over_versions(
    answer: Any, neighbourhood: Neighbourhood, small: Survey
) -> None:
    answer(3)
    publish(SURVEY.replace("How old are you?", "What is your age?").encode(), neighbourhood)
    answer(2, age="age_65_plus")
    answer(1, age=NoAnswer.DECLINED)
    found = {each.dimension: each for each in who_answered(neighbourhood.id)}
    assert found["age"].people == {"age_25_44": 3, "age_65_plus": 2, None: 1}
    assert found["age"].offered == ("age_15_24", "age_25_44", "age_45_64", "age_65_plus")
    assert found["language"].people == {"nl": 6, None: 0}
    assert found["age"].slug == "small"


def test_the_page_of_who_is_not_heard_compares_ages(
    answer: Any, known: None, worker: StaffAccount, sign_in: Callable[..., Any]
) -> None:
    everyone(answer, age_25_44=40, age_45_64=30, age_65_plus=5)
    page = sign_in(worker).page("/en/staff/neighbourhoods/WK034401/who-is-not-heard")
    text = " ".join(page.get_text(" ", strip=True).split())
    assert "People of 65 and older are 25% of the neighbourhood and 6% of the answers (2% to 17%)." in text
    assert "Not compared, because the question has no such answer: 0 to 14." in text


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("population: age", "population: faith", "`population` is `faith`"),
        ("id: age_65_plus", "id: old", "option `old` of question `age` is no group of age"),
        ("population: language", "population: age", "the `population` of another question `age` is there already"),
        (
            "id: tenure\n        type: single",
            "id: tenure\n        population: postcode4\n        type: single",
            "does not fit",
        ),
        ("id: problems\n", "id: problems\n        population: gender\n", "does not fit type multiple"),
    ],
)
def test_a_question_that_cannot_be_compared_is_a_problem_in_the_file(old: str, new: str, what: str) -> None:
    problems = read(SURVEY.replace(old, new).encode(), "my.yaml").problems
    assert [problem for problem in problems if what in problem.what], problems

"""Staff sees who is missing; numbers of a few people are in no corner of the page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight.service import who_spoke
from app.people.models import Resident, StaffAccount
from app.places.models import Neighbourhood
from app.places.service import load_population

PAGE = "/en/staff/neighbourhoods/WK034401/who-is-not-heard"
_number = count(1)


@pytest.fixture
def speak(neighbourhood: Neighbourhood) -> Callable[..., list[Contribution]]:
    """So many people say something in this language."""

    def go(people: int, language: str | None = "nl", **more: Any) -> list[Contribution]:
        made = [
            contributions.add(
                neighbourhood_id=more.get("place", neighbourhood).id,
                source=more.get("source", Source.IDEA),
                source_key=f"spoken:{next(_number)}",
                text="Words",
                language=language,
                resident_id=more.get("resident_id"),
            )
            for _person in range(people)
        ]
        db.session.commit()
        return made

    return go


@pytest.fixture
def see(coordinator: StaffAccount, sign_in: Callable[..., Any]) -> Callable[[], BeautifulSoup]:
    return lambda: sign_in(coordinator).page(PAGE)


@pytest.fixture
def table(neighbourhood: Neighbourhood) -> None:
    load_population({("WK034401", "language"): {"nl": 2600, "tr": 900, "pl": 500}}, "CBS, 2025")


def text(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ", strip=True).split())


def test_a_group_that_is_missing_is_named_with_its_shares(speak: Any, see: Any, table: None) -> None:
    speak(60)
    speak(6, "tr")
    speak(14, "pl")
    page = text(see())
    assert "People who speak Turkish are 22% of the neighbourhood and 8% of the answers (3% to 18%)." in page
    assert "16 more answers from them would make it even." in page
    assert page.count("People who speak Turkish are") == 2
    assert page.count("People who speak Polish are") == 1, "Polish is not missing"
    assert "80 people, compared with the neighbourhood." in page
    assert "Figures of the neighbourhood: CBS, 2025." in page


def test_the_picture_has_a_table_with_the_same_numbers(speak: Any, see: Any, table: None) -> None:
    speak(60)
    speak(6, "tr")
    speak(14, "pl")
    page = see()
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("table tbody tr")
    ]
    assert rows[:3] == [
        ["Dutch", "60", "75%", "62% – 85%", "65%", "No clear difference"],
        ["Turkish", "6", "8%", "3% – 18%", "22%", "Heard too little"],
        ["Polish", "14", "18%", "10% – 30%", "12%", "No clear difference"],
    ]
    marks = page.select("main svg")[0].select("rect")
    assert all(0 <= float(str(mark["x"]).rstrip("%")) <= 100 for mark in marks if mark.get("x"))
    assert page.select("[style]") == []


def test_a_few_people_are_counted_nowhere_and_still_found_missing(speak: Any, see: Any, table: None) -> None:
    speak(60)
    speak(3, "tr")
    speak(14, "pl")
    page = see()
    assert "Fewer than 5 of them answered: at most 15% of the answers." in text(page)
    assert "Hardly heard" not in text(page)
    cells = [row.get_text(" ", strip=True) for row in page.select("table tbody td")]
    assert "3" not in cells
    assert "14" not in cells, "with it the three could be worked out"
    assert "Their number is not shown" in text(page)


def test_people_count_and_not_texts(speak: Any, neighbourhood: Neighbourhood, session: Any) -> None:
    busy = Resident(receipt_hash="b" * 64)
    session.add(busy)
    session.commit()
    speak(7, "tr", resident_id=busy.id)
    speak(3, "nl", resident_id=busy.id)
    speak(5, None, resident_id=busy.id, source=Source.SURVEY_ANSWER)
    speak(12, "nl")
    speak(2, None, source=Source.NOTE)
    found = who_spoke(neighbourhood.id)
    assert found.people == 15
    assert found.languages == {"tr": 1, "nl": 12, None: 2}
    assert found.sources == {Source.IDEA: 13, Source.SURVEY_ANSWER: 1, Source.NOTE: 2}


def test_what_was_taken_back_or_hidden_or_said_elsewhere_is_not_counted(
    speak: Any, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    gone, hidden, *_rest = speak(9)
    contributions.withdraw(gone)
    contributions.hide(hidden)
    speak(20, place=other_neighbourhood)
    db.session.commit()
    assert who_spoke(neighbourhood.id).people == 7
    assert who_spoke(neighbourhood.id).languages == {"nl": 7}


def test_nothing_is_concluded_below_ten_people(speak: Any, see: Any, table: None) -> None:
    assert "Nobody spoke yet." in text(see())
    speak(9)
    page = text(see())
    assert "That is too few to say who is missing." in page
    assert "% of the neighbourhood" not in page
    speak(1)
    assert "These people are missing" in text(see())


def test_without_a_table_it_says_what_to_do(speak: Any, see: Any) -> None:
    speak(30)
    page = text(see())
    assert "An administrator can load the figures of CBS" in page
    assert "30 people spoke." in page


def test_nobody_is_missing_when_nobody_is(speak: Any, see: Any, table: None) -> None:
    speak(65)
    speak(22, "tr")
    speak(13, "pl")
    assert "As far as these numbers show, nobody is clearly missing." in text(see())


def test_the_page_is_in_the_list_of_work_and_only_for_the_own_municipality(
    coordinator: StaffAccount,
    worker: StaffAccount,
    other_coordinator: StaffAccount,
    sign_in: Callable[..., Any],
) -> None:
    client = sign_in(worker)
    assert client.page("/en/staff/").select_one(f'a[href="{PAGE}"]')
    assert client.get(PAGE).status_code == 200
    assert sign_in(other_coordinator).get(PAGE).status_code == 404


def test_it_takes_the_same_number_of_statements_however_many_spoke(
    speak: Any, coordinator: StaffAccount, sign_in: Callable[..., Any], table: None, count_statements: Any
) -> None:
    client = sign_in(coordinator)
    speak(12)
    with count_statements() as few:
        client.get(PAGE)
    speak(40, "tr")
    speak(40, "pl", source=Source.NOTE)
    with count_statements() as many:
        client.get(PAGE)
    assert many.count == few.count

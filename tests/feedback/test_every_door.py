"""Words that are taken back are gone from every page that can be reached, and from every table."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag, urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.ambitions import service as ambitions
from app.ambitions.models import Ambition
from app.contributions.models import Contribution
from app.extensions import db
from app.ideas import service as ideas
from app.insight.models import Concern
from app.people.codes import read_code
from app.people.models import Resident, StaffAccount
from app.people.residents import resident_by_code
from app.places.models import Neighbourhood
from app.surveys.models import Response
from app.surveys.service import publish
from tests.feedback.conftest import make_resident, put_in

# A word that is nowhere else on the site, so that it can be looked for.
SAID = "Zwabberkwal {} in my bathroom"
SURVEY = """\
survey: small
languages: [en]
minutes: 2
hear_within_days: 14
title: {en: A small survey}
why: {en: To know}
happens: {en: We read it}
pages:
  - id: last
    title: {en: Last}
    questions:
      - id: wish
        type: open
        text: {en: What would you change?}
"""
PATH = "/en/neighbourhoods/WK034401/surveys/small"
START = ("/en/", "/en/neighbourhoods/WK034401", "/en/staff/", "/en/receipt/mine")


def doors_with(word: str, clients: list[Any]) -> set[str]:
    """Follow every link from the start as each of these people; the pages on which the word stands."""
    found = set()
    for client in clients:
        waiting, seen = deque(START), set(START)
        while waiting:
            path = waiting.popleft()
            answer = client.get(path, follow_redirects=True)
            if word in answer.text:
                found.add(path)
            if "html" not in answer.content_type or answer.status_code != 200:
                continue
            for href in _links(answer.text):
                target = urlsplit(urldefrag(href).url)
                if not target.netloc and target.path.startswith("/en/") and target.geturl() not in seen:
                    seen.add(target.geturl())
                    waiting.append(target.geturl())
        assert len(seen) > 12
    return found


def _links(html: str) -> list[str]:
    from bs4 import BeautifulSoup

    return [str(link["href"]) for link in BeautifulSoup(html, "html.parser").find_all("a", href=True)]


def tables_with(word: str) -> set[str]:
    """Every column of every table in which the word stands."""
    found = set()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            found |= {f"{table.name}.{column}" for column, value in row.items() if word in str(value)}
    return found


@pytest.fixture
def survey_answer(neighbourhood: Neighbourhood, client: Any) -> tuple[Resident, str]:
    """Someone who filled in a survey on this client, with words in it; gives them and their code."""
    publish(SURVEY.encode(), neighbourhood)
    client.post_form(f"{PATH}/begin", page=PATH)
    client.post_form(f"{PATH}/questions/last", {"q_wish": SAID.format("answer")})
    client.post_form(f"{PATH}/send", page=f"{PATH}/summary")
    code = client.page(f"{PATH}/thanks").select_one(".wijk-code").get_text(strip=True)
    resident = resident_by_code(read_code(code))
    assert resident is not None
    return resident, code


def test_everything_that_is_taken_back_is_gone_from_every_door(
    survey_answer: tuple[Resident, str],
    client: Any,
    app: Any,
    neighbourhood: Neighbourhood,
    confirmed: Concern,
    plan: Ambition,
    coordinator: StaffAccount,
    sign_in: Callable[[StaffAccount], Any],
) -> None:
    resident, code = survey_answer
    idea, _ = ideas.post_idea(resident, neighbourhood.id, submission_id=uuid4(), title=SAID.format("idea"), text="")
    neighbour, _ = make_resident()
    other, _ = ideas.post_idea(neighbour, neighbourhood.id, submission_id=uuid4(), title="A bench", text="")
    comment, _ = ideas.post_comment(resident, other, submission_id=uuid4(), text=SAID.format("comment"))
    response = db.session.scalars(select(Response)).one()
    items = {"survey": response.id, "idea": idea.id, "comment": comment.id}
    words = {"survey": "Zwabberkwal answer", "idea": "Zwabberkwal idea", "comment": "Zwabberkwal comment"}
    mine = db.session.scalars(select(Contribution).where(Contribution.resident_id == resident.id)).all()
    for contribution in mine:
        assert contribution.original is not None
        put_in(contribution, contribution.original.text, confirmed)

    people = [client, app.test_client(), sign_in(coordinator)]
    before = {kind: doors_with(word, people) for kind, word in words.items()}
    concern_page = f"/en/neighbourhoods/WK034401/concerns/{confirmed.id}"
    ambition_page = f"/en/neighbourhoods/WK034401/ambitions/{plan.id}"
    review = f"/en/staff/concerns/{confirmed.id}"
    for kind in words:
        assert {concern_page, ambition_page, review, "/en/receipt/mine"} <= before[kind], kind
    assert f"/en/neighbourhoods/WK034401/ideas/{idea.id}" in before["idea"]
    assert f"/en/neighbourhoods/WK034401/ideas/{other.id}" in before["comment"]
    assert "/en/staff/neighbourhoods/WK034401/ideas" in before["idea"]

    for kind, item_id in items.items():
        path = f"/en/receipt/mine/{kind}/{item_id}/withdraw"
        assert words[kind] in client.page(path).text
        assert client.post_form(path).location == "/en/receipt/mine"
        assert tables_with(words[kind]) == set()
    assert doors_with("Zwabberkwal", people) == set()
    assert code in client.page("/en/receipt/mine").text
    assert "What you took back" in client.page("/en/receipt/mine").text


def test_a_concern_in_which_nobody_speaks_any_more_is_not_told(
    survey_answer: tuple[Resident, str], client: Any, confirmed: Concern, plan: Ambition
) -> None:
    resident, _ = survey_answer
    mine = db.session.scalars(select(Contribution).where(Contribution.resident_id == resident.id)).one()
    put_in(mine, SAID.format("answer"), confirmed)
    told = "/en/neighbourhoods/WK034401/you-said"
    assert "Mould at home" in client.page(told).text
    response = db.session.scalars(select(Response)).one()
    client.post_form(f"/en/receipt/mine/survey/{response.id}/withdraw")
    assert "Mould at home" not in client.page(told).text
    assert "Mould at home" not in client.page(f"{told}/poster").text
    assert "Mould at home" not in client.page(f"/en/neighbourhoods/WK034401/ambitions/{plan.id}").text


def test_a_survey_without_words_is_on_the_receipt_and_can_be_taken_back(
    neighbourhood: Neighbourhood, client: Any
) -> None:
    publish(SURVEY.encode(), neighbourhood)
    client.post_form(f"{PATH}/begin", page=PATH)
    assert "begun, not sent yet" in client.page("/en/receipt/mine").text
    client.post_form(f"{PATH}/questions/last", {"q_wish": ""})
    client.post_form(f"{PATH}/send", page=f"{PATH}/summary")
    page = client.page("/en/receipt/mine")
    assert "Survey: A small survey" in page.text
    assert "You wrote no text of your own" in page.text
    response = db.session.scalars(select(Response)).one()
    client.post_form(f"/en/receipt/mine/survey/{response.id}/withdraw")
    assert "A small survey" not in client.page("/en/receipt/mine").text


def test_the_words_of_someone_else_stay(
    say: Callable[..., Contribution], confirmed: Concern, phone: Callable[[str], Any], plan: Ambition
) -> None:
    resident, code = make_resident()
    mine = say("Mine is wet", confirmed, resident)
    say("Theirs is wet", confirmed)
    phone(code).post_form(f"/en/receipt/mine/words/{mine.id}/withdraw")
    text = phone(code).page(f"/en/neighbourhoods/WK034401/ambitions/{plan.id}").text
    assert "Theirs is wet" in text
    assert "Mine is wet" not in text
    assert [found.id for found in ambitions.concerns_of(plan)] == [confirmed.id]

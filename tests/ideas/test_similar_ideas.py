""" "Does one of these say the same?", across languages, with the real analysis; nothing typed is lost on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app.ideas import service
from app.ideas.models import Comment, Idea, Support
from app.insight.service import analyse_waiting
from app.people.models import Resident, StaffAccount
from app.places.models import Neighbourhood

BOARD = "/en/neighbourhoods/WK034401/ideas"
NEW = f"{BOARD}/new"
MINE = {"title": "A bench near the bus stop", "text": "My mother is 83 <b>and</b> can't stand that long."}


@pytest.fixture
def bench(idea_of: Callable[..., Idea], someone: Callable[[], Resident]) -> Idea:
    """A Dutch idea that says the same as mine, among others, all analysed."""
    said = idea_of("Een bankje bij de bushalte", "Zodat ouderen kunnen zitten als ze op de bus wachten.", someone())
    idea_of("Jongerencentrum in de oude school")
    idea_of("Hondenpoep opruimen langs de gracht")
    analyse_waiting()
    return said


def answer(client: Any, words: dict[str, str], **choice: str) -> Any:
    """Send my idea, and on the page that asks, tap a button."""
    page = read(client.post_form(NEW, words))
    assert page.h1 is not None
    assert page.h1.get_text() == "Does one of these say the same?"
    fields = {str(i["name"]): str(i["value"]) for i in page.find_all("input", type="hidden")}
    return client.post(NEW, data={**fields, **choice})


def read(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def count(session: Any, table: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(table)))


def test_an_idea_in_another_language_is_shown_before_mine_is_posted(client: Any, session: Any, bench: Idea) -> None:
    response = client.post_form(NEW, MINE)
    page = read(response)
    assert response.status_code == 200
    cards = [card.h2.get_text() for card in page.find_all("article")]
    assert "Een bankje bij de bushalte" in cards
    assert "Hondenpoep opruimen langs de gracht" not in cards
    assert {str(b.get_text()) for b in page.find_all("button")} >= {
        "Support this one",
        "Mine is different: post my idea",
    }
    assert MINE["text"] in page.get_text()
    assert count(session, Idea) == 3


def test_mine_is_different_and_is_posted_with_all_its_words(client: Any, session: Any, bench: Idea) -> None:
    assert answer(client, MINE, step="post").status_code == 302
    idea = session.scalars(select(Idea).where(Idea.title == MINE["title"])).one()
    assert idea.text == MINE["text"]


def test_supporting_one_instead_posts_no_idea_and_offers_my_words_as_a_comment(
    client: Any, session: Any, bench: Idea
) -> None:
    response = answer(client, MINE, support=str(bench.id))
    page = read(response)
    assert response.status_code == 200
    assert session.scalars(select(Support.idea_id)).all() == [bench.id]
    assert count(session, Idea) == 3
    form = next(f for f in page.find_all("form") if str(f["action"]).endswith(str(bench.id)))
    words = form.find("textarea").get_text().removeprefix("\r\n")
    assert words == f"{MINE['title']}\n{MINE['text']}"
    fields = {str(i["name"]): str(i["value"]) for i in form.find_all("input", type="hidden")}
    assert client.post(form["action"], data={**fields, "text": words}).status_code == 302
    assert session.scalars(select(Comment.text)).all() == [words]


def test_my_words_can_still_be_changed(client: Any, session: Any, bench: Idea) -> None:
    page = read(answer(client, MINE, step="change"))
    assert page.find(id="title")["value"] == MINE["title"]  # type: ignore[index]
    assert page.find(id="text").get_text().removeprefix("\r\n") == MINE["text"]  # type: ignore[union-attr]
    assert count(session, Idea) == 3


def test_when_the_other_idea_is_taken_back_meanwhile_my_words_are_still_there(
    client: Any, session: Any, bench: Idea
) -> None:
    fields = {**client.hidden_fields(NEW), **MINE, "support": str(bench.id)}
    service.withdraw_idea(session.get(Resident, bench.resident_id), bench.id)
    response = client.post(NEW, data=fields)
    assert "That idea was just taken back" in response.get_data(as_text=True)
    kept = read(response).find(attrs={"name": "title"})
    assert kept is not None
    assert kept["value"] == MINE["title"]
    assert count(session, Support) == 0


def test_what_nobody_may_see_is_not_shown_as_similar(
    client: Any, session: Any, bench: Idea, worker: StaffAccount
) -> None:
    assert service.similar_ideas(bench.neighbourhood_id, MINE["title"], MINE["text"])[0].idea.id == bench.id
    service.hide(worker, bench, "A reason.")
    assert service.similar_ideas(bench.neighbourhood_id, MINE["title"], MINE["text"]) == []
    assert client.post_form(NEW, MINE).status_code == 302


def test_ideas_of_another_neighbourhood_are_not_shown(bench: Idea, other_neighbourhood: Neighbourhood) -> None:
    assert service.similar_ideas(other_neighbourhood.id, MINE["title"], MINE["text"]) == []


def test_asking_takes_few_statements(client: Any, bench: Idea, count_statements: Callable[[], Any]) -> None:
    fields = {**client.hidden_fields(NEW), **MINE}
    with count_statements() as statements:
        client.post(NEW, data=fields)
    assert statements.count <= 12, statements.texts

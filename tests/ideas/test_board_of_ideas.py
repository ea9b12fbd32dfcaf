"""The board, comments and support."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.contributions.models import Contribution, Source
from app.ideas import service
from app.ideas.models import Comment, Idea, Support
from app.people.models import Resident
from app.places.models import Neighbourhood

BOARD = "/en/neighbourhoods/WK034401/ideas"
START = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def titles(page: BeautifulSoup) -> list[str]:
    return [card.h3.get_text(strip=True) for card in page.find_all("article")]


def count(session: Any, table: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(table)))


@pytest.fixture
def many(session: Any, neighbourhood: Neighbourhood, someone: Callable[[], Resident]) -> list[Idea]:
    """45 ideas of one person, a minute apart; number 10 has two supporters, number 20 one."""
    writer, ideas = someone(), []
    for number in range(45):
        moment = START + timedelta(minutes=number)
        contribution = Contribution(
            neighbourhood_id=neighbourhood.id, source=Source.IDEA, source_key=f"test:{number}", created_at=moment
        )
        idea = Idea(
            neighbourhood_id=neighbourhood.id,
            resident_id=writer.id,
            contribution=contribution,
            submission_id=uuid4(),
            title=f"Idea {number}",
            text="",
            created_at=moment,
        )
        ideas.append(idea)
    session.add_all(ideas)
    session.commit()
    for number in (10, 10, 20):
        service.support(someone(), ideas[number])
    return ideas


def test_the_newest_idea_comes_first_and_pages_hold_them_all(client: Any, many: list[Idea]) -> None:
    shown = [title for page in (1, 2, 3) for title in titles(client.page(f"{BOARD}?page={page}"))]
    assert shown == [f"Idea {number}" for number in reversed(range(45))]
    assert client.get(f"{BOARD}?page=4").status_code == 404
    assert titles(client.page(f"{BOARD}?page=nonsense&order=nonsense"))[0] == "Idea 44"


def test_the_most_supported_comes_first_when_asked(client: Any, many: list[Idea]) -> None:
    assert titles(client.page(f"{BOARD}?order=supported"))[:3] == ["Idea 10", "Idea 20", "Idea 44"]


def test_a_random_order_stays_on_all_pages_and_for_everyone_with_the_address(
    app: Flask, client: Any, many: list[Idea]
) -> None:
    response = client.get(f"{BOARD}?order=random")
    assert response.status_code == 302
    addresses = [response.location] + [f"{response.location}&page={page}" for page in (2, 3)]
    shown = [title for address in addresses for title in titles(client.page(address))]
    assert sorted(shown) == sorted(f"Idea {number}" for number in range(45))
    elsewhere: Any = app.test_client()
    assert [title for address in addresses for title in titles(elsewhere.page(address))] == shown
    following = client.page(response.location).find("a", rel="next")["href"]
    assert titles(client.page(following)) == shown[20:40]
    assert client.get(f"{BOARD}?order=random&seed=<script>").status_code == 302


def test_a_day_is_that_of_the_municipality(client: Any, many: list[Idea]) -> None:
    page = client.get(f"{BOARD}/{many[0].id}").get_data(as_text=True)
    assert "2 March 2026" in page  # 23:30 in UTC is the next day in Voorbeeldstad


def test_a_long_text_is_shortened_on_the_board_with_a_way_to_the_whole(
    client: Any, idea_of: Callable[..., Idea]
) -> None:
    idea = idea_of("Meer bomen", "woord " * 100 + "slot")
    card = client.page(BOARD).find("article")
    assert "…" in card.get_text()
    assert "slot" not in card.get_text()
    assert card.find("a", string="Read all of it")["href"] == f"{BOARD}/{idea.id}"
    assert "slot" in client.page(f"{BOARD}/{idea.id}").get_text()


def test_supporting_counts_once_and_can_be_taken_back(
    client: Any, session: Any, idea_of: Callable[..., Idea]
) -> None:
    idea = idea_of("Meer bomen")
    page = f"{BOARD}/{idea.id}"
    for _ in range(3):
        token = client.hidden_fields(f"{page}/support", page)["csrf_token"]
        assert client.post(f"{page}/support", data={"csrf_token": token}).location == page
    assert "1 person supports this" in client.page(page).get_text()
    for _ in range(2):
        assert client.post(f"{page}/stop-supporting", data={"csrf_token": token}).location == page
    assert "0 people support this" in client.page(page).get_text()
    assert count(session, Support) == 0
    assert count(session, Contribution) == 1  # a support is no text


def test_supporters_at_one_moment_all_count_and_each_once(
    app: Flask, session: Any, idea_of: Callable[..., Idea], someone: Callable[[], Resident]
) -> None:
    idea_id = idea_of("Meer bomen").id
    people = [someone().id for _ in range(4)]
    session.commit()
    together = Barrier(8)

    def tap(resident_id: Any) -> None:
        with app.app_context():
            resident, idea = session.get(Resident, resident_id), session.get(Idea, idea_id)
            session.rollback()
            together.wait()
            service.support(resident, idea)

    taps = [Thread(target=tap, args=(person,)) for person in people * 2]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    session.rollback()
    assert count(session, Support) == 4


def test_a_double_tap_of_someone_new_counts_once(
    app: Flask, client: Any, session: Any, idea_of: Callable[..., Idea]
) -> None:
    address = f"{BOARD}/{idea_of('Meer bomen').id}/support"
    fields = client.hidden_fields(address, BOARD)
    cookie = client.get_cookie("wijkstem").value
    session.commit()
    together = Barrier(4)

    def tap() -> None:
        phone = app.test_client()
        phone.set_cookie("wijkstem", cookie)
        together.wait()
        phone.post(address, data=fields)

    taps = [Thread(target=tap) for _ in range(4)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    session.rollback()
    assert count(session, Support) == 1


def test_who_wrote_it_does_not_support_it_again(client: Any, session: Any, neighbourhood: Neighbourhood) -> None:
    client.post_form(f"{BOARD}/new", {"title": "Meer bomen"})
    page = f"{BOARD}/{session.scalars(select(Idea.id)).one()}"
    assert "This is your idea." in client.page(page).get_text()
    token = client.hidden_fields(page)["csrf_token"]
    client.post(f"{page}/support", data={"csrf_token": token})
    assert count(session, Support) == 0


def test_a_comment_comes_on_the_page_and_into_the_stream(
    client: Any, session: Any, idea_of: Callable[..., Idea]
) -> None:
    page = f"{BOARD}/{idea_of('Meer bomen').id}"
    response = client.post_form(page, {"text": "Goed plan! 👏 Bel 06-12345678"}, follow_redirects=True)
    assert "Thank you for your comment" in response.get_data(as_text=True)
    assert "a phone number" in response.get_data(as_text=True)
    shown = client.page(page).get_text()
    assert "Goed plan! 👏" in shown
    assert "12345678" not in shown
    comment = session.scalars(select(Comment)).one()
    assert comment.contribution.source is Source.COMMENT
    assert comment.contribution.source_key == f"comment:{comment.id}"
    assert "1 comment" in client.page(BOARD).get_text()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Type your comment first."),
        ("\u200b ", "Type your comment first."),
        ("z" * 5_001, "1 character too long"),
    ],
)
def test_a_mistake_in_a_comment_is_told_and_it_stays(
    client: Any, session: Any, idea_of: Callable[..., Idea], text: str, says: str
) -> None:
    response = client.post_form(f"{BOARD}/{idea_of('Meer bomen').id}", {"text": text})
    assert response.status_code == 422
    page = BeautifulSoup(response.data, "html.parser")
    assert says in page.find(attrs={"role": "alert"}).get_text()  # type: ignore[union-attr]
    assert page.find(id="text").get_text().removeprefix("\r\n") == text  # type: ignore[union-attr]
    assert count(session, Comment) == 0


def test_an_emoji_is_a_comment(client: Any, session: Any, idea_of: Callable[..., Idea]) -> None:
    client.post_form(f"{BOARD}/{idea_of('Meer bomen').id}", {"text": "👍🏽"})
    assert session.scalars(select(Comment.text)).one() == "👍🏽"


def test_a_comment_sent_twice_is_one_and_other_words_are_not_lost(
    client: Any, session: Any, idea_of: Callable[..., Idea]
) -> None:
    page = f"{BOARD}/{idea_of('Meer bomen').id}"
    fields = {**client.hidden_fields(page), "text": "Goed plan"}
    assert client.post(page, data=fields).location == client.post(page, data=fields).location
    other = client.post(page, data={**fields, "text": "Nog iets"})
    assert other.status_code == 422
    assert "Nog iets" in other.get_data(as_text=True)
    assert "Your earlier comment is on the page already" in other.get_data(as_text=True)
    assert session.scalars(select(Comment.text)).all() == ["Goed plan"]


def test_a_comment_on_an_idea_that_is_gone_is_given_back(
    client: Any, session: Any, idea_of: Callable[..., Idea], someone: Callable[[], Resident]
) -> None:
    writer = someone()
    idea = idea_of("Meer bomen", resident=writer)
    page = f"{BOARD}/{idea.id}"
    fields = client.hidden_fields(page)
    service.withdraw_idea(writer, idea.id)
    response = client.post(page, data={**fields, "text": "Heel lang over nagedacht"})
    assert response.status_code == 404
    assert "Heel lang over nagedacht" in response.get_data(as_text=True)
    assert count(session, Comment) == 0


@pytest.mark.parametrize("path", ["", "?order=supported", "?order=random&seed=0badcafe", "?page=2"])
def test_the_board_asks_the_database_little(
    client: Any, many: list[Idea], count_statements: Callable[[], Any], path: str
) -> None:
    client.post_form(f"{BOARD}/new", {"title": "Now I am someone"})
    with count_statements() as statements:
        assert client.get(BOARD + path).status_code == 200
    assert statements.count <= 12, statements.texts


def test_an_idea_with_many_comments_asks_the_database_little(
    client: Any, idea_of: Callable[..., Idea], comment_on: Callable[..., Comment], count_statements: Callable[[], Any]
) -> None:
    idea = idea_of("Meer bomen")
    for number in range(15):
        comment_on(idea, f"comment {number}")
    client.post_form(f"{BOARD}/{idea.id}", {"text": "Now I am someone"})
    for path in (f"{BOARD}/{idea.id}", f"{BOARD}/{idea.id}/thanks", f"{BOARD}/new"):
        with count_statements() as statements:
            client.get(path)
        assert statements.count <= 12, statements.texts


def test_pages_read_in_arabic_and_dutch(client: Any, idea_of: Callable[..., Idea]) -> None:
    idea = idea_of("Meer bomen", "Veel meer")
    for language, direction in (("nl", "ltr"), ("ar", "rtl")):
        for path in ("", "/new", f"/{idea.id}"):
            page = client.page(f"/{language}/neighbourhoods/WK034401/ideas{path}")
            assert page.html["dir"] == direction


def test_an_unknown_idea_is_not_found(client: Any, neighbourhood: Neighbourhood) -> None:
    for path in (f"/{uuid4()}", f"/{uuid4()}/take-back", f"/comments/{uuid4()}/take-back"):
        assert client.get(BOARD + path).status_code == 404

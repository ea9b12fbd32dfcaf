"""Posting an idea on a phone: one form, one row, nothing lost."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.contributions.models import Contribution, ContributionOriginal, Source
from app.ideas.models import Comment, Idea
from app.people.models import Resident
from app.places.models import Neighbourhood

BOARD = "/en/neighbourhoods/WK034401/ideas"
NEW = f"{BOARD}/new"


def count(session: Any, table: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(table)))


def page_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def test_an_idea_is_posted_and_its_writer_gets_a_receipt_code(
    client: Any, session: Any, neighbourhood: Neighbourhood
) -> None:
    words = {"title": "Een bankje bij de bushalte", "text": "Dan kan mijn moeder zitten.\nGraag met leuning."}
    response = client.post_form(NEW, words, follow_redirects=True)
    assert response.status_code == 200
    assert "Thank you for your idea" in response.get_data(as_text=True)
    code = page_of(response).find(class_="wijk-code")
    assert code is not None
    assert len(code.get_text(strip=True)) == 14
    idea = session.scalars(select(Idea)).one()
    assert (idea.title, idea.text) == (words["title"], words["text"])
    contribution = session.scalars(select(Contribution)).one()
    assert contribution.source is Source.IDEA
    assert contribution.source_key == f"idea:{idea.id}"
    assert contribution.neighbourhood_id == neighbourhood.id
    assert contribution.original is not None
    assert contribution.original.text == f"{words['title']}\n{words['text']}"
    assert contribution.analysed_at is None
    assert words["title"] in client.get(BOARD).get_data(as_text=True)


def test_a_title_alone_is_an_idea(client: Any, session: Any, neighbourhood: Neighbourhood) -> None:
    assert client.post_form(NEW, {"title": "Meer bomen", "text": " \u200b\n"}).status_code == 302
    assert session.scalars(select(ContributionOriginal.text)).one() == "Meer bomen"


@pytest.mark.parametrize(
    ("title", "text", "says"),
    [
        ("", "Some text", "Type your idea in a few words"),
        ("   ", "Some text", "Type your idea in a few words"),
        ("\u200b\u200d\u2060", "Some text", "Type your idea in a few words"),
        ("😡😡😡", "Some text", "Use at least one word"),
        ("x", "Some text", "This is too short"),
        ("y" * 121, "Some text", "This is 1 character too long. Use at most 120."),
        ("A fine title", "z" * 4_100, "This is 100 characters too long. Use at most 4000."),
        ("A fine title", "z" * 20_000, "This is 16000 characters too long. Use at most 4000."),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(
    client: Any, session: Any, neighbourhood: Neighbourhood, title: str, text: str, says: str
) -> None:
    response = client.post_form(NEW, {"title": title, "text": text})
    assert response.status_code == 422
    page = page_of(response)
    summary = page.find(attrs={"role": "alert"})
    assert summary is not None
    assert says in summary.get_text()
    assert page.find(id="title")["value"] == title  # type: ignore[index]
    assert page.find(id="text").get_text().removeprefix("\r\n") == text  # type: ignore[union-attr]
    assert count(session, Idea) == count(session, Contribution) == 0


@pytest.mark.parametrize(
    "title",
    [
        "'); DROP TABLE idea; --",
        "<script>alert(1)</script> & <b>bold</b>",
        "{{ 7 * 7 }} %(num)d {% raw %}",
        "Een 🌳 in elke straat 👍🏽",
        "مقعد بجانب محطة Station 12",
        "z̷̢̛ä̶l̸g̶o̷ text",
        "مقعد\u200cها",
    ],
)
def test_any_text_is_shown_as_it_was_typed(
    client: Any, session: Any, neighbourhood: Neighbourhood, title: str
) -> None:
    shown = page_of(client.post_form(NEW, {"title": title, "text": f"{title} more"}, follow_redirects=True))
    assert session.scalars(select(Idea.title)).one() == title
    idea_page = client.page(f"{BOARD}/{session.scalars(select(Idea.id)).one()}")
    assert idea_page.h1.get_text(strip=True) == title
    assert idea_page.find("bdi") is not None
    assert not idea_page.find_all("script")
    assert shown.h1.get_text(strip=True) == "Thank you for your idea"
    assert title in client.page(BOARD).get_text()


def test_characters_that_nobody_sees_or_no_database_keeps_are_left_out(
    client: Any, session: Any, neighbourhood: Neighbourhood
) -> None:
    client.post_form(NEW, {"title": "Meer\x00 \u202ebomen", "text": "een\r\ntwee\x07"})
    idea = session.scalars(select(Idea)).one()
    assert (idea.title, idea.text) == ("Meer bomen", "een\ntwee")


def test_personal_data_is_taken_out_at_once_and_the_writer_is_told(
    client: Any, session: Any, neighbourhood: Neighbourhood
) -> None:
    words = {"title": "Buurtapp beginnen", "text": "Bel mij op 06 12345678 dan leg ik het uit."}
    response = client.post_form(NEW, words, follow_redirects=True)
    assert "we took this out" in response.get_data(as_text=True)
    assert "a phone number" in response.get_data(as_text=True)
    idea = session.scalars(select(Idea)).one()
    assert "12345678" not in idea.text
    for path in (BOARD, f"{BOARD}?order=supported", f"{BOARD}/{idea.id}"):
        assert "12345678" not in client.get(path).get_data(as_text=True)
    assert idea.contribution.original is not None
    assert "12345678" in idea.contribution.original.text  # for who may read originals


def test_a_resend_gives_the_same_outcome(client: Any, session: Any, neighbourhood: Neighbourhood) -> None:
    fields = {**client.hidden_fields(NEW), "title": "Meer bomen", "text": ""}
    first = client.post(NEW, data=fields)
    second = client.post(NEW, data=fields)
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert count(session, Idea) == count(session, Contribution) == count(session, Resident) == 1


def test_other_words_from_a_page_that_was_sent_before_are_not_lost(
    client: Any, session: Any, neighbourhood: Neighbourhood
) -> None:
    fields = {**client.hidden_fields(NEW), "title": "Meer bomen", "text": ""}
    client.post(NEW, data=fields)
    response = client.post(NEW, data={**fields, "title": "Minder auto's"})
    assert response.status_code == 422
    page = page_of(response)
    assert "Your earlier idea is on the board already" in page.get_text()
    assert page.find(id="title")["value"] == "Minder auto's"  # type: ignore[index]
    again = {name: str(page.find(attrs={"name": name})["value"]) for name in ("csrf_token", "submission_id")}  # type: ignore[index]
    assert client.post(NEW, data={**fields, **again, "title": "Minder auto's"}).status_code == 302
    assert sorted(session.scalars(select(Idea.title))) == ["Meer bomen", "Minder auto's"]


def test_many_taps_at_one_moment_make_one_idea_of_one_resident_who_can_take_it_back(
    app: Flask, client: Any, session: Any, neighbourhood: Neighbourhood
) -> None:
    fields = {**client.hidden_fields(NEW), "title": "Meer bomen", "text": ""}
    cookie = client.get_cookie("wijkstem").value
    session.commit()
    together, answers = Barrier(6), []

    def tap() -> None:
        phone = app.test_client()
        phone.set_cookie("wijkstem", cookie)
        together.wait()
        response = phone.post(NEW, data=fields)
        answers.append((response.status_code, response.location))
        with phone.session_transaction() as kept:
            answers.append((kept["receipt"],))

    taps = [Thread(target=tap) for _ in range(6)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert len(answers) == 12
    assert len(set(answers)) == 2  # one address, one receipt code
    assert count(session, Idea) == count(session, Contribution) == count(session, Resident) == 1
    idea = session.scalars(select(Idea)).one()
    assert client.post_form(f"{BOARD}/{idea.id}/take-back").status_code == 302
    assert client.get(f"{BOARD}/{idea.id}").status_code == 404


def test_opening_pages_changes_nothing(
    client: Any, session: Any, idea_of: Callable[..., Idea], neighbourhood: Neighbourhood
) -> None:
    idea = idea_of("Meer bomen")
    before = [count(session, table) for table in (Idea, Comment, Contribution, Resident)]
    for path in ("", "/new", f"/{idea.id}", f"/{idea.id}/thanks", f"/{idea.id}/take-back"):
        client.get(BOARD + path)
    assert [count(session, table) for table in (Idea, Comment, Contribution, Resident)] == before


def test_the_thanks_page_is_for_who_wrote_it_only(
    client: Any, idea_of: Callable[..., Idea], neighbourhood: Neighbourhood
) -> None:
    idea = idea_of("Meer bomen")
    response = client.get(f"{BOARD}/{idea.id}/thanks")
    assert response.status_code == 302
    assert response.location == f"{BOARD}/{idea.id}"


def test_an_idea_is_found_in_its_own_neighbourhood_only(
    client: Any, idea_of: Callable[..., Idea], other_neighbourhood: Neighbourhood
) -> None:
    idea = idea_of("Meer bomen", place=other_neighbourhood)
    assert client.get(f"{BOARD}/{idea.id}").status_code == 404
    assert "Meer bomen" not in client.get(BOARD).get_data(as_text=True)
    assert client.get(f"/en/neighbourhoods/WK099901/ideas/{idea.id}").status_code == 200
    assert client.get("/en/neighbourhoods/WK000000/ideas").status_code == 404


def test_an_expired_form_comes_back_with_all_that_was_typed(
    client: Any, session: Any, neighbourhood: Neighbourhood
) -> None:
    fields = {**client.hidden_fields(NEW), "title": "Meer bomen", "text": "Veel meer"}
    response = client.post(NEW, data={**fields, "csrf_token": "long ago"}, headers={"Origin": "http://localhost"})
    page = page_of(response)
    sent = {str(i["name"]): str(i["value"]) for i in page.find_all("input", type="hidden")}
    assert {"title": "Meer bomen", "text": "Veel meer"}.items() <= sent.items()
    assert client.post(NEW, data=sent).status_code == 302
    assert session.scalars(select(Idea.text)).one() == "Veel meer"

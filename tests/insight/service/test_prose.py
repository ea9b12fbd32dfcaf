"""A running text by the writer: only when staff asks, only when every sentence is backed by what people say now."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.common.audit import AuditEntry
from app.extensions import db
from app.insight.service import prose
from tests.insight.fake_writer import Answer, FakeWriter


def path(concern, action="", lang="en"):
    return f"/{lang}/staff/concerns/{concern.id}" + (f"/{action}" if action else "")


def honest(body: bytes) -> Answer:
    """Tells each fact as it is."""
    facts = json.loads(json.loads(body)["messages"][1]["content"])
    said = [
        f"{one['fact']}: “{one['quote']}” [{one['number']}]"
        if "quote" in one
        else f"{one['fact']} [{one['number']}]."
        for one in facts
    ]
    answer = json.dumps({"choices": [{"message": {"content": " ".join(said)}}]})
    return 200, {"Content-Type": "application/json"}, answer.encode()


@pytest.fixture
def writer(app) -> Iterator[FakeWriter]:
    """This installation has a writer."""
    made, without = FakeWriter(), app.extensions["settings"]
    app.extensions["settings"] = without.model_copy(update={"writer_url": made.url, "writer_model": "small"})
    made.answer = honest
    yield made
    app.extensions["settings"] = without
    made.stop()


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def concern(make_concern, say):
    found = make_concern()
    for n in range(12):
        say(f"The lift in flat {n} is broken.", found, language="en", feeling="negative", kind="complaint")
    say("The lift is fine, thank you!", found, language="en", feeling="positive", kind="praise", direction=1)
    return found


def text_on(page) -> str:
    return " ".join(page.select_one("section[aria-labelledby=prose]").text.split())


def test_without_a_writer_there_is_nothing_to_ask(staff, concern):
    assert staff.page(path(concern)).select_one("section[aria-labelledby=prose]") is None
    assert staff.post_form(path(concern, "writer"), {}, page=path(concern)).status_code == 404
    assert not prose.write_next()


@pytest.mark.parametrize("lang", ["en", "nl", "ar"])
def test_an_honest_text_is_shown_in_the_readers_language_and_each_sentence_leads_to_people(
    staff, concern, writer, lang
):
    here = path(concern, lang=lang)
    staff.page(here)
    assert not writer.asked  # reading sends nothing
    assert staff.post_form(path(concern, "writer", lang), {}, page=here).status_code == 302
    assert not writer.asked  # nor does asking: the worker does
    assert prose.write_next()
    assert not prose.write_next()
    section = staff.page(here).select_one("section[aria-labelledby=prose]")
    assert "13" in section.text
    assert "The lift is fine, thank you!" in section.text
    assert "“<bdi>The lift is fine, thank you!</bdi>”" in str(section)  # in its own direction
    links = [link["href"] for link in section.select("a")]
    assert len(links) >= 3
    assert all(staff.get(href).status_code == 200 for href in links if href != "#quotes")
    assert db.session.scalars(select(AuditEntry.action)).all().count("concern.ask_writer") == 1


def test_a_text_that_adds_something_is_not_shown(staff, concern, writer):
    writer.says("13 people said this, and the mayor agrees [1].")
    staff.post_form(path(concern, "writer"), {}, page=path(concern))
    prose.write_next()
    told = text_on(staff.page(path(concern)))
    assert "was not used" in told
    assert "mayor" not in told


def test_a_writer_that_does_not_answer_can_be_asked_again(staff, concern, writer):
    writer.answer = lambda _body: (500, {}, b"")
    staff.post_form(path(concern, "writer"), {}, page=path(concern))
    prose.write_next()
    assert "no answer" in text_on(staff.page(path(concern)))
    writer.answer = honest
    staff.post_form(path(concern, "writer"), {}, page=path(concern))
    assert "at work" in text_on(staff.page(path(concern)))
    assert prose.write_next()
    assert "13 people said this." in text_on(staff.page(path(concern)))


def test_when_someone_joins_the_text_is_not_shown_any_more(staff, concern, writer, say):
    staff.post_form(path(concern, "writer"), {}, page=path(concern))
    prose.write_next()
    say("The lift in flat 99 is broken too.", concern, language="en", feeling="negative", kind="complaint")
    told = text_on(staff.page(path(concern)))
    assert "not shown any more" in told
    assert "13 people" not in told


def test_when_words_are_taken_back_every_text_goes(staff, concern, writer, say, withdraw):
    passage = say("The lift smells of glasvezel.", concern, language="en", feeling="negative", kind="complaint")
    staff.post_form(path(concern, "writer"), {}, page=path(concern))
    prose.write_next()
    withdraw(passage.contribution)
    assert db.session.scalar(select(prose.ConcernProse)) is None
    assert "glasvezel" not in staff.page(path(concern)).text


def test_only_redacted_words_and_nothing_urgent_leaves(staff, concern, writer, say):
    say("The lift of [naam] is broken.", concern, original="The lift of Jan Jansen is broken.", language="en")
    say("Someone will be killed in that lift.", concern, language="en", urgent=True)
    staff.post_form(path(concern, "writer"), {}, page=path(concern))
    prose.write_next()
    _path, _headers, body = writer.asked[0]
    assert b"Jansen" not in body
    assert b"killed" not in body


def test_staff_elsewhere_cannot_ask(other_coordinator, sign_in, staff, concern, writer):
    staff.page(path(concern))
    other = sign_in(other_coordinator)
    assert other.post_form(path(concern, "writer"), {}, page="/en/staff").status_code == 404
    assert not prose.write_next()

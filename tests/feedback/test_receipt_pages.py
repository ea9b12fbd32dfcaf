"""Coming back with a receipt code: what happened, taking back, and leaving nothing on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from app.ambitions import service as ambitions
from app.ambitions.models import Ambition
from app.ambitions.states import State
from app.ambitions.traffic_light import Outcome
from app.common.localized import LocalizedText
from app.contributions.models import Contribution
from app.extensions import db, limiter
from app.ideas import service as ideas
from app.insight import service as insight
from app.insight.models import Concern
from app.people.codes import new_code
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from tests.ambitions.conftest import bring_to, words
from tests.feedback.conftest import make_resident

Say = Callable[..., Contribution]
Phone = Callable[[str], Any]


def test_with_a_code_a_resident_sees_what_they_said(say: Say, phone: Phone) -> None:
    resident, code = make_resident()
    say("The wall is wet", resident=resident)
    page = phone(code).page("/en/receipt/mine")
    assert "The wall is wet" in page.text
    assert "We received what you said." in page.text
    assert code in page.text


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code} "])
def test_a_code_may_be_typed_in_other_ways(say: Say, phone: Phone, change: Callable[[str], str]) -> None:
    resident, code = make_resident()
    say("The wall is wet", resident=resident)
    assert "The wall is wet" in phone(change(code)).page("/en/receipt/mine").text


@pytest.mark.parametrize("wrong", ["7KQ4", "7KQ4-9MXT-2RW!", "0" * 12])
def test_a_typing_mistake_is_told_at_once_and_the_typed_code_is_kept(client: Any, wrong: str) -> None:
    answer = client.post_form("/en/receipt", {"code": wrong})
    assert answer.status_code == 422
    assert "This is not a code." in answer.text
    assert f'value="{wrong}"' in answer.text


def test_an_unknown_code_is_answered_as_a_known_one_with_the_same_work(
    client: Any, app: Flask, count_statements: Callable[[], Any]
) -> None:
    _, known = make_resident()
    answers, work = [], []
    for code in (known, new_code()):
        fresh = app.test_client()
        fields = {**fresh.hidden_fields("/en/receipt"), "code": code}  # type: ignore[attr-defined]
        with count_statements() as statements:
            answer = fresh.post("/en/receipt", data=fields)
        work.append(statements.texts)
        answers.append((answer.status_code, answer.location, answer.data, sorted(answer.headers.keys())))
    assert answers[0] == answers[1]
    assert work[0] == work[1]


def test_an_unknown_code_shows_that_nothing_was_sent_with_it(phone: Phone) -> None:
    code = new_code()
    page = phone(code).page("/en/receipt/mine")
    assert "There is nothing here that was sent with this code." in page.text
    assert code in page.text


def test_trying_codes_is_limited(client: Any, app: Flask) -> None:
    limiter.enabled = True
    fields = {**client.hidden_fields("/en/receipt"), "code": "7KQ4"}
    statuses = [client.post("/en/receipt", data=fields).status_code for _ in range(25)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_without_a_code_one_is_asked_for_it(client: Any) -> None:
    assert client.get("/en/receipt/mine").location == "/en/receipt"


def test_forgetting_leaves_nothing_on_the_phone_and_the_words_where_they_are(say: Say, phone: Phone) -> None:
    resident, code = make_resident()
    said = say("The wall is wet", resident=resident)
    client = phone(code)
    client.post_form("/en/receipt/forget", page="/en/receipt/mine")
    assert client.get("/en/receipt/mine").location == "/en/receipt"
    assert said.withdrawn_at is None


def test_a_phone_that_only_opened_a_form_is_not_told_that_it_knows_a_code(
    client: Any, say: Say, phone: Phone
) -> None:
    with client.session_transaction() as stored:
        stored["receipt"] = new_code()
    assert "This phone still knows your code" not in client.page("/en/receipt").text
    resident, code = make_resident()
    say("The wall is wet", resident=resident)
    assert "This phone still knows your code" in phone(code).page("/en/receipt").text


def test_the_page_with_someones_words_is_not_kept_by_the_browser(say: Say, phone: Phone) -> None:
    _, code = make_resident()
    assert phone(code).get("/en/receipt/mine").headers["Cache-Control"] == "no-store"


def test_the_whole_road_is_told_from_the_words_to_the_promise(
    say: Say,
    phone: Phone,
    found: Concern,
    neighbourhood: Neighbourhood,
    coordinator: StaffAccount,
    plan_of: Callable[[], Ambition],
) -> None:
    resident, code = make_resident()
    say("The wall is wet", found, resident)
    client = phone(code)
    text = client.page("/en/receipt/mine").text
    assert "Other people said something like it." in text
    assert "Mould at home" not in text  # a title that nobody looked at is not told
    insight.confirm(found.id, found.version, coordinator)
    text = client.page("/en/receipt/mine").text
    assert "It is part of this concern: Mould at home" in text
    assert "the organisations in your neighbourhood talk about what they can do" in text
    plan = plan_of()
    assert "It led to this plan: Dry homes" in client.page("/en/receipt/mine").text
    bring_to(plan, State.ADOPTED, coordinator)
    assert "Residents chose this plan: Dry homes" in client.page("/en/receipt/mine").text
    party = next(p for p in neighbourhood.municipality.parties if p.sector == "housing")
    due = (datetime.now(UTC) + timedelta(days=100)).date()
    promised = ambitions.Promised(
        party, LocalizedText({"en": "Repair 40 roofs"}), due, LocalizedText({"en": "Count"})
    )
    agreement = ambitions.promise(plan, promised, by=coordinator, submission_id=uuid4())
    text = client.page("/en/receipt/mine").text
    assert "Woningstichting De Sleutel promised, for" in text
    assert "Next: a promise must be kept on" in text
    ambitions.report(
        agreement,
        LocalizedText({"en": "It is done"}),
        outcome=Outcome.KEPT,
        by=coordinator,
        submission_id=uuid4(),
    )
    page = client.page("/en/receipt/mine")
    assert "Woningstichting De Sleutel says that this promise is kept: Repair 40 roofs" in page.text
    assert "It is done" in page.text
    assert page.find("a", href=f"/en/neighbourhoods/WK034401/ambitions/{plan.id}") is not None


@pytest.fixture
def plan_of(neighbourhood: Neighbourhood, found: Concern, coordinator: StaffAccount) -> Callable[[], Ambition]:
    return lambda: ambitions.create(neighbourhood, words(), by=coordinator, submission_id=uuid4(), concern=found)


def test_a_dismissed_concern_tells_the_reason(
    say: Say, phone: Phone, found: Concern, coordinator: StaffAccount
) -> None:
    resident, code = make_resident()
    say("The wall is wet", found, resident)
    insight.dismiss(found.id, found.version, LocalizedText({"en": "The house is being pulled down"}), coordinator)
    text = phone(code).page("/en/receipt/mine").text
    assert "It is taken no further." in text
    assert "The house is being pulled down" in text


def test_an_idea_and_a_comment_are_shown_and_taken_back(neighbourhood: Neighbourhood, phone: Phone) -> None:
    resident, code = make_resident()
    idea, _ = ideas.post_idea(resident, neighbourhood.id, submission_id=uuid4(), title="A bench", text="At the canal")
    other, _ = make_resident()
    theirs, _ = ideas.post_idea(other, neighbourhood.id, submission_id=uuid4(), title="A tree", text="")
    comment, _ = ideas.post_comment(resident, theirs, submission_id=uuid4(), text="Plant two")
    client = phone(code)
    text = client.page("/en/receipt/mine").text
    assert "Your idea" in text
    assert "Your reaction to an idea" in text
    for kind, posted in (("idea", idea), ("comment", comment)):
        path = f"/en/receipt/mine/{kind}/{posted.id}/withdraw"
        client.get(path)
        assert posted.contribution.withdrawn_at is None  # opening a page changes nothing
        assert client.post_form(path).location == "/en/receipt/mine"
        assert posted.contribution.withdrawn_at is not None
        assert posted.text == ""
        again = client.post(path, data=client.hidden_fields("/en/receipt"))
        assert again.location == "/en/receipt/mine"  # twice is once
    text = client.page("/en/receipt/mine").text
    assert "Your idea" not in text
    assert "What you took back" in text


def test_a_hidden_idea_tells_its_writer_why(
    neighbourhood: Neighbourhood, phone: Phone, coordinator: StaffAccount
) -> None:
    resident, code = make_resident()
    idea, _ = ideas.post_idea(resident, neighbourhood.id, submission_id=uuid4(), title="A bench", text="")
    ideas.hide(coordinator, idea, "It names a neighbour")
    text = phone(code).page("/en/receipt/mine").text
    assert "keeps it from others" in text
    assert "It names a neighbour" in text


def test_nobody_can_see_or_take_back_what_is_not_theirs(say: Say, phone: Phone, neighbourhood: Neighbourhood) -> None:
    owner, _ = make_resident()
    note = say("The wall is wet", resident=owner)
    nobodys = say("The lift is broken")
    idea, _ = ideas.post_idea(owner, neighbourhood.id, submission_id=uuid4(), title="A bench", text="")
    _, code = make_resident()
    client = phone(code)
    token = client.hidden_fields("/en/receipt")
    for kind, item_id in (
        ("words", note.id),
        ("words", nobodys.id),
        ("idea", idea.id),
        ("comment", idea.id),
        ("survey", note.id),
        ("nothing", note.id),
    ):
        path = f"/en/receipt/mine/{kind}/{item_id}/withdraw"
        assert client.get(path).status_code == 404, path
        assert client.post(path, data=token).status_code == 404, path
    assert db.session.get_one(Contribution, note.id).withdrawn_at is None
    assert db.session.get_one(Contribution, idea.contribution_id).withdrawn_at is None


def test_the_page_takes_at_most_twelve_statements_however_much_was_said(
    say: Say,
    phone: Phone,
    plan: Ambition,
    confirmed: Concern,
    coordinator: StaffAccount,
    neighbourhood: Neighbourhood,
    count_statements: Callable[[], Any],
) -> None:
    resident, code = make_resident()
    for number in range(8):
        say(f"Wet wall {number}", confirmed, resident)
        ideas.post_idea(resident, neighbourhood.id, submission_id=uuid4(), title=f"Idea {number}", text="")
    bring_to(plan, State.ADOPTED, coordinator)
    client = phone(code)
    db.session.commit()
    with count_statements() as statements:
        assert client.get("/en/receipt/mine").status_code == 200
    assert statements.count <= 12, statements.texts

"""Voting in pages, as a coordinator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app.extensions import db
from app.people.models import StaffAccount
from app.voting import service
from app.voting.models import AccessCode, Poll, PollState

HERE = "/en/neighbourhoods/WK034401/polls"
AFTER = datetime(2027, 3, 29, 12, tzinfo=UTC)


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def test_lines_of_options_belong_together_and_empty_ones_are_no_options(
    sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount
) -> None:
    typed = {
        "title_nl": "Het plein", "question_nl": "Wat?", "options_nl": "Bomen\r\nBankjes\r\n\r\n",
        "options_ar": "\r\nمقاعد", "last_day": "2027-04-30", "seats": "1", "min_choices": "1", "max_choices": "1",
        "threshold_percent": "0",
    }  # fmt: skip
    sign_in(coordinator).post_form("/en/staff/neighbourhoods/WK034401/polls/new", typed)
    poll = db.session.scalars(select(Poll)).one()
    assert [dict(o.title.texts) for o in poll.options] == [{"nl": "Bomen"}, {"nl": "Bankjes", "ar": "مقاعد"}]


def test_a_sheet_is_shown_once_and_a_lost_one_is_ended(
    sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount, open_poll: Poll
) -> None:
    client, page = sign_in(coordinator), f"/en/staff/polls/{open_poll.id}"
    fields = client.hidden_fields(f"{page}/codes", page=page)
    sheets = [client.post(f"{page}/codes", data={**fields, "amount": "4", "area": "Kade"}) for _tap in range(2)]
    assert text(sheets[0]).count("wijk-sheet__card") == 4
    assert sheets[0].headers["Cache-Control"] == "no-store"
    assert sheets[1].status_code == 302
    assert "can be shown only once" in text(client.get(page))
    wrong = client.post_form(f"{page}/void", {"first": "4", "last": "1"}, page=page)
    assert "can not be lower than the first" in text(wrong)
    ended = client.post_form(f"{page}/void", {"first": "1", "last": "4"}, page=page, follow_redirects=True)
    assert "4 codes no longer count." in text(ended)
    assert service.codes_given(open_poll) == 0
    for amount in ("0", "501", "", "many"):
        assert client.post_form(f"{page}/codes", {"amount": amount}, page=page).status_code == 422


def test_a_letter_leads_to_the_vote_and_its_code_is_read_from_the_sheet(
    client: Any, sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount, open_poll: Poll
) -> None:
    staff, page = sign_in(coordinator), f"/en/staff/polls/{open_poll.id}"
    sheet = staff.post_form(f"{page}/codes", {"amount": "1"}, page=page)
    card = BeautifulSoup(sheet.data, "html.parser").select_one(".wijk-sheet__card")
    assert card is not None
    code = str(card.select_one(".wijk-code").get_text(strip=True))  # type: ignore[union-attr]
    assert f"http://localhost{HERE}/{open_poll.slug}/vote" in card.get_text()
    assert service.code_for(open_poll, code).has_voted is False
    assert client.get(f"{HERE}/{open_poll.slug}/vote?code={code}").status_code == 200


def test_while_it_is_open_staff_see_how_many_ballots_and_nothing_of_what_they_say(
    sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount, open_poll: Poll, codes: list[str]
) -> None:
    for code in codes[:6]:
        service.cast(open_poll, code, ["3"], str(uuid4()), replace=False)
    page = sign_in(coordinator).page(f"/en/staff/polls/{open_poll.id}")
    figures = [item.get_text(" ", strip=True) for item in page.select(".wijk-figures__item")]
    assert figures == ["8 codes were handed out", "6 ballots are in the box"]
    assert page.select("svg.wijk-bars__bar") == []


def test_a_coordinator_makes_a_poll_prints_codes_and_opens_it(
    sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount
) -> None:
    client = sign_in(coordinator)
    typed = {
        "title_nl": "Het plein", "question_nl": "Wat komt er op het plein?",
        "options_nl": "Bomen\nBankjes\nEen fontein", "title_ar": "الساحة", "options_ar": "أشجار\n\nنافورة",
        "last_day": "2027-04-30", "seats": "2", "min_choices": "1", "max_choices": "2", "threshold_percent": "20",
    }  # fmt: skip
    made = client.post_form("/en/staff/neighbourhoods/WK034401/polls/new", typed)
    poll = db.session.scalars(select(Poll)).one()
    assert made.location == f"/en/staff/polls/{poll.id}"
    assert poll.options[1].title.missing(("nl", "ar")) == ("ar",)
    sheet = client.post_form(f"{made.location}/codes", {"amount": "3", "area": "Kade"}, page=made.location)
    assert text(sheet).count("<svg") >= 3
    assert text(sheet).count("wijk-code") == 3
    assert db.session.scalar(select(func.count()).select_from(AccessCode)) == 3
    assert client.post_form(f"{made.location}/open", page=made.location).status_code == 302
    assert poll.state is PollState.OPEN


def test_a_poll_that_cannot_be_comes_back_with_all_that_was_typed(
    sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount
) -> None:
    client = sign_in(coordinator)
    typed = {
        "title_nl": "Het plein", "question_nl": "Wat?", "options_nl": "Alleen dit", "last_day": "2020-01-01",
        "seats": "1", "min_choices": "3", "max_choices": "1", "threshold_percent": "0",
    }  # fmt: skip
    response = client.post_form("/en/staff/neighbourhoods/WK034401/polls/new", typed)
    assert response.status_code == 422
    assert "Alleen dit" in text(response)
    for words in ("at least two options", "not over yet", "the least can not be more than the most"):
        assert words in text(response)
    for day, words in (("9999-12-31", "within a year"), ("2027-03-27", "not over yet")):
        response = client.post_form("/en/staff/neighbourhoods/WK034401/polls/new", {**typed, "last_day": day})
        assert words in text(response)
    assert db.session.scalar(select(func.count()).select_from(Poll)) == 0


def test_another_municipalitys_coordinator_finds_no_such_poll(
    sign_in: Callable[[StaffAccount], Any], other_coordinator: StaffAccount, open_poll: Poll
) -> None:
    client = sign_in(other_coordinator)
    assert client.get(f"/en/staff/polls/{open_poll.id}").status_code == 404
    token = client.hidden_fields("/en/staff/neighbourhoods/WK099901/polls/new")["csrf_token"]
    for act in ("open", "cancel", "codes", "replace", "void"):
        assert client.post(f"/en/staff/polls/{open_poll.id}/{act}", data={"csrf_token": token}).status_code == 404
    assert open_poll.state is PollState.OPEN


def test_a_counted_vote_on_ambitions_leads_its_coordinator_on(
    sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount, open_poll: Poll, clock: Any
) -> None:
    client, page = sign_in(coordinator), f"/en/staff/polls/{open_poll.id}"
    assert "Take over the result" not in text(client.get(page))
    clock.move_to(AFTER)
    service.close_due_polls()
    client = sign_in(coordinator)
    assert f'href="{page}/take-over"' in text(client.get(page))
    assert "Make a sheet with codes" not in text(client.get(page))

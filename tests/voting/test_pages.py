"""Voting in pages, as a resident and as a coordinator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from app.common.clock import playing
from app.extensions import db
from app.people.models import StaffAccount
from app.voting import service
from app.voting.models import AccessCode, Envelope, Poll, PollState

HERE = "/en/neighbourhoods/WK034401/polls"
AFTER = datetime(2027, 3, 29, 12, tzinfo=UTC)


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def test_a_resident_votes_checks_and_is_told_it_is_in_the_box(client: Any, open_poll: Poll, codes: list[str]) -> None:
    page = f"{HERE}/{open_poll.slug}"
    assert "Vote with my code" in text(client.get(page))
    entered = client.post_form(f"{page}/vote", {"code": codes[0].lower().replace("-", " ")})
    assert entered.location == f"{page}/vote/ballot"
    checked = client.post_form(f"{page}/vote/ballot", {"choices": ["1", "3"], "step": "check"})
    assert "Is this your ballot?" in text(checked)
    assert "Bomen" in text(checked)
    assert "Bankjes" not in text(checked)
    fields = client.hidden_fields(f"{page}/vote/ballot")
    cast = client.post(f"{page}/vote/ballot", data={**fields, "choices": ["1", "3"], "step": "cast"})
    assert cast.location == f"{page}/vote/done"
    done = text(client.get(cast.location))
    assert "Your ballot is in the box" in done
    assert "Bomen" not in done


def test_opening_the_link_of_a_letter_changes_nothing(client: Any, open_poll: Poll, codes: list[str]) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    for _scanner in range(3):
        assert codes[0] in text(client.get(f"{page}?code={codes[0]}"))
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0
    assert client.post_form(page, {"code": codes[0]}).status_code == 302


def test_messages_tell_a_typing_mistake_from_a_wrong_code_and_keep_what_was_typed(
    client: Any, open_poll: Poll, codes: list[str]
) -> None:
    from app.people.codes import new_code

    page = f"{HERE}/{open_poll.slug}/vote"
    mistyped = client.post_form(page, {"code": "2222-3333-444"})
    assert mistyped.status_code == 422
    assert "typing mistake" in text(mistyped)
    assert "2222-3333-444" in text(mistyped)
    assert "not for this vote" in text(client.post_form(page, {"code": new_code()}))
    assert "Type the code" in text(client.post_form(page, {"code": ""}))


def test_too_many_choices_get_a_message_and_stay_ticked(client: Any, open_poll: Poll, codes: list[str]) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    for step in ("check", "cast"):
        response = client.post_form(f"{page}/ballot", {"choices": ["1", "2", "3", "4"], "step": step})
        assert response.status_code == 422
        assert "3 options at most" in text(response)
        assert text(response).count(" checked") == 4
    none = client.post_form(f"{page}/ballot", {"step": "check"})
    assert "at least 1 option" in text(none)
    unknown = client.post_form(f"{page}/ballot", {"choices": ["<b>"], "step": "cast"})
    assert "not on this ballot" in text(unknown)
    assert service.ballots_in(open_poll) == 0


def test_a_code_used_on_two_phones_gives_one_ballot_and_a_clear_question(
    app: Any, open_poll: Poll, codes: list[str]
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    phones = [app.test_client(), app.test_client()]
    forms = []
    for phone in phones:
        phone.post_form(page, {"code": codes[0]})
        forms.append(phone.hidden_fields(f"{page}/ballot"))
    first = phones[0].post(f"{page}/ballot", data={**forms[0], "choices": ["1"], "step": "cast"})
    second = phones[1].post(f"{page}/ballot", data={**forms[1], "choices": ["2"], "step": "cast"})
    assert first.status_code == 302
    assert second.status_code == 409
    assert "Only one counts" in text(second)
    assert service.ballots_in(open_poll) == 1


def test_a_ballot_that_was_open_at_closing_is_refused_with_a_clear_message(
    client: Any, open_poll: Poll, codes: list[str], monkeypatch: Any
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    fields = client.hidden_fields(f"{page}/ballot")
    monkeypatch.setattr("app.voting.models.now", lambda: AFTER)
    late = client.post(f"{page}/ballot", data={**fields, "choices": ["1"], "step": "cast"})
    assert late.status_code == 409
    assert "was not put in the box" in text(late)
    assert service.ballots_in(open_poll) == 0


def test_the_result_says_who_won_why_and_how_to_count_again(client: Any, open_poll: Poll, codes: list[str]) -> None:
    for place, code in enumerate(codes[:7]):
        service.cast(open_poll, code, ["1", "2"] if place < 4 else ["3"], str(place), replace=False)
    with playing(AFTER):
        service.close_due_polls()
    page = text(client.get(f"{HERE}/{open_poll.slug}"))
    for words in ("What residents chose", "would have been enough", "Download all ballots", "8"):
        assert words in page
    published = client.get(f"{HERE}/{open_poll.slug}/ballots.json").json
    assert len(published["ballots"]) == 7
    assert not any(code in str(published) for code in codes)


def test_before_the_count_no_door_gives_ballots(client: Any, open_poll: Poll, codes: list[str]) -> None:
    service.cast(open_poll, codes[0], ["1"], "x", replace=False)
    assert client.get(f"{HERE}/{open_poll.slug}/ballots.json").status_code == 404


def test_a_draft_is_nobodys_business(client: Any, draft_poll: Poll) -> None:
    assert client.get(f"{HERE}/{draft_poll.slug}").status_code == 404
    assert "What first?" not in text(client.get(HERE))


def test_a_coordinator_makes_a_poll_prints_codes_and_opens_it(
    sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount
) -> None:
    client = sign_in(coordinator)
    typed = {
        "title_nl": "Het plein", "question_nl": "Wat komt er op het plein?",
        "options_nl": "Bomen\nBankjes\nEen fontein", "title_ar": "الساحة", "options_ar": "أشجار\n\nنافورة",
        "last_day": "2027-03-01", "seats": "2", "max_choices": "2", "threshold_percent": "20",
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
        "seats": "1", "max_choices": "1", "threshold_percent": "0",
    }  # fmt: skip
    response = client.post_form("/en/staff/neighbourhoods/WK034401/polls/new", typed)
    assert response.status_code == 422
    assert "Alleen dit" in text(response)
    assert "at least two options" in text(response)


def test_another_municipalitys_coordinator_finds_no_such_poll(
    sign_in: Callable[[StaffAccount], Any], other_coordinator: StaffAccount, open_poll: Poll
) -> None:
    client = sign_in(other_coordinator)
    assert client.get(f"/en/staff/polls/{open_poll.id}").status_code == 404
    token = client.hidden_fields("/en/staff/neighbourhoods/WK099901/polls/new")["csrf_token"]
    for act in ("open", "cancel", "codes", "replace"):
        assert client.post(f"/en/staff/polls/{open_poll.id}/{act}", data={"csrf_token": token}).status_code == 404
    assert open_poll.state is PollState.OPEN


def test_no_page_asks_the_database_too_much(
    client: Any, open_poll: Poll, codes: list[str], count_statements: Any, sign_in: Any, coordinator: StaffAccount
) -> None:
    page = f"{HERE}/{open_poll.slug}"
    client.post_form(f"{page}/vote", {"code": codes[0]})
    staff = sign_in(coordinator)
    paths = [(client, p) for p in (HERE, page, f"{page}/vote", f"{page}/vote/ballot")]
    paths += [(staff, f"/en/staff/polls/{open_poll.id}"), (staff, "/en/staff/neighbourhoods/WK034401/polls")]
    for who, path in paths:
        with count_statements() as statements:
            assert who.get(path).status_code == 200
        assert statements.count <= 12, (path, statements.texts)


def test_many_tries_with_codes_are_stopped(client: Any, open_poll: Poll) -> None:
    from app.extensions import limiter
    from app.people.codes import new_code

    limiter.enabled = True
    limiter.reset()
    tries = [client.post_form(f"{HERE}/{open_poll.slug}/vote", {"code": new_code()}).status_code for _ in range(25)]
    assert tries[0] == 422
    assert tries[-1] == 429

"""Voting in pages, as a resident."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup, Tag
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app.common.clock import playing
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.voting import service
from app.voting.models import Ballot, Envelope, Poll
from tests.voting.conftest import PLANS

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
    client: Any, open_poll: Poll, codes: list[str], clock: Any
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    fields = client.hidden_fields(f"{page}/ballot")
    clock.move_to(datetime(2027, 3, 28, 22, 0, tzinfo=UTC))
    late = client.post(f"{page}/ballot", data={**fields, "choices": ["1"], "step": "cast"})
    assert late.status_code == 409
    assert "was not put in the box" in text(late)
    assert "This vote is closed" in text(late)
    assert service.ballots_in(open_poll) == 0
    assert "being counted" in text(client.get(page, follow_redirects=True))


def test_a_ballot_that_was_open_when_the_vote_was_cancelled_hears_why(
    client: Any, open_poll: Poll, codes: list[str], coordinator: StaffAccount
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    fields = client.hidden_fields(f"{page}/ballot")
    service.cancel_poll(open_poll, LocalizedText({"en": "The square was sold."}), coordinator)
    late = client.post(f"{page}/ballot", data={**fields, "choices": ["1"], "step": "cast"})
    assert late.status_code == 409
    assert "The square was sold." in text(late)
    assert "The square was sold." in text(client.get(page, follow_redirects=True))


def test_two_letters_on_one_phone_are_two_ballots_each_with_its_own_code(
    client: Any, open_poll: Poll, codes: list[str]
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    forms = []
    for code in codes[:2]:  # two tabs, side by side
        client.post_form(page, {"code": code})
        forms.append(client.hidden_fields(f"{page}/ballot"))
    for fields in forms:
        cast = client.post(f"{page}/ballot", data={**fields, "choices": ["1"], "step": "cast"})
        assert cast.location == f"{page}/done"
    assert service.ballots_in(open_poll) == 2


def test_a_session_that_ended_loses_no_choice(client: Any, open_poll: Poll, codes: list[str]) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    sent = {**client.hidden_fields(f"{page}/ballot"), "choices": ["1", "3"], "step": "check"}
    client.delete_cookie("wijkstem")
    expired = client.post(f"{page}/ballot", data=sent, headers={"Origin": "http://localhost"})
    assert expired.status_code == 400
    form = BeautifulSoup(expired.data, "html.parser").find("form", action=f"{page}/ballot")
    assert isinstance(form, Tag)
    again = MultiDict((str(i["name"]), str(i["value"])) for i in form.find_all("input") if isinstance(i, Tag))
    checked = text(client.post(f"{page}/ballot", data=again))
    assert "Is this your ballot?" in checked
    assert "Bomen" in checked
    assert "Lampen" in checked


def test_a_code_that_was_replaced_meanwhile_loses_no_choice(
    client: Any, open_poll: Poll, codes: list[str], coordinator: StaffAccount
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    fields = client.hidden_fields(f"{page}/ballot")
    fresh = service.replace_code(open_poll, 1, str(uuid4()), coordinator)
    refused = client.post(f"{page}/ballot", data={**fields, "choices": ["1", "3"], "step": "cast"})
    assert refused.status_code == 409
    kept = [i["value"] for i in BeautifulSoup(refused.data, "html.parser").find_all("input", {"name": "choices"})]
    assert kept == ["1", "3"]
    ballot = client.post(page, data={"csrf_token": fields["csrf_token"], "code": fresh.code, "choices": kept})
    assert text(ballot).count(" checked") == 2


def test_the_same_ballot_sent_again_hears_the_same(client: Any, open_poll: Poll, codes: list[str]) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    fields = {**client.hidden_fields(f"{page}/ballot"), "choices": ["1"], "step": "cast"}
    answers = [client.post(f"{page}/ballot", data=fields).location for _tap in range(3)]
    assert answers == [f"{page}/done"] * 3
    assert service.ballots_in(open_poll) == 1


def test_going_back_after_voting_and_choosing_otherwise_replaces_the_ballot(
    client: Any, open_poll: Poll, codes: list[str]
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    first = {**client.hidden_fields(f"{page}/ballot"), "choices": ["1"]}
    for choice in ("1", "2"):  # the second time from the page that the browser kept
        checked = client.post(f"{page}/ballot", data={**first, "choices": [choice], "step": "check"})
        form = BeautifulSoup(checked.data, "html.parser").find("form", action=f"{page}/ballot")
        assert isinstance(form, Tag)
        sent = {str(i["name"]): str(i["value"]) for i in form.find_all("input") if isinstance(i, Tag)}
        assert client.post(f"{page}/ballot", data={**sent, "step": "cast"}).status_code == 302
    with playing(AFTER):
        service.close_due_polls()
    assert db.session.scalars(select(Ballot.choices)).all() == [["2"]]


def test_options_are_read_in_words_and_another_language_is_named(
    client: Any, open_poll: Poll, codes: list[str]
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.post_form(page, {"code": codes[0]})
    labels = [label.get_text(" ", strip=True) for label in client.page(f"{page}/ballot").select("main label")]
    assert sorted(labels) == [f"{plan} (in Dutch, no translation yet)" for plan in sorted(PLANS)]


def test_what_shows_a_choice_or_holds_a_code_does_not_stay_on_a_shared_computer(
    client: Any, open_poll: Poll, codes: list[str]
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    answers = [client.get(f"{page}?code={codes[0]}"), client.post_form(page, {"code": "typo"})]
    client.post_form(page, {"code": codes[0]})
    answers += [client.get(f"{page}/ballot")]
    answers += [client.post_form(f"{page}/ballot", {"choices": ["1"], "step": "check"})]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 4


def test_no_log_line_holds_a_code_or_a_choice(
    client: Any, open_poll: Poll, codes: list[str], capfd: Any, caplog: Any
) -> None:
    page = f"{HERE}/{open_poll.slug}/vote"
    client.get(f"{page}?code={codes[0]}")
    client.post_form(page, {"code": codes[0]})
    client.post_form(f"{page}/ballot", {"choices": ["3"], "step": "cast"})
    assert service.ballots_in(open_poll) == 1
    lines = capfd.readouterr().err + caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert '"endpoint": "voting.ballot"' in lines
    for secret in (codes[0], codes[0].replace("-", ""), "Lampen", "choices"):
        assert secret not in lines


def test_the_result_says_who_won_why_and_how_to_count_again(client: Any, open_poll: Poll, codes: list[str]) -> None:
    for place, code in enumerate(codes[:7]):
        service.cast(open_poll, code, ["1", "2"] if place < 4 else ["3"], str(place), replace=False)
    with playing(AFTER):
        service.close_due_polls()
    page = text(client.get(f"{HERE}/{open_poll.slug}"))
    for words in ("What residents chose", "Download all ballots", "8", "4 of 7 voters want this (57%).",
                  "Not chosen. 3 of 7 voters want this (43%). Each option that was chosen has 4 votes or more.",
                  "At least 1 vote was needed."):  # fmt: skip
        assert words in page
    assert (page.count("more vote would have been"), page.count("more votes would have been")) in ((1, 1), (0, 2))
    published = client.get(f"{HERE}/{open_poll.slug}/ballots.json").json
    assert len(published["ballots"]) == 7
    assert not any(code in str(published) for code in codes)


def test_before_the_count_no_door_gives_ballots(client: Any, open_poll: Poll, codes: list[str]) -> None:
    service.cast(open_poll, codes[0], ["1"], "x", replace=False)
    assert client.get(f"{HERE}/{open_poll.slug}/ballots.json").status_code == 404


def test_a_letter_that_comes_before_the_vote_opens_is_told_to_wait_and_no_more(client: Any, draft_poll: Poll) -> None:
    for path in ("", "/vote", "/vote/ballot", "/vote/done"):
        early = client.get(f"{HERE}/{draft_poll.slug}{path}")
        assert early.status_code == 404
        assert "This vote is not open yet" in text(early)
        assert "What first?" not in text(early)
        assert "Bomen" not in text(early)
    assert "What first?" not in text(client.get(HERE))
    assert "not open yet" not in text(client.get(f"{HERE}/no-such-vote"))


def test_a_draft_that_was_cancelled_stands_in_no_list_of_residents(
    client: Any, draft_poll: Poll, coordinator: StaffAccount
) -> None:
    service.cancel_poll(draft_poll, LocalizedText({"en": "A mistake."}), coordinator)
    assert "What first?" not in text(client.get(HERE))
    assert "A mistake." in text(client.get(f"{HERE}/{draft_poll.slug}"))  # for who has a letter already


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
    for place, code in enumerate(codes):
        service.cast(open_poll, code, ["1"], str(place), replace=False)
    with playing(AFTER):
        service.close_due_polls()
    for path in (page, f"{page}/ballots.json"):
        with count_statements() as statements:
            assert client.get(path).status_code == 200
        assert statements.count <= 12, (path, statements.texts)


def test_many_tries_with_codes_are_stopped(client: Any, open_poll: Poll) -> None:
    from app.extensions import limiter
    from app.people.codes import new_code

    limiter.enabled = True
    limiter.reset()
    tries = [client.post_form(f"{HERE}/{open_poll.slug}/vote", {"code": new_code()}).status_code for _ in range(25)]
    assert tries[0] == 422
    assert tries[-1] == 429

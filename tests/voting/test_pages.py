"""Voting in pages, as a resident and as a coordinator."""

from __future__ import annotations

from collections.abc import Callable
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
from app.voting.models import AccessCode, Ballot, Envelope, Poll, PollState
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

"""A resident fills in a survey: page by page, with changes of mind, mistakes and double taps."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.contributions.models import Contribution, ContributionOriginal, Source
from app.people.models import Resident
from app.people.residents import resident_by_code
from app.surveys.answers import TOLD
from app.surveys.models import Answer, Response, source_key
from tests.surveys.phones import PATH, Phone


def stored(session: Any) -> dict[str, Any]:
    return {answer.question_id: answer.value for answer in session.scalars(select(Answer))}


def words(session: Any) -> set[str]:
    return set(session.scalars(select(ContributionOriginal.text)))


def count(session: Any, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_what_is_sent_counts_and_own_words_go_into_the_stream(phone: Phone, session: Any) -> None:
    phone.whole_chain(story="Nobody came", wish="A new lift")
    assert phone.send().location.endswith("/thanks")
    response = session.scalars(select(Response)).one()
    assert response.submitted_at is not None
    assert response.language == "en"
    assert stored(session) == {
        "broken": ["lift"], "people": 2, "told": "yes_told", "reply": 1, "story": TOLD, "wish": TOLD,
    }  # fmt: skip
    contributions = session.scalars(select(Contribution)).all()
    assert {(c.source, c.resident_id) for c in contributions} == {(Source.SURVEY_ANSWER, response.resident_id)}
    keys = {
        source_key(a.id) for a in session.scalars(select(Answer).where(Answer.question_id.in_(["story", "wish"])))
    }
    assert {c.source_key for c in contributions} == keys
    assert words(session) == {"Nobody came", "A new lift"}


def test_the_receipt_code_is_shown_when_it_is_sent_and_is_the_residents(phone: Phone, session: Any) -> None:
    phone.shortest()
    text = phone.text("/thanks")
    assert "Keep this code" in text
    assert "You hear before" in text
    resident = resident_by_code(phone.code().replace("-", ""))
    assert resident is not None
    assert resident.id == session.scalars(select(Response.resident_id)).one()


def test_after_a_change_of_mind_nothing_of_the_chain_is_sent(phone: Phone, session: Any) -> None:
    phone.whole_chain(story="Nobody came", wish="A garden")
    phone.fill_in("home", broken=["nothing"], people="2", query="?from=summary")
    summary = phone.text("/summary")
    assert "Did you tell the landlord?" not in summary
    assert "Nobody came" not in summary
    phone.send()
    assert stored(session) == {"broken": ["nothing"], "people": 2, "wish": TOLD}
    assert words(session) == {"A garden"}


def test_hidden_answers_come_back_when_the_mind_changes_again(phone: Phone) -> None:
    phone.whole_chain(story="Nobody came")
    phone.fill_in("home", broken=["nothing"], people="2", query="?from=summary")
    phone.fill_in("home", broken=["door"], people="2", query="?from=summary")
    assert "Nobody came" in phone.text("/summary")


def test_a_hidden_answer_in_the_middle_steers_nothing(phone: Phone) -> None:
    phone.whole_chain()
    phone.fill_in("told", told="not_told", query="?from=summary")
    summary = phone.text("/summary")
    assert "How good was the reply?" not in summary
    assert "What went wrong?" not in summary


def test_a_change_that_asks_something_new_leads_there_and_back_to_the_summary(phone: Phone) -> None:
    phone.begin()
    phone.fill_in("home", broken=["nothing"], people="4")
    phone.fill_in("last", wish="")
    answer = phone.fill_in("home", broken=["lift"], people="4", query="?from=summary")
    assert answer.location.endswith("/questions/told?from=summary")
    assert phone.fill_in("told", told="not_told", query="?from=summary").location.endswith("/summary")


def test_the_order_is_that_of_what_is_asked(phone: Phone) -> None:
    assert phone.begin().location.endswith("/questions/home")
    assert phone.fill_in("home", broken=["nothing"], people="2").location.endswith("/questions/last")
    assert phone.fill_in("last", back=True).location.endswith("/questions/home")
    assert phone.fill_in("home", back=True, broken=["nothing"], people="2").location == PATH
    assert phone.fill_in("home", broken=["lift"], people="2").location.endswith("/questions/told")


def test_back_keeps_what_is_right_and_does_not_complain(phone: Phone) -> None:
    phone.begin()
    phone.fill_in("home", broken=["lift"], people="2")
    phone.fill_in("told", told="yes_told")
    assert phone.fill_in("told", back=True).status_code == 303
    phone.fill_in("after", back=True, reply="2")
    assert phone.see("/questions/after").select_one("input[value='2'][checked]") is not None


def test_no_page_is_reached_before_those_that_lead_to_it(phone: Phone) -> None:
    phone.begin()
    for ahead in ("/questions/last", "/questions/story", "/summary"):
        response = phone.client.get(PATH + ahead)
        assert response.status_code in (302, 303, 404)
    assert phone.client.get(f"{PATH}/questions/last").location.endswith("/questions/home")
    assert phone.client.get(f"{PATH}/summary").location.endswith("/questions/home")
    assert phone.client.get(f"{PATH}/thanks").location.endswith("/summary")
    assert phone.client.get(f"{PATH}/questions/why_bad").location.endswith("/questions/home")


def test_without_a_beginning_each_page_leads_to_the_introduction(phone: Phone) -> None:
    for page in ("/questions/home", "/summary", "/thanks"):
        assert phone.client.get(PATH + page).location == PATH


def test_a_page_with_mistakes_comes_back_exactly_as_it_was_left(phone: Phone, session: Any) -> None:
    phone.begin()
    answer = phone.fill_in("home", broken=["lift", "nothing"], people="twenty")
    assert answer.status_code == 422
    assert "“Nothing” does not go with another answer" in answer.text
    assert "Type a whole number, for example 3." in answer.text
    page = BeautifulSoup(answer.data, "html.parser")
    ticked = [i["value"] for i in page.select("input[name=q_broken][checked]")]
    assert ticked == ["lift", "nothing"]
    number = page.select_one("#q_people")
    assert number is not None
    assert number["value"] == "twenty"
    links = [a["href"] for a in page.select("[role=alert] a")]
    assert links == ["#q_broken", "#q_people"]
    assert all(page.select_one(link) is not None for link in links)
    assert page.title is not None
    assert page.title.get_text().startswith("Mistake:")
    assert count(session, Answer) == 0


def test_a_failed_page_does_not_show_an_earlier_answer_in_place_of_what_was_cleared(phone: Phone) -> None:
    phone.begin()
    phone.fill_in("home", broken=["lift"], people="7")
    answer = phone.fill_in("home", people="")
    assert answer.status_code == 422
    assert "checked" not in answer.text
    assert 'value="7"' not in answer.text


def test_declining_is_an_answer_of_its_own(phone: Phone, session: Any) -> None:
    phone.begin()
    phone.fill_in("home", broken=["rather-not-say"], people="", none_people="y")
    assert stored(session) == {"broken": {"no_answer": "declined"}, "people": {"no_answer": "declined"}}
    page = phone.see("/questions/home")
    assert [i["name"] for i in page.select("input[checked]")] == ["q_broken", "none_people"]
    phone.fill_in("last", wish="")
    assert phone.text("/summary").count("I would rather not say") == 2
    both = phone.fill_in("home", broken=["rather-not-say", "lift"], people="3", none_people="y")
    assert both.text.count("Keep one of the two.") == 4  # at each field and in the summary


def test_a_double_tap_on_a_step_or_on_send_is_one(phone: Phone, session: Any) -> None:
    fields = phone.client.hidden_fields(f"{PATH}/begin", PATH)
    for _tap in range(2):
        assert phone.client.post(f"{PATH}/begin", data=fields).status_code == 303
    first = phone.fill_in("home", broken=["lift"], people="2")
    again = phone.fill_in("home", broken=["lift"], people="2")
    assert first.location == again.location
    phone.fill_in("told", told="not_told")
    phone.fill_in("last", wish="Trees")
    fields = phone.client.hidden_fields(f"{PATH}/send", f"{PATH}/summary")
    for _tap in range(3):
        assert phone.client.post(f"{PATH}/send", data=fields).location.endswith("/thanks")
    assert count(session, Response) == 1
    assert count(session, Contribution) == 1
    assert count(session, Answer) == 4


def test_taps_at_the_same_moment_make_one_response_and_one_sending(phone: Phone, app: Flask, session: Any) -> None:
    def at_once(path: str, fields: dict[str, str]) -> list[int]:
        cookie = phone.client.get_cookie("wijkstem")
        together, codes = Barrier(4), []

        def tap() -> None:
            client = app.test_client()
            client.set_cookie("wijkstem", cookie.value)
            together.wait()
            codes.append(client.post(path, data=fields).status_code)

        threads = [Thread(target=tap) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return codes

    fields = phone.client.hidden_fields(f"{PATH}/begin", PATH)
    assert at_once(f"{PATH}/begin", fields) == [303] * 4
    session.expire_all()
    assert (count(session, Response), count(session, Resident)) == (1, 1)
    session.commit()
    fields = phone.client.hidden_fields(f"{PATH}/questions/home")
    assert at_once(f"{PATH}/questions/home", {**fields, "q_broken": "nothing", "q_people": "3"}) == [303] * 4
    phone.fill_in("last", wish="Trees")
    fields = phone.client.hidden_fields(f"{PATH}/send", f"{PATH}/summary")
    assert at_once(f"{PATH}/send", fields) == [303] * 4
    session.expire_all()
    assert count(session, Contribution) == 1
    assert count(session, Answer) == 3


def test_after_sending_nothing_changes_any_more(phone: Phone, session: Any) -> None:
    phone.begin()
    fields = phone.client.hidden_fields(f"{PATH}/questions/home")
    phone.fill_in("home", broken=["nothing"], people="4")
    phone.fill_in("last", wish="Trees")
    phone.send()
    late = phone.client.post(f"{PATH}/questions/home", data={**fields, "q_broken": "lift", "q_people": "9"})
    assert late.location.endswith("/thanks")
    assert "They did not change." in phone.text("/thanks")
    assert stored(session) == {"broken": ["nothing"], "people": 4, "wish": TOLD}
    assert phone.client.get(f"{PATH}/questions/home").location.endswith("/thanks")
    assert phone.client.get(f"{PATH}/summary").location.endswith("/thanks")
    assert "You sent your answers already." in phone.text()


def test_what_is_not_finished_cannot_be_sent(phone: Phone, session: Any) -> None:
    phone.begin()
    phone.fill_in("home", broken=["nothing"], people="4")
    fields = phone.client.hidden_fields(f"{PATH}/questions/last")
    answer = phone.client.post(f"{PATH}/send", data=fields)
    assert answer.location.endswith("/questions/last?from=summary")
    assert session.scalars(select(Response.submitted_at)).one() is None


def test_opening_pages_stores_nothing(phone: Phone, session: Any) -> None:
    for page in ("", "/questions/home", "/summary", "/thanks", "/resume", "/results"):
        phone.client.get(PATH + page)
    assert (count(session, Response), count(session, Resident), count(session, Answer)) == (0, 0, 0)


def test_a_tab_with_a_question_that_is_not_asked_any_more_loses_nothing(phone: Phone) -> None:
    phone.begin()
    phone.fill_in("home", broken=["lift"], people="2")
    old_tab = phone.client.hidden_fields(f"{PATH}/questions/told")
    phone.fill_in("home", broken=["nothing"], people="2")
    answer = phone.client.post(f"{PATH}/questions/told", data={**old_tab, "q_told": "yes_told"})
    assert answer.location.endswith("/questions/last")
    phone.fill_in("home", broken=["lift"], people="2")
    assert phone.see("/questions/told").select_one("input[value=yes_told][checked]") is not None


@pytest.mark.parametrize(
    "typed",
    [
        "a",
        "👍🏽🎉",
        "x" * 20_000,
        "'); DROP TABLE survey_answer; --",
        "<script>alert('hi')</script> & <b>bold</b>",
        "Hallo المصعد معطل \u202eabc\u202c",
        "e\u0301 \u200bzero\u200b width",
    ],
    ids=["one", "emoji", "20000", "sql", "html", "directions", "zero width"],
)
def test_any_words_are_kept_shown_as_text_and_sent(phone: Phone, session: Any, typed: str) -> None:
    phone.begin()
    phone.fill_in("home", broken=["nothing"], people="4")
    phone.fill_in("last", wish=typed)
    field = phone.see("/questions/last").select_one("textarea")
    assert field is not None
    assert field.get_text().strip() == typed
    summary = phone.see("/summary")
    assert typed in summary.get_text()
    assert summary.select("script") == []
    phone.send()
    assert words(session) == {typed}


@pytest.mark.parametrize("typed", ["", "   \r\n ", "\u200b\u200d", "\x00"], ids=["none", "blank", "invisible", "nul"])
def test_no_words_are_no_contribution(phone: Phone, session: Any, typed: str) -> None:
    phone.shortest(wish=typed)
    assert stored(session)["wish"] == {"no_answer": "left_empty"}
    assert count(session, Contribution) == 0


def test_a_text_that_is_too_long_is_not_cut_but_told(phone: Phone, session: Any) -> None:
    phone.begin()
    phone.fill_in("home", broken=["nothing"], people="4")
    typed = "y" * 20_001
    answer = phone.fill_in("last", wish=typed)
    assert answer.status_code == 422
    assert "Your text has 20,001 characters. Make it shorter: there is room for 20,000." in answer.text
    assert typed in answer.text
    assert "wish" not in stored(session)


def test_the_person_after_you_on_this_phone_begins_anew(phone: Phone, session: Any) -> None:
    phone.shortest()
    first = phone.code()
    phone.client.post_form(f"{PATH}/someone-else", page=PATH)
    assert "You sent your answers already." not in phone.text()
    phone.shortest()
    assert phone.code() != first
    assert count(session, Response) == 2


STEPS = [("intro", ""), ("page", "/questions/home"), ("summary", "/summary"), ("results", "/results")]


@pytest.mark.parametrize(("name", "page"), STEPS, ids=[name for name, _page in STEPS])
def test_a_page_asks_the_database_little(
    phone: Phone, count_statements: Callable[[], Any], name: str, page: str
) -> None:
    phone.whole_chain()
    phone.see(page)
    with count_statements() as statements:
        assert phone.client.get(PATH + page).status_code == 200
    assert statements.count <= 6, statements.texts


def test_a_step_and_sending_ask_the_database_little(phone: Phone, count_statements: Callable[[], Any]) -> None:
    phone.whole_chain()
    fields = phone.client.hidden_fields(f"{PATH}/questions/home")
    with count_statements() as statements:
        phone.client.post(f"{PATH}/questions/home", data={**fields, "q_broken": "lift", "q_people": "3"})
    assert statements.count <= 6, statements.texts
    with count_statements() as statements:
        phone.client.get(f"{PATH}/questions/told")
    assert statements.count <= 4, statements.texts
    with count_statements() as statements:
        phone.client.post(f"{PATH}/send", data=fields)
    assert statements.count <= 12, statements.texts
    with count_statements() as statements:
        assert phone.client.get(f"{PATH}/thanks").status_code == 200
    assert statements.count <= 6, statements.texts

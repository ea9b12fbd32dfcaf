"""Going on later: on another phone, after the session ran out, in another version, after closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.contributions.models import Contribution, ContributionOriginal
from app.people.code_format import new_code
from app.places.models import Neighbourhood
from app.surveys.models import Answer, Response, Survey, source_key
from app.surveys.service import publish
from tests.surveys.phones import PATH, Phone
from tests.surveys.survey_files import CHAIN

LAST_EVENING = datetime(2026, 3, 29, 21, 50, tzinfo=UTC)  # 23:50 in Voorbeeldstad, where the clock went forward today
JUST_AFTER = datetime(2026, 3, 29, 22, 0, tzinfo=UTC)  # midnight there


@pytest.fixture
def closing(survey: Survey, neighbourhood: Neighbourhood) -> Survey:
    """The survey, open until the end of 29 March there."""
    first, last = datetime(2026, 3, 1, tzinfo=UTC).date(), datetime(2026, 3, 29, tzinfo=UTC).date()
    return publish(CHAIN.encode(), neighbourhood, first_day=first, last_day=last).survey


def hidden(page: BeautifulSoup) -> dict[str, str]:
    return {str(i["name"]): str(i["value"]) for i in page.select("form[method=post] input[type=hidden]")}


# Another phone


def test_a_resident_resumes_a_survey_on_another_phone(new_phone: Callable[[], Phone], session: Any) -> None:
    first, second = new_phone(), new_phone()
    first.begin()
    first.fill_in("home", broken=["lift"], people="2")
    code = first.see("/questions/told").select_one(".wijk-code")
    assert code is not None
    typed = code.get_text().lower().replace("-", " ")
    answer = second.client.post_form(f"{PATH}/resume", {"code": typed}, follow_redirects=True)
    assert "Did you tell the landlord?" in answer.text
    second.fill_in("told", told="not_told")
    second.fill_in("last", wish="Trees")
    second.send()
    assert second.code() == code.get_text()
    assert session.scalar(select(func.count()).select_from(Response)) == 1
    assert "You sent your answers already." in first.text()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type your code."),
        ("hello", "This is not a code."),
        ("7KQ4-9MXT-2RWC", "This is not a code."),
        (new_code(), "With this code we find no answers"),
        ("x" * 10_000, "This is not a code."),
    ],
    ids=["nothing", "no code", "mistyped", "of nobody", "long"],
)
def test_a_code_that_opens_nothing_says_what_to_do_and_stays_typed(phone: Phone, typed: str, says: str) -> None:
    answer = phone.client.post_form(f"{PATH}/resume", {"code": typed})
    assert answer.status_code == 422
    assert says in answer.text
    field = BeautifulSoup(answer.data, "html.parser").select_one("#code")
    assert field is not None
    assert field["value"] == typed


def test_trying_a_code_of_someone_else_leaves_my_own_answers_mine(phone: Phone) -> None:
    phone.begin()
    phone.client.post_form(f"{PATH}/resume", {"code": new_code()})
    assert phone.client.get(f"{PATH}/questions/home").status_code == 200


# A session that ran out


def test_what_was_typed_is_stored_when_the_session_ran_out_meanwhile(phone: Phone, session: Any) -> None:
    phone.begin()
    phone.fill_in("home", broken=["nothing"], people="2")
    fields = phone.client.hidden_fields(f"{PATH}/questions/last")
    phone.client.delete_cookie("wijkstem")
    page = f"http://localhost{PATH}/questions/last"
    expired = phone.client.post(
        f"{PATH}/questions/last", data={**fields, "q_wish": "A long story"}, headers={"Referer": page}
    )
    assert expired.status_code == 400
    assert "A long story" in expired.text
    assert fields["receipt"] not in BeautifulSoup(expired.data, "html.parser").get_text()
    again = hidden(BeautifulSoup(expired.data, "html.parser"))
    saved = phone.client.post(f"{PATH}/questions/last", data=again, headers={"Referer": page})
    assert saved.location.endswith("/summary")
    assert "A long story" in phone.text("/summary")
    phone.send()
    assert session.scalars(select(ContributionOriginal.text)).one() == "A long story"


def test_without_any_code_what_was_typed_is_shown_to_copy(phone: Phone) -> None:
    phone.begin()
    fields = phone.client.hidden_fields(f"{PATH}/questions/home")
    with phone.client.session_transaction() as stored:
        del stored["receipt"]
    data = {**fields, "receipt": "", "q_broken": "lift", "q_people": "<3>"}
    answer = phone.client.post(f"{PATH}/questions/home", data=data)
    assert answer.status_code == 409
    assert "We do not find your answers" in answer.text
    assert "The lift" in answer.text
    assert "&lt;3&gt;" in answer.text


# Closing


def test_who_began_while_it_was_open_cannot_finish_after_closing(phone: Phone, closing: Survey, session: Any) -> None:
    with time_machine.travel(LAST_EVENING):
        phone.begin()
        phone.fill_in("home", broken=["nothing"], people="2")
        fields = phone.client.hidden_fields(f"{PATH}/questions/last")
    with time_machine.travel(JUST_AFTER):
        answer = phone.client.post(f"{PATH}/questions/last", data={**fields, "q_wish": "My long story"})
        assert answer.status_code == 409
        assert "You could send your answers until Sunday, 29 March 2026 at 23:59" in answer.text
        assert "My long story" in answer.text
        assert "Nothing" in answer.text  # what was answered before is there too
        for page in ("/questions/home", "/summary"):
            assert "These questions are closed" in phone.text(page)
    assert session.scalar(select(func.count()).where(Answer.question_id == "wish")) == 0


def test_sending_after_closing_is_refused_on_a_summary_that_was_opened_before(
    phone: Phone, closing: Survey, session: Any
) -> None:
    with time_machine.travel(LAST_EVENING):
        phone.whole_chain(story="Nobody came")
        fields = phone.client.hidden_fields(f"{PATH}/send", f"{PATH}/summary")
    with time_machine.travel(JUST_AFTER):
        answer = phone.client.post(f"{PATH}/send", data=fields)
        assert answer.status_code == 409
        assert "Nobody came" in answer.text
    assert session.scalars(select(Response.submitted_at)).one() is None
    assert session.scalars(select(Contribution)).all() == []


def test_in_the_last_minute_it_can_still_be_sent(phone: Phone, closing: Survey, session: Any) -> None:
    with time_machine.travel(datetime(2026, 3, 29, 21, 59, 30, tzinfo=UTC)):
        phone.shortest()
    assert session.scalars(select(Response.submitted_at)).one() is not None


def test_nobody_begins_after_closing_or_before_opening(phone: Phone, closing: Survey, session: Any) -> None:
    with time_machine.travel(LAST_EVENING):
        fields = phone.client.hidden_fields(f"{PATH}/begin", PATH)
    with time_machine.travel(JUST_AFTER):
        assert phone.client.post(f"{PATH}/begin", data=fields).status_code == 409
        assert "This is closed now" in phone.text()
    with time_machine.travel(datetime(2026, 2, 28, 22, 59, tzinfo=UTC)):
        assert "Not open yet" in phone.text()
    assert session.scalars(select(Response)).all() == []


def test_who_sent_in_time_still_sees_thanks_and_code_after_closing(phone: Phone, closing: Survey) -> None:
    with time_machine.travel(LAST_EVENING):
        phone.shortest()
        fields = phone.client.hidden_fields(f"{PATH}/someone-else", PATH)
    with time_machine.travel(JUST_AFTER):
        assert "Thank you for your answers!" in phone.text("/thanks")
        assert phone.client.post(f"{PATH}/send", data=fields).location.endswith("/thanks")
        assert phone.client.post(f"{PATH}/questions/home", data=fields).location.endswith("/thanks")


def test_residents_hear_so_many_days_after_closing(phone: Phone, closing: Survey) -> None:
    with time_machine.travel(LAST_EVENING):
        phone.shortest()
        assert "You hear before 12 April 2026" in phone.text("/thanks")


# Another version


def test_a_response_goes_on_in_the_version_in_which_it_was_begun(
    new_phone: Callable[[], Phone], neighbourhood: Neighbourhood, session: Any
) -> None:
    early, late = new_phone(), new_phone()
    early.begin()
    early.fill_in("home", broken=["lift"], people="2")
    changed = CHAIN.replace("Did you tell the landlord?", "Did you tell anyone?").replace("id: wish", "id: dream")
    publish(changed.encode(), neighbourhood)
    assert "Did you tell the landlord?" in early.text("/questions/told")
    early.fill_in("told", told="not_told")
    early.fill_in("last", wish="Trees")
    early.send()
    late.begin()
    late.fill_in("home", broken=["lift"], people="2")
    assert "Did you tell anyone?" in late.text("/questions/told")
    sent = session.scalars(select(Answer.question_id).join(Response).where(Response.submitted_at.is_not(None))).all()
    assert sorted(sent) == ["broken", "people", "told", "wish"]


def test_questions_that_swap_places_keep_their_own_answers(
    new_phone: Callable[[], Phone], neighbourhood: Neighbourhood, session: Any
) -> None:
    early, late = new_phone(), new_phone()
    early.whole_chain(story="Nobody came", wish="Trees")
    head, *pages = CHAIN.split("\n  - id: ")
    publish("\n  - id: ".join([head, pages[-1].rstrip(), *pages[:-1]]).encode(), neighbourhood)
    early.send()
    assert late.begin().location.endswith("/questions/last")
    late.fill_in("last", wish="A bench")
    late.fill_in("home", broken=["nothing"], people="2")
    late.send()
    said = {
        (answer.question_id, session.scalar(_words_of(answer)))
        for answer in session.scalars(select(Answer).where(Answer.question_id.in_(["story", "wish"])))
    }
    assert said == {("story", "Nobody came"), ("wish", "Trees"), ("wish", "A bench")}


def _words_of(answer: Answer) -> Any:
    key = source_key(answer.id)
    return select(ContributionOriginal.text).join(Contribution).where(Contribution.source_key == key)


# Other places


def test_a_survey_of_another_neighbourhood_is_not_found_here(
    phone: Phone, other_neighbourhood: Neighbourhood
) -> None:
    assert phone.client.get("/en/neighbourhoods/WK099901/surveys/small").status_code == 404
    assert phone.client.get("/en/neighbourhoods/WK034401/surveys/none").status_code == 404
    phone.begin()
    assert phone.client.get(f"{PATH}/questions/nowhere").status_code == 404


def test_everything_works_below_a_path(app: Flask, phone: Phone) -> None:
    below = {"SCRIPT_NAME": "/wijkstem"}
    page = BeautifulSoup(phone.client.get(PATH, environ_overrides=below).data, "html.parser")
    begin = page.select_one("form[action$=begin]")
    assert begin is not None
    assert begin["action"] == f"/wijkstem{PATH}/begin"
    answer = phone.client.post(f"{PATH}/begin", data=hidden(page), environ_overrides=below)
    assert answer.location == f"/wijkstem{PATH}/questions/home"
    assert phone.client.get(f"{PATH}/summary", environ_overrides=below).location.startswith("/wijkstem/en/")


# Other languages


def test_a_text_without_translation_is_shown_in_a_language_that_is_named(phone: Phone) -> None:
    page = BeautifulSoup(phone.client.get(PATH.replace("/en/", "/ar/")).data, "html.parser")
    title = page.select_one("h1 [lang]")
    assert title is not None
    assert (title["lang"], title["dir"]) == ("en", "ltr")
    assert page.select_one("h1 .wijk-fallback") is not None


def test_the_language_may_change_on_the_way(phone: Phone, session: Any) -> None:
    phone.begin()
    phone.fill_in("home", broken=["nothing"], people="2")
    arabic = PATH.replace("/en/", "/ar/")
    phone.client.post_form(f"{arabic}/questions/last", {"q_wish": "شجرة"})
    phone.client.post_form(f"{arabic}/send", page=f"{arabic}/summary")
    assert session.scalars(select(Response.language)).one() == "ar"
    page = phone.client.page(f"{arabic}/thanks")
    assert page.html is not None
    assert page.html["dir"] == "rtl"
    code = page.select_one(".wijk-code")
    assert code is not None
    assert code["dir"] == "ltr"

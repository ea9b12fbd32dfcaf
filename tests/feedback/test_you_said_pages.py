"""You said, we did: the page, the poster, and what they may not show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from app.ambitions import service as ambitions
from app.ambitions.models import Ambition
from app.ambitions.states import State
from app.ambitions.traffic_light import Outcome
from app.common.localized import LocalizedText
from app.contributions.models import Contribution
from app.extensions import db
from app.feedback.you_said import you_said, you_said_we_did
from app.insight.models import Concern
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from tests.ambitions.conftest import bring_to, make_concern, words

Say = Callable[..., Contribution]
TOLD = "/en/neighbourhoods/WK034401/you-said"


@pytest.fixture
def spoken(say: Say, confirmed: Concern) -> Concern:
    """The concern, with six people in it."""
    for number in range(6):
        say(f"The wall is wet {number}", confirmed)
    return confirmed


def promise(plan: Ambition, coordinator: StaffAccount, days: int = 100) -> Any:
    party = next(p for p in plan.neighbourhood.municipality.parties if p.sector == "housing")
    due = (datetime.now(UTC) + timedelta(days=days)).date()
    promised = ambitions.Promised(
        party, LocalizedText({"en": "Repair 40 roofs"}), due, LocalizedText({"en": "Count"})
    )
    return ambitions.promise(plan, promised, by=coordinator, submission_id=uuid4())


def report(agreement: Any, sentence: str, coordinator: StaffAccount, outcome: Outcome = Outcome.UNDER_WAY) -> None:
    ambitions.report(
        agreement, LocalizedText({"en": sentence}), outcome=outcome, by=coordinator, submission_id=uuid4()
    )


def test_the_newest_news_of_the_plan_is_told(
    spoken: Concern, plan: Ambition, coordinator: StaffAccount, client: Any
) -> None:
    def newest() -> str:
        did = client.page(TOLD).select(".wijk-card .wijk-timeline__item")[1]
        parts = did.select(".wijk-timeline__title, .wijk-timeline__text")
        return " ".join(part.get_text(strip=True) for part in parts)

    with time_machine.travel(datetime.now(UTC)) as clock:
        assert newest() == "It is a proposal. Residents can choose it later."
        clock.shift(60)
        bring_to(plan, State.ADOPTED, coordinator)
        assert newest() == "Residents chose this plan."
        clock.shift(60)
        agreement = promise(plan, coordinator)
        assert newest() == "This was promised: Repair 40 roofs"
        clock.shift(60)
        report(agreement, "Ten are done", coordinator)
        assert newest() == "The newest news: Ten are done"
        clock.shift(60)
        report(agreement, "We have no money", coordinator, Outcome.NOT_KEPT)
        assert newest() == "The promise will not be kept: We have no money"
        page = client.page(TOLD)
        assert "Promise not kept" in page.text
        clock.shift(60)
        ambitions.drop(plan, LocalizedText({"en": "The flat is sold"}), by=coordinator)
        assert newest() == "It was stopped. This is why: The flat is sold"


def test_a_late_promise_is_shown_as_late(
    spoken: Concern, plan: Ambition, coordinator: StaffAccount, client: Any
) -> None:
    bring_to(plan, State.ADOPTED, coordinator)
    promise(plan, coordinator, days=10)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=12)):
        page = client.page(TOLD)
        assert "Late" in page.text
        assert page.select_one(".wijk-timeline__item--late") is not None


def test_the_newest_comes_first_and_the_limit_holds(
    spoken: Concern,
    plan: Ambition,
    neighbourhood: Neighbourhood,
    coordinator: StaffAccount,
    say: Say,
) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        other = make_concern(neighbourhood, "The lift is broken")
        say("The lift is broken again", other)
        ambitions.create(
            neighbourhood, words("A lift that works"), by=coordinator, submission_id=uuid4(), concern=other
        )
    titles = [entry.ambition.current.title.get("en") for entry in you_said(neighbourhood.id).entries]
    assert titles == ["A lift that works", "Dry homes"]
    assert len(you_said_we_did(neighbourhood.id, 1)) == 1


def test_what_was_done_comes_before_what_is_only_proposed(
    spoken: Concern, plan: Ambition, neighbourhood: Neighbourhood, coordinator: StaffAccount, say: Say
) -> None:
    bring_to(plan, State.ADOPTED, coordinator)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        other = make_concern(neighbourhood, "The lift is broken")
        say("The lift is broken again", other)
        ambitions.create(
            neighbourhood, words("A lift that works"), by=coordinator, submission_id=uuid4(), concern=other
        )
    titles = [entry.ambition.current.title.get("en") for entry in you_said(neighbourhood.id).entries]
    assert titles == ["Dry homes", "A lift that works"]


def test_a_concern_without_a_plan_is_named_as_that(
    spoken: Concern, neighbourhood: Neighbourhood, client: Any
) -> None:
    page = client.page(TOLD)
    assert "Heard, but there is no plan yet" in page.text
    assert "Mould at home" in page.find(id="waiting").parent.text
    assert "6 people said this" in page.text


def test_a_number_of_fewer_than_five_people_is_not_shown(
    say: Say, confirmed: Concern, plan: Ambition, client: Any
) -> None:
    for number in range(4):
        say(f"The wall is wet {number}", confirmed)
    for path in (TOLD, f"{TOLD}/poster"):
        text = client.page(path).text
        assert "Too few people to show a number" in text
        assert "4 people" not in text
    ambition = client.page(f"/en/neighbourhoods/WK034401/ambitions/{plan.id}").text
    assert "Too few people said this to show a number." in ambition


def test_the_walk_back_leads_to_the_words_with_counts_by_language_and_source(
    spoken: Concern, plan: Ambition, client: Any
) -> None:
    page = client.page(f"/en/neighbourhoods/WK034401/ambitions/{plan.id}")
    said = page.find(id="words").parent
    assert "The wall is wet" in said.text
    assert "6 people said this." in said.text
    assert "English" in said.text
    assert "Told to a worker" in said.text
    assert said.find("a", href=f"/en/neighbourhoods/WK034401/concerns/{spoken.id}") is not None


def test_a_text_without_a_translation_says_so_in_the_readers_language(
    spoken: Concern, plan: Ambition, client: Any
) -> None:
    page = client.page(TOLD.replace("/en/", "/ar/"))
    assert page.html["dir"] == "rtl"
    assert page.find(attrs={"lang": "nl"}, string="Schimmel in huis") is not None
    assert page.select_one(".wijk-fallback") is not None


def test_the_poster_leads_to_the_neighbourhood_in_its_own_language(
    spoken: Concern, plan: Ambition, client: Any, app: Any
) -> None:
    page = client.page(f"{TOLD.replace('/en/', '/nl/')}/poster?paper=a3")
    assert page.select_one(".poster--a3") is not None
    assert "http://localhost/nl/neighbourhoods/WK034401" in page.text
    code = page.select_one(".poster__qr svg")
    assert code is not None
    assert code.get("style") is None
    assert client.page(f"{TOLD}/poster?paper=%22%3E<script>").select_one(".poster--a4") is not None


def test_the_poster_leads_to_the_right_place_below_a_path(
    neighbourhood: Neighbourhood, app: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://voorbeeldstad.example/wijkstem")
    page = client.get(f"{TOLD}/poster", environ_overrides={"SCRIPT_NAME": "/wijkstem"})
    assert "https://voorbeeldstad.example/wijkstem/en/neighbourhoods/WK034401" in page.text


def test_the_qr_code_holds_the_address() -> None:
    import segno

    from app.feedback.poster import qr_svg

    address = "https://wijkstem.example/nl/neighbourhoods/WK034401"
    expected = segno.make(address, error="q", micro=False, boost_error=False)
    # The path of the dark modules is all that a phone reads.
    assert expected.svg_inline(scale=8, border=4).split(' d="')[1].split('"')[0] in qr_svg(address, "title")


@pytest.mark.parametrize("path", [TOLD, f"{TOLD}/poster"])
def test_the_pages_take_at_most_twelve_statements(
    spoken: Concern,
    plan: Ambition,
    neighbourhood: Neighbourhood,
    coordinator: StaffAccount,
    say: Say,
    client: Any,
    count_statements: Callable[[], Any],
    path: str,
) -> None:
    for number in range(5):
        other = make_concern(neighbourhood, f"Concern {number}")
        say(f"Something else {number}", other)
        made = ambitions.create(
            neighbourhood, words(f"Plan {number}"), by=coordinator, submission_id=uuid4(), concern=other
        )
        bring_to(made, State.ADOPTED, coordinator)
        report(promise(made, coordinator), "News", coordinator)
    db.session.commit()
    with count_statements() as statements:
        assert client.get(path).status_code == 200
    assert statements.count <= 12, statements.texts


def test_the_ambition_page_with_spoken_concerns_takes_at_most_twelve_statements(
    spoken: Concern,
    plan: Ambition,
    neighbourhood: Neighbourhood,
    coordinator: StaffAccount,
    say: Say,
    sign_in: Callable[[StaffAccount], Any],
    count_statements: Callable[[], Any],
) -> None:
    for number in range(5):
        other = make_concern(neighbourhood, f"Concern {number}")
        say(f"Something else {number}", other)
        ambitions.link_concern(plan, other, by=coordinator)
    bring_to(plan, State.ADOPTED, coordinator)
    report(promise(plan, coordinator), "News", coordinator)
    staff, path = sign_in(coordinator), f"/en/neighbourhoods/WK034401/ambitions/{plan.id}"
    db.session.commit()
    with count_statements() as statements:
        assert staff.get(path).status_code == 200
    assert statements.count <= 12, statements.texts


def test_a_neighbourhood_where_nothing_was_said_has_its_page_and_poster(
    neighbourhood: Neighbourhood, client: Any
) -> None:
    for path in (TOLD, f"{TOLD}/poster"):
        assert "No plans have been made yet from what people said." in client.page(path).text
    assert client.get("/en/neighbourhoods/NOWHERE/you-said").status_code == 404

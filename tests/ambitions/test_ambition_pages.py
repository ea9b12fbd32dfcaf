"""The pages about ambitions, as staff and residents meet them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.ambitions import service
from app.ambitions.models import Agreement, Ambition, AmbitionVersion, ProgressReport
from app.ambitions.states import State
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight.models import Concern, ConcernState
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from tests.ambitions.conftest import make_concern, words

WORDS = {
    "title-en": "Dry homes",
    "title-nl": "Droge huizen",
    "why-en": "Mould makes people ill.",
    "theme": "housing",
    "horizon": "medium",
}
HERE = "/en/staff/neighbourhoods/WK034401/ambitions"


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


@pytest.fixture
def staff(sign_in: Callable[[StaffAccount], Any], coordinator: StaffAccount) -> Any:
    return sign_in(coordinator)


def test_a_coordinator_proposes_an_ambition_and_everyone_can_read_it(staff: Any, client: Any) -> None:
    answer = staff.post_form(f"{HERE}/new", WORDS)
    assert answer.status_code == 302
    page = client.page("/en/neighbourhoods/WK034401/ambitions")
    assert "Dry homes" in page.text
    assert "Proposed" in page.text
    dutch = client.page(f"/nl/neighbourhoods/WK034401/ambitions/{db.session.scalars(select(Ambition.id)).one()}")
    assert "Droge huizen" in dutch.h1.text


def test_a_missing_title_keeps_everything_that_was_typed(staff: Any) -> None:
    answer = staff.post_form(f"{HERE}/new", {**WORDS, "title-en": "  ", "title-nl": ""})
    assert answer.status_code == 422
    assert "Write what you want, in at least one language." in answer.text
    assert "Mould makes people ill." in answer.text
    assert 'href="#title-en"' in answer.text
    assert count(Ambition) == 0


def test_a_double_tap_makes_one_ambition(staff: Any) -> None:
    fields = {**staff.hidden_fields(f"{HERE}/new"), **WORDS}
    places = {staff.post(f"{HERE}/new", data=fields).location for _ in range(2)}
    assert len(places) == 1
    assert count(Ambition) == 1


def test_from_a_concern_to_a_new_ambition(staff: Any, concern: Concern) -> None:
    path = f"/en/staff/concerns/{concern.id}/ambition"
    assert staff.post_form(path, {"ambition": "new"}).location == f"{path}/new"
    page = staff.page(f"{path}/new")
    assert page.find(id="title-en")["value"] == "Mould in the bedroom"
    staff.post_form(f"{path}/new", WORDS)
    ambition = db.session.scalars(select(Ambition)).one()
    assert [found.id for found in service.concerns_of(ambition)] == [concern.id]


def test_from_a_concern_to_an_existing_ambition(staff: Any, ambition: Ambition, neighbourhood: Neighbourhood) -> None:
    other = make_concern(neighbourhood, "Draughty windows")
    answer = staff.post_form(f"/en/staff/concerns/{other.id}/ambition", {"ambition": str(ambition.id)})
    assert answer.location == f"/en/staff/ambitions/{ambition.id}"
    page = staff.page(answer.location)
    assert "Draughty windows" in page.text
    staff.post_form(f"/en/staff/ambitions/{ambition.id}/concerns/{other.id}/unlink", page=answer.location)
    assert "Draughty windows" not in staff.page(answer.location).text


def test_a_concern_that_nobody_looked_at_cannot_be_linked(staff: Any, neighbourhood: Neighbourhood) -> None:
    unseen = make_concern(neighbourhood, state=ConcernState.FOUND)
    page = staff.page(f"/en/staff/concerns/{unseen.id}/ambition")
    assert "First look at this concern and confirm it." in page.text
    assert page.find(id="ambition") is None


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(staff: Any, ambition: Ambition) -> None:
    path = f"/en/staff/ambitions/{ambition.id}/edit"
    first = {**staff.hidden_fields(path), **WORDS, "title-en": "First words", "reason-en": "Clearer"}
    second = {**staff.hidden_fields(path), **WORDS, "title-en": "Second words", "reason-en": "Shorter"}
    assert staff.post(path, data=first).status_code == 302
    answer = staff.post(path, data=second)
    assert answer.status_code == 409
    assert "Someone else changed this ambition while you were typing" in answer.text
    assert "First words" in answer.text
    assert 'value="Second words"' in answer.text
    assert "Shorter" in answer.text
    again = {**second, "seen": "2"}
    assert staff.post(path, data=again).status_code == 302
    assert [v.title.get("en") for v in ambition.versions] == ["Second words", "First words", "Dry homes"]


def test_the_page_after_a_collision_can_be_sent_again_as_it_is(staff: Any, ambition: Ambition) -> None:
    path = f"/en/staff/ambitions/{ambition.id}/edit"
    mine = {**staff.hidden_fields(path), **WORDS, "title-en": "Mine", "reason-en": "Shorter"}
    staff.post_form(path, {**WORDS, "title-en": "Theirs", "reason-en": "Clearer"})
    collided = staff.post(path, data=mine).text
    assert 'name="seen" type="hidden" value="2"' in collided


def test_a_change_without_a_reason_or_without_a_change_is_refused(staff: Any, ambition: Ambition) -> None:
    path = f"/en/staff/ambitions/{ambition.id}/edit"
    assert "Write why you change it" in staff.post_form(path, {**WORDS, "title-en": "Other"}).text
    same = {"title-en": "Dry homes", "why-en": "Mould makes people ill.", "theme": "housing", "horizon": "medium"}
    assert "You have not changed anything yet." in staff.post_form(path, {**same, "reason-en": "Why"}).text
    assert count(AmbitionVersion) == 1


def test_the_history_is_public_with_the_role_and_without_the_name(
    staff: Any, client: Any, ambition: Ambition, coordinator: StaffAccount
) -> None:
    path = f"/en/staff/ambitions/{ambition.id}/edit"
    staff.post_form(path, {**WORDS, "title-en": "Warm homes", "reason-en": "Residents asked for it"})
    page = client.page(f"/en/neighbourhoods/WK034401/ambitions/{ambition.id}")
    history = page.find(id="history").parent.text
    assert "Residents asked for it" in history
    assert "A coordinator of Voorbeeldstad" in history
    assert "Dry homes" in history
    assert coordinator.name not in page.text.replace("A coordinator", "")


def test_a_promise_and_its_progress_are_public(staff: Any, client: Any, adopted: Ambition) -> None:
    party = next(p for p in adopted.neighbourhood.municipality.parties if p.sector == "housing")
    promised = {
        "party": str(party.id),
        "what-en": "Repair 40 roofs",
        "due": in_days(300),
        "measured_how-en": "We count repaired roofs",
        "target": "40",
        "direction": "at_least",
    }
    path = f"/en/staff/ambitions/{adopted.id}/agreements/new"
    assert staff.post_form(path, promised).status_code == 302
    public = f"/en/neighbourhoods/WK034401/ambitions/{adopted.id}"
    text = client.page(public).text
    for part in (
        "Repair 40 roofs",
        "Woningstichting De Sleutel",
        "We count repaired roofs",
        "(40 or more)",
        "On track",
    ):
        assert part in text
    agreement = db.session.scalars(select(Agreement)).one()
    reported = {"sentence-en": "All roofs are dry", "figure": "40,5", "outcome": "under_way"}
    assert staff.post_form(f"/en/staff/agreements/{agreement.id}/report", reported).location == public
    text = client.page(public).text
    assert "All roofs are dry" in text
    assert "Now: 40.5" in text
    assert "Promise kept" in text
    assert "Work has begun" in text


@pytest.mark.parametrize("figure", ["1.000", "many", "1e9", "NaN", "∞", "12,5,1"])
def test_a_figure_that_can_be_read_in_two_ways_is_asked_again_and_kept_as_typed(
    staff: Any, make_agreement: Callable[..., Agreement], figure: str
) -> None:
    from decimal import Decimal

    agreement = make_agreement(target=Decimal(40))
    answer = staff.post_form(
        f"/en/staff/agreements/{agreement.id}/report",
        {"sentence-en": "News", "figure": figure, "outcome": "under_way"},
    )
    assert answer.status_code == 422
    assert "Write a number, for example 40 or 12,5" in answer.text
    assert f'value="{figure}"' in answer.text
    assert count(ProgressReport) == 0


def test_a_due_day_after_the_horizon_is_refused_with_the_last_day(staff: Any, adopted: Ambition) -> None:
    party = adopted.neighbourhood.municipality.parties[0]
    promised = {"party": str(party.id), "what-en": "Repair", "measured_how-en": "Count", "direction": "at_least"}
    path = f"/en/staff/ambitions/{adopted.id}/agreements/new"
    late = staff.post_form(path, {**promised, "due": in_days(5 * 366)})
    assert "Choose a day within the time of this ambition" in late.text
    assert 'value="Repair"' in late.text or ">Repair<" in late.text or "Repair</textarea>" in late.text
    assert "Choose a day that is not over yet." in staff.post_form(path, {**promised, "due": in_days(-2)}).text
    assert count(Agreement) == 0


def test_a_party_of_another_municipality_cannot_be_chosen(
    staff: Any, adopted: Ambition, other_neighbourhood: Neighbourhood
) -> None:
    from app.places.models import Party

    foreign = Party(name="Elders Wonen", sector="housing", municipality_id=other_neighbourhood.municipality_id)
    db.session.add(foreign)
    db.session.commit()
    promised = {
        "party": str(foreign.id),
        "what-en": "Repair",
        "measured_how-en": "Count",
        "due": in_days(9),
        "direction": "at_least",
    }
    assert staff.post_form(f"/en/staff/ambitions/{adopted.id}/agreements/new", promised).status_code == 422
    assert count(Agreement) == 0


def test_a_dropped_ambition_says_why(staff: Any, client: Any, ambition: Ambition) -> None:
    path = f"/en/staff/ambitions/{ambition.id}/drop"
    assert staff.post_form(path, {"reason-en": " "}).status_code == 422
    staff.post_form(path, {"reason-en": "The houses are sold"})
    text = client.page(f"/en/neighbourhoods/WK034401/ambitions/{ambition.id}").text
    assert "Stopped" in text
    assert "The houses are sold" in text


def test_html_in_an_ambition_is_text(staff: Any, client: Any) -> None:
    staff.post_form(f"{HERE}/new", {**WORDS, "title-en": "<script>alert(1)</script>"})
    ambition = db.session.scalars(select(Ambition)).one()
    for path in (
        f"/en/neighbourhoods/WK034401/ambitions/{ambition.id}",
        "/en/neighbourhoods/WK034401/ambitions",
        "/nl/neighbourhoods/WK034401/ambitions",
    ):
        assert "<script>alert(1)" not in client.get(path).text


def test_staff_of_another_municipality_finds_nothing_here(
    sign_in: Callable[[StaffAccount], Any],
    other_coordinator: StaffAccount,
    concern: Concern,
    make_agreement: Callable[..., Agreement],
) -> None:
    agreement = make_agreement()
    theirs = sign_in(other_coordinator)
    ambition = agreement.ambition_id
    for path in (
        HERE,
        f"{HERE}/new",
        f"{HERE}/poll",
        f"/en/staff/ambitions/{ambition}",
        f"/en/staff/ambitions/{ambition}/edit",
        f"/en/staff/ambitions/{ambition}/drop",
        f"/en/staff/ambitions/{ambition}/agreements/new",
        f"/en/staff/agreements/{agreement.id}/report",
        f"/en/staff/concerns/{concern.id}/ambition",
        f"/en/staff/concerns/{concern.id}/ambition/new",
    ):
        assert theirs.get(path).status_code == 404, path
    token = theirs.hidden_fields("/en/staff/neighbourhoods/WK099901/ambitions/new")
    for path in (
        f"/en/staff/ambitions/{ambition}/achieve",
        f"/en/staff/ambitions/{ambition}/drop",
        f"/en/staff/ambitions/{ambition}/concerns/{concern.id}/unlink",
        f"/en/staff/agreements/{agreement.id}/report",
    ):
        assert theirs.post(path, data={**token, "reason-en": "x", "sentence-en": "x"}).status_code == 404, path
    assert db.session.get_one(Ambition, ambition).state is State.ADOPTED


def test_an_ambition_is_not_found_under_another_neighbourhood(
    client: Any, ambition: Ambition, other_neighbourhood: Neighbourhood
) -> None:
    assert client.get(f"/en/neighbourhoods/WK099901/ambitions/{ambition.id}").status_code == 404
    assert client.get(f"/en/neighbourhoods/WK034401/ambitions/{uuid4()}").status_code == 404


def test_no_page_takes_more_than_twelve_statements(
    staff: Any,
    client: Any,
    neighbourhood: Neighbourhood,
    coordinator: StaffAccount,
    make_agreement: Callable[..., Agreement],
    count_statements: Callable[[], Any],
) -> None:
    agreements = [make_agreement() for _ in range(5)]
    for agreement in agreements:
        for _ in range(3):
            service.report(agreement, LocalizedText({"en": "News"}), by=coordinator, submission_id=uuid4())
    ambition = agreements[0].ambition
    for number in range(6):
        service.link_concern(ambition, make_concern(neighbourhood, f"Concern {number}"), by=coordinator)
        service.create(neighbourhood, words(f"Plan {number}"), by=coordinator, submission_id=uuid4())
    ambition_id: UUID = ambition.id
    agreement_id = agreements[0].id
    for who, path in (
        (client, "/en/neighbourhoods/WK034401/ambitions"),
        (client, f"/en/neighbourhoods/WK034401/ambitions/{ambition_id}"),
        (staff, f"/en/neighbourhoods/WK034401/ambitions/{ambition_id}"),
        (staff, HERE),
        (staff, f"/en/staff/ambitions/{ambition_id}"),
        (staff, f"/en/staff/ambitions/{ambition_id}/agreements/new"),
        (staff, f"/en/staff/agreements/{agreement_id}/report"),
        (staff, f"{HERE}/poll"),
    ):
        db.session.commit()
        with count_statements() as statements:
            assert who.get(path).status_code == 200
        assert statements.count <= 12, (path, statements.texts)

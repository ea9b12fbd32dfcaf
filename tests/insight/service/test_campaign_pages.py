"""A text that many people sent is shown as such: as the people they are, and once as a text."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.common.clock import now
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import service
from app.insight.jobs import analyse_pending
from app.insight.models import Concern, ConcernState, Passage

LETTER = "Wij willen dat de gemeente het bos aan de rand van de wijk laat staan en er geen weg doorheen legt."
NEARLY = LETTER.replace("gemeente", "wethouder")
RENT = [
    "De huur is veel te hoog",
    "De huur is te hoog voor ons",
    "De huur is veel te hoog voor een gezin",
    "De huur gaat elk jaar omhoog, het is te hoog",
    "De huur is echt te hoog",
    "Mijn huur is veel te hoog",
]
QUEUE = "/en/staff/neighbourhoods/WK034401/concerns"
LIST = "/en/neighbourhoods/WK034401/concerns"


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def hear(neighbourhood):
    """These people say this, one text each, and the worker runs."""

    def go(*texts):
        for n, text in enumerate(texts):
            key = f"test:{n}:{text[:30]}"
            contributions.add(
                neighbourhood_id=neighbourhood.id,
                source=Source.SURVEY_ANSWER,
                source_key=key,
                text=text,
                language="nl",
            )
        db.session.commit()
        analyse_pending()

    return go


def concern_with(text) -> Concern:
    return db.session.scalars(select(Passage).where(Passage.text == text)).first().concern


def words(page) -> str:
    return " ".join(page.main.text.split())


@pytest.fixture
def campaign(make_concern, say):
    """Twelve people with words of their own, thirty with the same text, three of whom added something."""
    found = make_concern("The forest", ConcernState.CONFIRMED)
    for n in range(12):
        say(f"Het bos {n} is van ons allemaal", found)
    for n in range(30):
        passage = say(LETTER, found, whole=f"{LETTER} En ik zelf {n} ook!" if n < 3 else LETTER, campaign="letter")
        if n < 3:
            own = {name: getattr(passage, name) for name in ("contribution_id", "concern_id", "vector", "encoder")}
            text = f"En ik zelf {n} ook!"
            db.session.add(Passage(start=len(LETTER) + 1, end=len(LETTER) + 1 + len(text), text=text, **own))
    db.session.commit()
    return found


def test_the_worker_finds_it_also_with_a_word_changed_and_only_there(hear):
    hear(*[LETTER] * 5, NEARLY, *RENT)
    keys = {p.text: p.campaign for p in db.session.scalars(select(Passage))}
    assert keys[LETTER] == keys[NEARLY] is not None
    assert {keys[text] for text in RENT} == {None}


def test_it_is_forgotten_when_too_few_are_left(hear, withdraw):
    hear(*[LETTER] * 5)
    withdraw(db.session.scalars(select(Contribution)).first())
    analyse_pending()
    assert set(db.session.scalars(select(Passage.campaign))) == {None}


def test_the_coordinator_reads_both_numbers(staff, campaign):
    page = words(staff.page(f"/en/staff/concerns/{campaign.id}"))
    assert "42 people said this" in page
    assert "30 of them sent the same text, or almost the same." in page
    assert "If we count such a text once, there are 16 voices." in page


def test_in_the_queue_it_counts_once_and_the_page_says_so(staff, hear):
    hear(*[LETTER] * 40, *RENT)
    page = staff.page(f"{QUEUE}?order=size")
    rows = [" ".join(row.text.split()) for row in page.select("tbody tr")]
    assert concern_with(RENT[0]).title.shown("en").text in rows[0]
    assert "the same text: 40" in rows[1]
    assert "A text that many people sent counts once for the order." in words(page)


def test_without_a_campaign_nothing_is_said_of_it(staff, client, make_concern, say):
    found = make_concern("Rent", ConcernState.CONFIRMED)
    for n in range(6):
        say(f"rent {n}", found)
    for who, door in (
        (staff, f"{QUEUE}?state=all"),
        (staff, f"/en/staff/concerns/{found.id}"),
        (staff, f"/en/staff/concerns/{found.id}/print"),
        (client, LIST),
        (client, f"{LIST}/{found.id}"),
    ):
        assert "same text" not in words(who.page(door)), door
        assert "counts once" not in words(who.page(door)), door


def test_residents_and_paper_and_spreadsheet_tell_both_numbers(staff, client, campaign):
    for who, door in ((client, f"{LIST}/{campaign.id}"), (staff, f"/en/staff/concerns/{campaign.id}/print")):
        page = words(who.page(door))
        assert "42 people in Waterkwartier say this." in page
        assert "30 of them sent the same text, or almost the same." in page
    answer = staff.post_form(
        f"/en/staff/concerns/{campaign.id}/spreadsheet", page=f"/en/staff/concerns/{campaign.id}"
    )
    short = {row[0].value: row[1].value for row in load_workbook(BytesIO(answer.data))["In short"].iter_rows()}
    assert (short["People"], short["Sent the same text, or almost the same"]) == (42, 30)


@pytest.mark.parametrize(("others", "copies"), [(3, 30), (30, 3), (0, 30)])
def test_a_number_that_would_tell_a_small_group_is_not_shown(client, make_concern, say, others, copies):
    found = make_concern("The forest", ConcernState.CONFIRMED)
    for n in range(others):
        say(f"Het bos {n}", found)
    for _ in range(copies):
        say(LETTER, found, campaign="letter")
    page = words(client.page(f"{LIST}/{found.id}"))
    assert f"{others + copies} people" in page
    assert ("30 of them sent the same text" in page) is (others == 0)
    assert ("How many is not shown" in page) is (others > 0)


def test_the_public_list_counts_it_once_for_the_order(client, make_concern, say, campaign):
    large = make_concern("The rent", ConcernState.CONFIRMED)
    for n in range(20):
        say(f"rent {n}", large)
    page = client.page(LIST)
    assert [card.text.split(" (")[0].strip() for card in page.select(".wijk-card__title")] == [
        "The rent",
        "The forest",
    ]
    assert "42 people" in words(page)
    assert "A text that many people sent counts once for that." in words(page)


def test_two_texts_that_went_round_are_told_as_two(staff, campaign, say):
    for _ in range(6):
        say("Nog een brief over het bos die rondging in de wijk", campaign, campaign="other")
    page = words(staff.page(f"/en/staff/concerns/{campaign.id}"))
    assert "36 of them sent one of 2 texts that many people sent." in page
    assert "there are 17 voices" in page


def test_near_copies_count_as_one_where_a_feeling_is_counted(staff, make_concern, say):
    found = make_concern()
    for n in range(10):
        say(f"Het bos {n} is prachtig", found, feeling="positive")
    for n in range(20):
        say(LETTER.replace("wijk", f"wijk{n}"), found, feeling="negative", campaign="letter")
    assert "Unhappy: 1 of 11 people" in words(staff.page(f"/en/staff/concerns/{found.id}"))


def test_what_staff_decided_about_stays_and_its_copies_are_still_marked(hear, coordinator):
    hear(*[LETTER] * 6)
    concern = concern_with(LETTER)
    service.confirm(concern.id, concern.version, coordinator, until=now() + timedelta(minutes=1))
    version = concern.version
    db.session.execute(Passage.__table__.update().values(campaign=None))
    hear(NEARLY)
    db.session.expire_all()
    marked = db.session.scalars(select(Passage).where(Passage.concern_id == concern.id)).all()
    assert None not in {passage.campaign for passage in marked}
    assert (concern.version, concern.state) == (version, ConcernState.CONFIRMED)

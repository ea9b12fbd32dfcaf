"""Odd texts stop nothing, count, and the coordinator is told that the computer could do less with them."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import func, select

from app.common.localized import LocalizedText
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight.jobs import analyse_pending
from app.insight.models import AnalysisAttempt, Passage, ReadingNote
from app.insight.reading_notes import Why

QUEUE = "/en/staff/neighbourhoods/WK034401/concerns"
PAGE = "/en/staff/neighbourhoods/WK034401/read-less-well"
LIFT = ["De lift is al weken stuk", "De lift doet het al weken niet", "De lift is weer stuk"]
LONG = "De lift is stuk en de trap is vies en niemand doet er iets aan. " * 400


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def hear(neighbourhood):
    def go(*texts, language=None):
        made = [
            contributions.add(
                neighbourhood_id=neighbourhood.id,
                source=Source.NOTE,
                source_key=f"n:{n}",
                text=text,
                language=language,
            )
            for n, text in enumerate(texts)
        ]
        db.session.commit()
        analyse_pending()
        return made

    return go


def georgian(count: int) -> list[str]:
    """Sentences of invented words in real letters: a language that no model here learnt."""
    dice, letters = random.Random(7), "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _ in range(400)]
    return [f"{' '.join(dice.choices(words, k=dice.randint(5, 16)))}." for _ in range(count)]


def words(page) -> str:
    return " ".join(page.main.text.split())


def test_each_odd_text_is_told_on_the_queue_and_leads_to_itself(staff, hear):
    empty, word, long, georgia, *_ = hear("", "Lift", LONG, "ლიფტი უკვე კვირებია არ მუშაობს", *LIFT, language="nl")
    page = staff.page(QUEUE)
    told = page.find("h2", string="Read these yourself").parent
    assert [" ".join(item.text.split()) for item in told.select("li")] == [
        "No words: 1 text",
        "One word only: 1 text",
        "A language we do not know well: 1 text",
        "Too long: 1 text",
    ]
    for link, contribution in zip(told.select("a"), (empty, word, georgia, long), strict=True):
        shown = staff.page(link["href"]).select("article[data-contribution]")
        assert [one["data-contribution"] for one in shown] == [str(contribution.id)]
    assert len(staff.page(PAGE).select("article[data-contribution]")) == 4
    assert db.session.scalar(select(func.count()).select_from(AnalysisAttempt)) == 0


def test_where_all_is_well_nothing_is_said(staff, hear):
    hear(*LIFT, language="nl")
    assert "Read these yourself" not in words(staff.page(QUEUE))
    assert "There is nothing here." in words(staff.page(PAGE))
    assert staff.get(f"{PAGE}?why=nonsense").status_code == 200


def test_a_concern_says_how_many_of_its_people_were_read_less_well(staff, make_concern, say):
    found = make_concern()
    say("De lift is stuk", found)
    say("ლიფტი არ მუშაობს", found, language="ka")
    unknown = say("lift la xarab", found)
    unknown.language = None
    long = say("De lift is weer stuk", found)
    db.session.add(ReadingNote(contribution_id=long.contribution_id, why=Why.CUT))
    db.session.commit()
    page = words(staff.page(f"/en/staff/concerns/{found.id}"))
    assert "2 people wrote in a language that the computer does not know well" in page
    assert "1 person wrote more than 20,000 letters." in page


def test_the_queue_marks_a_concern_that_may_be_none_because_of_its_language(staff, make_concern, say):
    mostly, partly = make_concern("Mostly"), make_concern("Partly")
    for n in range(3):
        say(f"ლიფტი {n}", mostly, language="ka")
        say(f"De lift {n}", partly)
    say("De lift", mostly)
    say("ლიფტი", partly, language="ka")
    marked = {
        row.a.text: "A language we do not know well" in row.text
        for row in staff.page(QUEUE).select("tr[data-concern]")
    }
    assert marked == {"Mostly": True, "Partly": False}


def test_a_text_that_is_too_long_is_read_up_to_there_and_kept_whole(hear):
    (long,) = hear(LONG)
    last = db.session.scalar(select(func.max(Passage.end)))
    assert 19_000 < last <= 20_000
    assert long.original.text == LONG


def test_what_was_taken_back_is_noted_nowhere(staff, hear, withdraw):
    (empty,) = hear("")
    withdraw(empty)
    assert db.session.scalar(select(func.count()).select_from(ReadingNote)) == 0
    assert "Read these yourself" not in words(staff.page(QUEUE))


def test_hidden_and_shown_again_it_is_noted_once(hear):
    (empty,) = hear("")
    contributions.hide(empty)
    db.session.commit()
    contributions.show_again(empty)
    db.session.commit()
    analyse_pending()
    assert db.session.scalar(select(func.count()).select_from(ReadingNote)) == 1


def test_many_in_a_language_that_nobody_learnt_end_well_and_the_page_says_so(staff, hear):
    hear(*georgian(300), *LIFT, language="nl")
    assert contributions.waiting() == 0
    assert db.session.scalar(select(func.count()).select_from(AnalysisAttempt)) == 0
    page = words(staff.page(QUEUE))
    assert "A language we do not know well: 300 texts" in page
    unknown = db.session.scalars(select(Passage).where(Passage.text.regexp_match("[ა-ჰ]"))).all()
    assert {passage.language for passage in unknown} == {None}
    lift = db.session.scalars(select(Passage).where(Passage.text == LIFT[0])).one().concern
    together = db.session.scalars(select(Passage.text).where(Passage.concern_id == lift.id)).all()
    assert sorted(together) == sorted(LIFT)


def test_a_title_in_an_unknown_language_is_not_said_to_be_in_another(staff, make_concern, say):
    found = make_concern()
    found.title = LocalizedText({"und": "ლიფტი"})
    say("ლიფტი", found)
    for page in (staff.page(QUEUE), staff.page(f"/en/staff/concerns/{found.id}")):
        assert "ლიფტი (Language not determined)" in words(page)
        assert "(in English" not in words(page)


def test_what_still_waits_is_told(staff, neighbourhood, hear):
    hear(*LIFT, language="nl")
    assert "still to be read" not in words(staff.page(QUEUE))
    contributions.add(neighbourhood_id=neighbourhood.id, source=Source.NOTE, source_key="late", text="De huur")
    db.session.commit()
    assert "1 text is still to be read by the computer." in words(staff.page(QUEUE))


def test_a_long_list_comes_in_pages(staff, hear):
    hear(*[""] * 30)
    seen = [a["data-contribution"] for n in (1, 2) for a in staff.page(f"{PAGE}?page={n}").select("article")]
    assert len(seen) == len(set(seen)) == 30


def test_staff_elsewhere_and_visitors_see_nothing_of_it(client, other_coordinator, sign_in, hear):
    hear("Lift")
    assert client.get(PAGE).status_code in (302, 403)
    assert sign_in(other_coordinator).get(PAGE).status_code == 404


def test_odd_texts_never_make_a_public_concern_by_themselves(hear):
    hear(*[""] * 8, *["😊"] * 8, *["12"] * 8)
    assert {passage.concern_id for passage in db.session.scalars(select(Passage))} == {None}
    assert db.session.scalars(select(Contribution).where(Contribution.analysed_at.is_(None))).all() == []

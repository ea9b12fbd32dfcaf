"""A coordinator says what theme a concern is about: what comes in afterwards follows."""

from __future__ import annotations

import pytest

from app.contributions import service as contributions
from app.contributions.models import Source
from app.extensions import db
from app.insight import default_encoder, service, vector_of
from app.insight.jobs import analyse_pending
from app.insight.models import Passage
from app.insight.service.theme_corrections import OF_EACH, corrected
from app.insight.service.vectors import stored
from app.places.models import Neighbourhood

LOCKERS = "De kluisjes bij het zwembad zijn altijd bezet"
AGAIN = "de kluisjes in het zwembad zijn steeds bezet"


@pytest.fixture
def concern(say, make_concern):
    """A concern about lockers, with the passage in it."""
    made = make_concern("The lockers are full")
    say(LOCKERS, made).vector = stored(vector_of(LOCKERS, "nl"))
    db.session.commit()
    return made


def arrives(text, place):
    """This comes in and is analysed; gives the theme that it got."""
    key = f"theme:{place.code}:{text}"
    made = contributions.add(neighbourhood_id=place.id, source=Source.NOTE, source_key=key, text=text, language="nl")
    db.session.commit()
    analyse_pending()
    return db.session.query(Passage).filter_by(contribution_id=made.id).one().theme


def teaches(place):
    taught = corrected(place.municipality_id, default_encoder().name)
    return taught.themes if taught else ()


@pytest.mark.parametrize("theme", ["youth", "voice"])
def test_what_comes_in_after_a_correction_gets_the_theme(concern, coordinator, neighbourhood, theme):
    service.set_theme(concern.id, concern.version, theme, coordinator)
    assert arrives(AGAIN, neighbourhood) == theme


def test_none_of_the_themes_is_a_correction_too(concern, coordinator, neighbourhood):
    service.set_theme(concern.id, concern.version, None, coordinator)
    assert teaches(neighbourhood) == (None,)
    assert arrives(AGAIN, neighbourhood) is None


def test_through_the_page_and_back_by_undo(concern, sign_in, coordinator, neighbourhood):
    client = sign_in(coordinator)
    page = f"/en/staff/concerns/{concern.id}"
    response = client.post_form(f"{page}/theme", {"theme": "youth"})
    assert response.status_code == 302
    assert teaches(neighbourhood) == ("youth",)
    last = service.history(concern.id)[0]
    service.undo(last.step.id, coordinator)
    assert teaches(neighbourhood) == ()


def test_another_neighbourhood_of_the_municipality_learns_as_well_and_another_municipality_does_not(
    concern, coordinator, neighbourhood, other_neighbourhood
):
    service.set_theme(concern.id, concern.version, "voice", coordinator)
    near = Neighbourhood(code="WK034402", name="Next door", municipality=neighbourhood.municipality)
    db.session.add(near)
    db.session.commit()
    assert arrives(AGAIN, near) == "voice"
    assert teaches(other_neighbourhood) == ()
    assert arrives(AGAIN, other_neighbourhood) != "voice"


def test_words_that_were_taken_back_teach_nothing(concern, coordinator, neighbourhood, withdraw):
    service.set_theme(concern.id, concern.version, "voice", coordinator)
    passage = db.session.query(Passage).filter_by(concern_id=concern.id).one()
    withdraw(passage.contribution)
    assert teaches(neighbourhood) == ()


def test_a_large_concern_counts_for_no_more_than_its_first_words(concern, say, coordinator, neighbourhood):
    for number in range(OF_EACH + 3):
        say(f"Kluisje {number} is bezet", concern, quote_rank=number + 1, direction=number + 1)
    service.set_theme(concern.id, concern.version, "voice", coordinator)
    assert teaches(neighbourhood) == ("voice",) * OF_EACH


def test_a_concern_that_nobody_corrected_teaches_nothing(concern, neighbourhood):
    concern.theme = "youth"
    db.session.commit()
    assert teaches(neighbourhood) == ()

"""Is this said already? Each web process remembers, the database decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete

from app.common.clock import now
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import default_encoder, service, vector_of
from app.insight.models import Passage
from app.insight.service import said as memory
from app.insight.service.said import Said, said
from app.insight.service.vectors import stored

LIFT = "De lift in onze flat is al drie weken stuk"
TREES = "Er mogen wel wat meer bomen in de Kerkstraat"


@pytest.fixture(autouse=True)
def just_started(app):
    app.extensions["insight_said"] = Said()


@pytest.fixture
def came_in(say):
    """This was said and read. Gives the contribution."""

    def go(text, **more):
        passage = say(text, **more)
        passage.vector = stored(vector_of(text, "nl"))
        db.session.commit()
        return passage.contribution

    return go


def asked(place, text, **more):
    return [contribution_id for contribution_id, _ in service.similar(place.id, text, **more)]


@pytest.mark.parametrize(
    "typed",
    [
        "de lift in onze flat is al drie weken stuk",
        "De lift  in onze flat is al  drie weken stuk !!",
        "De lift in onze flat is al drie wekn stuk",
        "DE LIFT IN ONZE FLAT IS AL DRIE WEKEN STUK",
    ],
)
def test_the_same_typed_otherwise_is_found(came_in, neighbourhood, typed):
    came_in(TREES)
    lift = came_in(LIFT)
    assert asked(neighbourhood, typed)[:1] == [lift.id]


def test_what_came_in_after_a_question_is_found_by_the_next(came_in, neighbourhood):
    assert asked(neighbourhood, LIFT) == []
    lift = came_in(LIFT)
    assert asked(neighbourhood, LIFT) == [lift.id]


def test_what_is_taken_back_after_a_question_is_not_found_and_leaves_the_memory(came_in, neighbourhood, withdraw):
    lift = came_in(LIFT)
    assert asked(neighbourhood, LIFT) == [lift.id]
    withdraw(lift)
    assert asked(neighbourhood, LIFT) == []
    assert len(said()) == 0


def test_what_is_hidden_is_found_again_when_it_is_shown_and_read_again(came_in, say, neighbourhood):
    lift = came_in(LIFT)
    assert asked(neighbourhood, LIFT) == [lift.id]
    contributions.hide(lift)
    db.session.commit()
    assert asked(neighbourhood, LIFT) == []
    contributions.show_again(lift)
    lift.analysed_at = now()
    again = Passage(contribution=lift, start=0, end=len(LIFT), text=LIFT, language="nl")
    again.vector, again.encoder = stored(vector_of(LIFT, "nl")), default_encoder().name
    db.session.add(again)
    db.session.commit()
    assert asked(neighbourhood, LIFT) == [lift.id]


def test_another_process_knows_what_this_one_never_saw_and_shows_nothing_taken_back(
    app, came_in, neighbourhood, withdraw
):
    lift = came_in(LIFT)
    mine, other = said(), Said()
    assert asked(neighbourhood, LIFT) == [lift.id]
    app.extensions["insight_said"] = other
    second = came_in(LIFT)
    assert set(asked(neighbourhood, LIFT)) == {lift.id, second.id}
    withdraw(lift)
    app.extensions["insight_said"] = mine
    assert asked(neighbourhood, LIFT) == [second.id]


def test_what_was_erased_in_bulk_leaves_the_memory_after_an_hour(came_in, neighbourhood):
    lift = came_in(LIFT)
    trees = came_in(TREES)
    assert asked(neighbourhood, LIFT) == [lift.id]
    db.session.execute(delete(Passage).where(Passage.contribution_id == lift.id))
    db.session.commit()
    with time_machine.travel(now() + memory.WHOLE_AGAIN + timedelta(minutes=1)):
        assert asked(neighbourhood, TREES) == [trees.id]
    assert len(said()) == 1


def test_only_the_sources_asked_for_however_much_else_is_more_like_it(came_in, neighbourhood):
    for _ in range(70):
        came_in(LIFT, source=Source.NOTE)
    idea = came_in("De lift in onze flat doet het niet", source=Source.IDEA)
    assert asked(neighbourhood, LIFT, sources=[Source.IDEA]) == [idea.id]
    assert len(asked(neighbourhood, LIFT)) == 50


def test_after_a_start_the_newest_are_known_first_and_the_rest_follows(came_in, neighbourhood, monkeypatch):
    with time_machine.travel(now() - timedelta(days=1)):
        old = came_in(LIFT)
    new = came_in(LIFT)
    monkeypatch.setattr(memory, "CHUNK", 1)
    monkeypatch.setattr(memory, "LOAD_FOR", -1.0)
    assert asked(neighbourhood, LIFT) == [new.id]
    assert said().is_loading
    assert set(asked(neighbourhood, LIFT)) == {old.id, new.id}
    assert not said().is_loading


def test_memory_is_bounded_and_what_was_asked_longest_ago_goes_first(
    came_in, neighbourhood, other_neighbourhood, monkeypatch
):
    monkeypatch.setattr(memory, "MOST_KEPT", 2)
    with time_machine.travel(now() - timedelta(days=1)):
        old = came_in(LIFT)
    newer = [came_in(LIFT).id for _ in range(2)]
    elsewhere = came_in(LIFT, place=other_neighbourhood)
    assert set(asked(neighbourhood, LIFT)) == set(newer)
    assert old.id not in newer
    assert asked(other_neighbourhood, LIFT) == [elsewhere.id]
    assert len(said()) == 1


def test_what_another_encoder_read_is_not_compared(came_in, neighbourhood):
    lift = came_in(LIFT)
    db.session.query(Passage).filter_by(contribution_id=lift.id).update({"encoder": "an older one"})
    db.session.commit()
    assert asked(neighbourhood, LIFT) == []
    assert db.session.get(Contribution, lift.id) is not None


def test_a_question_asks_the_database_no_more_than_it_must(came_in, neighbourhood, count_statements):
    came_in(LIFT)
    asked(neighbourhood, LIFT)
    with count_statements() as statements:
        asked(neighbourhood, LIFT)
    assert statements.count <= 2, statements.texts

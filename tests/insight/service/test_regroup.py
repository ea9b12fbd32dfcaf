"""Grouping again: new words find their place, and what people decided stays."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import func, select

from app.common.localized import LocalizedText
from app.contributions import service as contributions
from app.contributions.models import Source
from app.extensions import db
from app.insight import default_encoder, service
from app.insight.jobs import analyse_pending
from app.insight.models import Concern, ConcernState, Grouping, Passage
from app.insight.service import regroup, revisions, snapshot

LIFT = ["De lift is al weken stuk", "The lift has been broken for weeks", "De lift doet het al weken niet"]
RENT = ["De huur is veel te hoog", "De huur is te hoog voor ons", "The rent is much too high"]
_number = count(1)


@pytest.fixture
def hear(neighbourhood):
    """People say these things and the worker runs; gives the passages in that order."""

    def go(*texts):
        keys = [f"heard:{next(_number)}" for _ in texts]
        for key, text in zip(keys, texts, strict=True):
            contributions.add(neighbourhood_id=neighbourhood.id, source=Source.NOTE, source_key=key, text=text)
            db.session.commit()
        analyse_pending()
        return [passages(text)[-1] for text in texts]

    return go


def passages(text):
    return db.session.scalars(select(Passage).where(Passage.text == text).order_by(Passage.created_at)).all()


def concern_of(text) -> Concern:
    concern = passages(text)[0].concern
    assert concern is not None, text
    return concern


def test_two_subjects_are_two_concerns_with_a_title_and_quotes(hear):
    hear(*LIFT, *RENT)
    lift, rent = concern_of(LIFT[0]), concern_of(RENT[0])
    assert lift.id != rent.id
    for texts, concern in ((LIFT, lift), (RENT, rent)):
        assert {concern_of(text).id for text in texts} == {concern.id}
        assert concern.state is ConcernState.FOUND
        assert concern.title.shown("nl").text
        assert sorted(passages(text)[0].quote_rank for text in texts) == [1, 2, 3]


def test_a_found_concern_keeps_its_id_when_more_people_say_it(hear):
    hear(*LIFT[:2])
    before = concern_of(LIFT[0]).id
    hear(LIFT[2], *RENT)
    assert {concern_of(text).id for text in LIFT} == {before}


def test_a_found_concern_in_which_nobody_is_left_goes(hear, withdraw):
    hear(*LIFT[:2])
    withdraw(passages(LIFT[0])[0].contribution)
    analyse_pending()
    assert passages(LIFT[1])[0].concern_id is None
    assert db.session.scalar(select(func.count()).select_from(Concern)) == 0


@pytest.mark.parametrize("decision", ["confirm", "dismiss", "rename"])
def test_new_words_join_what_staff_decided_about_and_change_nothing_else(hear, coordinator, decision):
    hear(*LIFT[:2])
    concern = concern_of(LIFT[0])
    words = LocalizedText({"en": "The words of the coordinator"})
    more = {"confirm": [], "dismiss": [words], "rename": [words]}[decision]
    getattr(service, decision)(concern.id, concern.version, *more, coordinator)
    kept = (concern.id, concern.title, concern.state, concern.reason, concern.version)
    hear(LIFT[2], *RENT)
    assert concern_of(LIFT[2]).id == concern.id
    assert (concern.id, concern.title, concern.state, concern.reason, concern.version) == kept
    assert passages(LIFT[2])[0].pinned is False


def test_a_passage_that_was_moved_stays_where_it_was_put(hear, coordinator):
    hear(*LIFT, *RENT)
    lift, rent = concern_of(LIFT[0]), concern_of(RENT[0])
    moved = passages(LIFT[1])[0]
    service.move(moved.id, lift.id, coordinator, to=rent.id)
    service.move(passages(LIFT[2])[0].id, lift.id, coordinator)
    hear("De lift is alweer stuk", "De huur is te hoog geworden")
    assert moved.concern_id == rent.id
    assert passages(LIFT[2])[0].concern_id is None


def test_what_was_merged_stays_together(hear, coordinator):
    hear(*LIFT, *RENT)
    lift, rent = concern_of(LIFT[0]), concern_of(RENT[0])
    service.merge(lift.id, lift.version, rent.id, coordinator)
    hear("Wat een mooi nieuw park")
    assert {concern_of(text).id for text in (*LIFT, *RENT)} == {rent.id}
    assert (lift.state, lift.merged_into_id) == (ConcernState.MERGED, rent.id)


def test_new_words_join_what_was_split_and_merged_back(hear, coordinator):
    hear(*LIFT)
    lift = concern_of(LIFT[0])
    ids = [passages(LIFT[1])[0].id]
    part = service.split(lift.id, lift.version, ids, LocalizedText({"en": "Part"}), coordinator)
    service.merge(part.id, part.version, lift.id, coordinator)
    (new,) = hear("De lift is nu al weken stuk")
    assert new.concern_id == lift.id


def test_what_was_split_stays_apart(hear, coordinator):
    hear(*LIFT)
    concern = concern_of(LIFT[0])
    title = LocalizedText({"en": "The lift in the other building"})
    part = service.split(concern.id, concern.version, [passages(LIFT[1])[0].id], title, coordinator)
    hear(*RENT)
    assert passages(LIFT[1])[0].concern_id == part.id
    assert {concern_of(text).id for text in (LIFT[0], LIFT[2])} == {concern.id}
    assert part.title == title


def test_quotes_are_chosen_anew_where_words_came_or_went(hear, coordinator):
    hear(*LIFT, *RENT)
    lift, rent = concern_of(LIFT[0]), concern_of(RENT[0])
    service.merge(lift.id, lift.version, rent.id, coordinator)
    ranks = [passages(text)[0].quote_rank for text in (*LIFT, *RENT)]
    assert sorted(rank for rank in ranks if rank is not None) == [1, 2, 3, 4, 5]


def test_a_decision_made_while_it_was_worked_out_is_not_overwritten(hear, coordinator, neighbourhood):
    hear(*LIFT, *RENT)
    revisions.changed([neighbourhood.id], due=True)
    db.session.commit()
    before = snapshot.look(neighbourhood.id, default_encoder().name)
    plan = regroup.plan(before, default_encoder())
    lift = concern_of(LIFT[0])
    service.move(passages(LIFT[0])[0].id, lift.id, coordinator)
    assert regroup._write(before, plan) is False
    assert passages(LIFT[0])[0].concern_id is None
    assert db.session.scalar(select(Grouping.due))
    analyse_pending()
    assert passages(LIFT[0])[0].concern_id is None
    assert not db.session.scalar(select(Grouping.due))


def test_the_same_words_give_the_same_concerns_in_whatever_order_they_came(hear, other_neighbourhood):
    hear(*LIFT, *RENT)
    for n, text in enumerate([*reversed(RENT), *LIFT]):
        contributions.add(
            neighbourhood_id=other_neighbourhood.id, source=Source.NOTE, source_key=f"other:{n}", text=text
        )
        db.session.commit()
    analyse_pending()

    def seen(place_id):
        found: dict = {}
        for passage in db.session.scalars(select(Passage).join(Passage.contribution)):
            if passage.contribution.neighbourhood_id == place_id and passage.concern_id:
                found.setdefault(passage.concern_id, set()).add((passage.text, passage.quote_rank))
        return sorted(sorted(group) for group in found.values())

    first = passages(LIFT[0])[0].contribution.neighbourhood_id
    assert seen(first) == seen(other_neighbourhood.id)


def test_one_neighbourhood_that_cannot_be_grouped_does_not_keep_the_others_waiting(
    hear, neighbourhood, other_neighbourhood
):
    hear(LIFT[0])
    passages(LIFT[0])[0].vector = b"1234"  # as after a damaged disk
    revisions.changed([neighbourhood.id], due=True)
    for n, text in enumerate(RENT):
        contributions.add(
            neighbourhood_id=other_neighbourhood.id, source=Source.NOTE, source_key=f"other:{n}", text=text
        )
    db.session.commit()
    analyse_pending()
    assert {concern_of(text).neighbourhood_id for text in RENT} == {other_neighbourhood.id}
    assert revisions.due() == [neighbourhood.id]

"""Every decision is in a history, and the last one can be taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from app.common.audit import AuditEntry
from app.common.localized import LocalizedText
from app.contributions.models import Source
from app.extensions import db
from app.insight import default_encoder, service
from app.insight.models import Concern, ConcernState, Passage, ReviewStep
from app.insight.service import regroup, revisions
from app.insight.undoing import Reason, StepKind


def en(text: str) -> LocalizedText:
    return LocalizedText({"en": text})


def everything() -> dict:
    """All that a decision can change, in one picture."""
    db.session.expire_all()
    fields = (
        "title", "state", "merged_into_id", "reason", "theme", "named_by_staff", "theme_by_staff", "reviewed_at",
        "reviewed_by_id", "read_until",
    )  # fmt: skip
    concerns = {c.id: [getattr(c, field) for field in fields] for c in db.session.scalars(select(Concern))}
    passages = {p.id: (p.concern_id, p.pinned) for p in db.session.scalars(select(Passage))}
    return {"concerns": concerns, "passages": passages}


def last_step() -> ReviewStep:
    step = db.session.scalar(select(ReviewStep).order_by(ReviewStep.number.desc()).limit(1))
    assert step is not None
    return step


@pytest.fixture
def lift(make_concern, say):
    """A concern of four people, about which nothing was decided."""
    concern = make_concern("The lift is broken", theme="housing")
    for n in range(4):
        say(f"the lift {n}", concern, theme="housing")
    return concern


@pytest.fixture
def rent(make_concern, say, coordinator):
    """Another one, that was confirmed; a third was put into it."""
    concern, same = make_concern("The rent is high", theme="money"), make_concern("Rent", theme="money")
    say("the rent", concern, theme="money"), say("the rent too", same, theme="money")
    service.merge(same.id, same.version, concern.id, coordinator)
    return service.confirm(concern.id, concern.version, coordinator)


DECISIONS = {
    StepKind.CONFIRM: lambda lift, rent, who: service.confirm(lift.id, lift.version, who),
    StepKind.RENAME: lambda lift, rent, who: service.rename(lift.id, lift.version, en("Lifts"), who),
    StepKind.THEME: lambda lift, rent, who: service.set_theme(lift.id, lift.version, "safety", who),
    StepKind.DISMISS: lambda lift, rent, who: service.dismiss(lift.id, lift.version, en("Solved"), who),
    StepKind.REOPEN: lambda lift, rent, who: service.reopen(rent.id, rent.version, who),
    StepKind.MERGE: lambda lift, rent, who: service.merge(rent.id, rent.version, lift.id, who),
}


@pytest.mark.parametrize("kind", DECISIONS)
def test_after_an_undo_everything_is_as_it_was(lift, rent, coordinator, kind):
    before = everything()
    DECISIONS[kind](lift, rent, coordinator)
    assert everything() != before
    step = last_step()
    assert (step.kind, step.actor_id) == (kind, coordinator.id)
    service.undo(step.id, coordinator)
    assert everything() == before


@pytest.mark.parametrize("to", ["other", "new", "none"])
def test_a_move_is_undone(lift, rent, coordinator, to):
    before = everything()
    passage = db.session.scalars(select(Passage).where(Passage.concern_id == lift.id)).first()
    where = {"other": {"to": rent.id}, "new": {"new_title": en("New")}, "none": {}}[to]
    service.move(passage.id, lift.id, coordinator, **where)
    service.undo(last_step().id, coordinator)
    after = everything()
    assert after["passages"] == before["passages"]
    assert {key: after["concerns"][key] for key in before["concerns"]} == before["concerns"]


def test_a_single_voice_that_was_moved_is_a_single_voice_again(lift, say, coordinator):
    voice = say("alone")
    service.move(voice.id, None, coordinator, to=lift.id)
    assert service.undo(last_step().id, coordinator) is None
    assert (voice.concern_id, voice.pinned) == (None, False)


def test_a_split_in_parts_is_undone_part_by_part_and_the_address_of_a_part_leads_on(lift, coordinator):
    passages = db.session.scalars(select(Passage).where(Passage.concern_id == lift.id).order_by(Passage.id)).all()
    parts = [service.Part([passages[0].id], en("One")), service.Part([passages[1].id], en("Two"))]
    one, two = service.split_in_parts(lift.id, lift.version, parts, coordinator)
    first, second = db.session.scalars(select(ReviewStep).order_by(ReviewStep.number))
    with pytest.raises(service.CannotUndo) as refused:
        service.undo(first.id, coordinator)
    assert (refused.value.reason, refused.value.first) == (Reason.BUILT_UPON, second)
    service.undo(second.id, coordinator), service.undo(first.id, coordinator)
    assert {passage.concern_id for passage in passages} == {lift.id}
    assert not any(passage.pinned for passage in passages)
    assert {(part.state, part.merged_into_id) for part in (one, two)} == {(ConcernState.MERGED, lift.id)}


def test_what_came_in_after_a_merge_stays_where_it_came_in(lift, rent, say, coordinator):
    old = db.session.scalars(select(Passage.id).where(Passage.concern_id == rent.id)).all()
    service.merge(rent.id, rent.version, lift.id, coordinator)
    new = say("the lift again", lift)
    service.undo(last_step().id, coordinator)
    assert new.concern_id == lift.id
    assert set(db.session.scalars(select(Passage.id).where(Passage.concern_id == rent.id))) == set(old)
    assert rent.state is ConcernState.CONFIRMED


def test_what_came_into_a_part_goes_back_with_it(lift, say, coordinator):
    passage = db.session.scalars(select(Passage).where(Passage.concern_id == lift.id)).first()
    part = service.split(lift.id, lift.version, [passage.id], en("Part"), coordinator)
    new = say("came into the part", part)
    service.undo(last_step().id, coordinator)
    assert (passage.concern_id, new.concern_id) == (lift.id, lift.id)


def test_words_that_were_taken_back_meanwhile_do_not_return(lift, rent, withdraw, coordinator):
    service.merge(lift.id, lift.version, rent.id, coordinator)
    passage = db.session.scalars(select(Passage).where(Passage.text == "the lift 0")).one()
    withdraw(passage.contribution)
    service.undo(last_step().id, coordinator)
    texts = db.session.scalars(select(Passage.text).where(Passage.concern_id == lift.id))
    assert sorted(texts) == ["the lift 1", "the lift 2", "the lift 3"]


def test_a_title_that_was_taken_from_words_is_not_kept_after_these_were_taken_back(
    make_concern, say, withdraw, coordinator
):
    concern = make_concern("My neighbour is in trouble", theme="care")
    passage = say("My neighbour is in trouble", concern)
    say("others", concern)
    service.rename(concern.id, concern.version, en("Help for neighbours"), coordinator)
    step = last_step()
    withdraw(passage.contribution)
    assert "trouble" not in str(db.session.scalar(select(ReviewStep.before)))
    service.undo(step.id, coordinator)
    assert "trouble" not in str(concern.title.texts)
    assert concern.title.texts


def test_an_undo_is_a_step_in_the_history_and_in_the_audit_trail(lift, coordinator, administrator):
    service.confirm(lift.id, lift.version, coordinator)
    service.undo(last_step().id, administrator)
    shown = [(entry.step.kind, entry.step.actor.name, entry.is_undone) for entry in service.history(lift.id)]
    assert shown == [(StepKind.UNDO, "Administrator", False), (StepKind.CONFIRM, "Coordinator", True)]
    assert list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.at))) == [
        "concern.confirm",
        "concern.undo",
    ]


def test_nothing_is_undone_twice(lift, coordinator):
    service.rename(lift.id, lift.version, en("Lifts"), coordinator)
    step = last_step()
    service.undo(step.id, coordinator)
    with pytest.raises(service.CannotUndo) as refused:
        service.undo(step.id, coordinator)
    assert refused.value.reason is Reason.DONE_ALREADY
    with pytest.raises(service.CannotUndo) as refused:
        service.undo(last_step().id, coordinator)
    assert refused.value.reason is Reason.IS_UNDO


def test_the_history_offers_only_the_last_step_and_names_what_comes_first(lift, rent, coordinator):
    passage = db.session.scalars(select(Passage).where(Passage.concern_id == lift.id)).first()
    part = service.split(lift.id, lift.version, [passage.id], en("Part"), coordinator)
    assert [entry.can_undo for entry in service.history(lift.id)] == [True]
    service.confirm(part.id, part.version, coordinator)
    (entry,) = service.history(lift.id)
    assert (entry.can_undo, entry.first) == (False, last_step())
    service.undo(last_step().id, coordinator)
    assert [entry.can_undo for entry in service.history(lift.id)] == [True]


def test_the_same_words_moved_twice_go_back_step_by_step(lift, rent, coordinator):
    passage = db.session.scalars(select(Passage).where(Passage.concern_id == lift.id)).first()
    service.move(passage.id, lift.id, coordinator)
    first = last_step()
    service.move(passage.id, None, coordinator, to=rent.id)
    with pytest.raises(service.CannotUndo):
        service.undo(first.id, coordinator)
    service.undo(last_step().id, coordinator)
    assert passage.concern_id is None
    service.undo(first.id, coordinator)
    assert passage.concern_id == lift.id


def test_the_theme_follows_the_words_until_staff_sets_it(lift, rent, make_concern, say, coordinator):
    many = make_concern("Many", theme="money")
    for n in range(9):
        say(f"money {n}", many, theme="money")
    service.merge(many.id, many.version, lift.id, coordinator)
    assert lift.theme == "money"
    service.undo(last_step().id, coordinator)
    assert lift.theme == "housing"
    service.set_theme(lift.id, lift.version, "safety", coordinator)
    service.merge(many.id, many.version, lift.id, coordinator)
    assert lift.theme == "safety"


def test_no_theme_is_a_choice_too_and_an_unknown_one_is_refused(lift, coordinator):
    assert service.set_theme(lift.id, lift.version, None, coordinator).theme is None
    with pytest.raises(service.NotPossible):
        service.set_theme(lift.id, lift.version, "weather", coordinator)


class TestOnlyWhatWasShownCountsAsRead:
    """What joins a concern while its page is open is not read by confirming it."""

    def test_confirming_reads_up_to_what_was_shown(self, make_concern, say, coordinator):
        concern = make_concern("Lift")
        say("seen", concern, source=Source.SURVEY_ANSWER)
        until = service.newest(concern.id)
        say("joined while the page was open", concern, source=Source.SURVEY_ANSWER)
        service.confirm(concern.id, concern.version, coordinator, until=until)
        assert [quote.text for quote in service.quotes(concern.id)] == ["seen"]
        assert service.came_in(concern.id)[0] == 1

    def test_what_was_merged_in_unread_is_new_and_what_was_read_is_not(self, make_concern, say, coordinator):
        lift, read, unread = make_concern("Lift"), make_concern("Read"), make_concern("Unread")
        for concern, words in ((lift, "a"), (read, "read before"), (unread, "never read")):
            say(words, concern, source=Source.NOTE)
        for concern in (lift, read):
            service.confirm(concern.id, concern.version, coordinator)
        service.merge(read.id, read.version, lift.id, coordinator)
        service.merge(unread.id, unread.version, lift.id, coordinator)
        assert sorted(quote.text for quote in service.quotes(lift.id)) == ["a", "read before"]
        assert service.came_in(lift.id)[0] == 1

    def test_an_undone_reading_is_unread_again(self, make_concern, say, coordinator):
        concern = make_concern("Lift")
        say("seen", concern, source=Source.NOTE)
        service.confirm(concern.id, concern.version, coordinator)
        new = say("new", concern, source=Source.NOTE)
        service.read_new(concern.id, concern.version, new.created_at, coordinator)
        assert service.came_in(concern.id)[0] == 0
        service.undo(last_step().id, coordinator)
        assert service.came_in(concern.id)[0] == 1
        assert [quote.text for quote in service.quotes(concern.id)] == ["seen"]

    def test_old_words_that_the_analysis_puts_into_an_open_page_are_unread(self, neighbourhood, say, coordinator):
        texts = ["De lift is al weken stuk", "The lift has been broken for weeks"]
        passages = [say(text, source=Source.NOTE) for text in texts]
        until = max(passage.created_at for passage in passages)
        encoder = default_encoder()
        for passage in passages:
            db.session.execute(
                update(Passage).where(Passage.id == passage.id).values(vector=encoder.encode([texts[0]])[0].tobytes())
            )
        revisions.changed([neighbourhood.id], due=True)
        db.session.commit()
        assert regroup.regroup(neighbourhood.id, encoder)
        concern = passages[0].concern
        assert concern is not None
        assert service.newest(concern.id) > until

"""Making and changing an ambition: versions, reasons, and two people at the same moment."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.ambitions import service
from app.ambitions.horizon import Horizon
from app.ambitions.models import Agreement, Ambition, AmbitionVersion, NeverChanges
from app.ambitions.states import State
from app.common.audit import AuditEntry
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight.models import Concern, ConcernState
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from tests.ambitions.conftest import bring_to, make_concern, words

WHY = LocalizedText({"en": "Residents asked for clearer words"})


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_proposal_has_one_version_and_rests_on_its_concern(ambition: Ambition, concern: Concern) -> None:
    assert ambition.state is State.PROPOSED
    assert ambition.current.number == 1
    assert ambition.current.title.get("en") == "Dry homes"
    assert [link.concern_id for link in ambition.concern_links] == [concern.id]


def test_the_same_submission_twice_makes_one_ambition(
    neighbourhood: Neighbourhood, coordinator: StaffAccount, concern: Concern
) -> None:
    sent = uuid4()
    first = service.create(neighbourhood, words(), by=coordinator, submission_id=sent, concern=concern)
    again = service.create(neighbourhood, words("Other"), by=coordinator, submission_id=sent, concern=concern)
    assert first.id == again.id
    assert count(Ambition) == 1


def test_a_change_is_a_new_version_with_a_reason_and_the_old_words_stay(
    ambition: Ambition, coordinator: StaffAccount
) -> None:
    service.edit(
        ambition,
        words("Dry and warm homes", horizon=Horizon.LONG),
        reason=WHY,
        seen_version=1,
        by=coordinator,
        submission_id=uuid4(),
    )
    assert ambition.current.number == 2
    assert [(v.number, v.title.get("en"), v.reason) for v in ambition.versions] == [
        (2, "Dry and warm homes", WHY),
        (1, "Dry homes", None),
    ]


def test_of_two_editors_the_second_is_told_and_nothing_is_overwritten(
    ambition: Ambition, coordinator: StaffAccount
) -> None:
    edit = {"reason": WHY, "seen_version": 1, "by": coordinator}
    service.edit(ambition, words("First"), **edit, submission_id=uuid4())
    with pytest.raises(service.EditedMeanwhile) as told:
        service.edit(ambition, words("Second"), **edit, submission_id=uuid4())
    assert told.value.current.title.get("en") == "First"
    assert count(AmbitionVersion) == 2


def test_an_edit_sent_twice_is_one_version(ambition: Ambition, coordinator: StaffAccount) -> None:
    sent = uuid4()
    for _ in range(2):
        service.edit(ambition, words("New"), reason=WHY, seen_version=1, by=coordinator, submission_id=sent)
    assert ambition.version_number == 2
    assert count(AmbitionVersion) == 2


def test_an_edit_that_changes_nothing_is_no_version(ambition: Ambition, coordinator: StaffAccount) -> None:
    with pytest.raises(service.NothingChanged):
        service.edit(ambition, words(), reason=WHY, seen_version=1, by=coordinator, submission_id=uuid4())
    assert count(AmbitionVersion) == 1


def test_words_stay_fixed_while_residents_vote_on_them(ambition: Ambition, coordinator: StaffAccount) -> None:
    bring_to(ambition, State.PUT_TO_RESIDENTS, coordinator)
    with pytest.raises(service.WordsAreFixed):
        service.edit(ambition, words("Other"), reason=WHY, seen_version=1, by=coordinator, submission_id=uuid4())
    assert ambition.current.title.get("en") == "Dry homes"


def test_what_was_published_cannot_be_changed_in_place(
    ambition: Ambition, make_agreement, coordinator: StaffAccount
) -> None:
    ambition.versions[0].title = LocalizedText({"en": "Rewritten"})
    with pytest.raises(NeverChanges):
        db.session.flush()
    db.session.rollback()
    agreement: Agreement = make_agreement()
    agreement.what = LocalizedText({"en": "Repair 4 roofs"})
    with pytest.raises(NeverChanges):
        db.session.flush()


def test_a_concern_is_linked_once_and_can_be_taken_back(
    ambition: Ambition, neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    other = make_concern(neighbourhood, "Draughty windows")
    service.link_concern(ambition, other, by=coordinator)
    service.link_concern(ambition, other, by=coordinator)
    assert len(ambition.concern_links) == 2
    service.unlink_concern(ambition, other.id, by=coordinator)
    service.unlink_concern(ambition, other.id, by=coordinator)
    assert len(ambition.concern_links) == 1


@pytest.mark.parametrize("state", [ConcernState.FOUND])
def test_nothing_rests_on_a_concern_that_nobody_looked_at(
    ambition: Ambition, neighbourhood: Neighbourhood, coordinator: StaffAccount, state: ConcernState
) -> None:
    unseen = make_concern(neighbourhood, "Unseen", state)
    with pytest.raises(service.NotConfirmed):
        service.link_concern(ambition, unseen, by=coordinator)
    with pytest.raises(service.NotConfirmed):
        service.create(neighbourhood, words(), by=coordinator, submission_id=uuid4(), concern=unseen)
    assert count(Ambition) == 1


def test_a_concern_of_another_neighbourhood_is_refused(
    ambition: Ambition, other_neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    elsewhere = make_concern(other_neighbourhood)
    with pytest.raises(service.NotTheSamePlace):
        service.link_concern(ambition, elsewhere, by=coordinator)


def test_a_link_follows_its_concern_when_that_is_merged(
    ambition: Ambition, concern: Concern, neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    other = make_concern(neighbourhood, "Damp")
    service.link_concern(ambition, other, by=coordinator)
    concern.state, concern.merged_into_id = ConcernState.MERGED, other.id
    db.session.commit()
    assert [found.id for found in service.concerns_of(ambition)] == [other.id]
    assert [link.ambition_id for link in service.links_by_concern([neighbourhood.id])[other.id]] == [ambition.id]


def test_every_act_leaves_a_trace(ambition: Ambition, coordinator: StaffAccount) -> None:
    service.edit(ambition, words("New"), reason=WHY, seen_version=1, by=coordinator, submission_id=uuid4())
    service.drop(ambition, WHY, by=coordinator)
    acts = db.session.execute(select(AuditEntry.action, AuditEntry.actor_id).order_by(AuditEntry.at)).all()
    assert [act for act, _ in acts] == [
        "ambition.created",
        "ambition.linked",
        "ambition.edited",
        "ambition.dropped",
    ]
    assert {actor for _, actor in acts} == {coordinator.id}

"""Proposals are put to residents, and what they choose is taken over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import event, select

from app.ambitions import service
from app.ambitions.models import Ambition, StateChange
from app.ambitions.service.moves import MovedMeanwhile
from app.ambitions.states import State
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from app.voting import service as voting
from app.voting.models import Poll
from tests.ambitions.conftest import words

QUESTION = LocalizedText({"en": "Which plans first?"})


@pytest.fixture
def plans(neighbourhood: Neighbourhood, coordinator: StaffAccount) -> list[Ambition]:
    return [
        service.create(neighbourhood, words(title), by=coordinator, submission_id=uuid4())
        for title in ("Dry homes", "Working lift", "Clean street")
    ]


def question(**changes: Any) -> service.Question:
    last = (datetime.now(UTC) + timedelta(days=20)).date()
    values = {"title": QUESTION, "question": QUESTION, "last_day": last, "seats": 1, "choices": 2}
    return service.Question(**{**values, **changes})


@pytest.fixture
def poll(plans: list[Ambition], neighbourhood: Neighbourhood, coordinator: StaffAccount) -> Poll:
    return service.put_to_residents(neighbourhood, plans, question(), by=coordinator, submission_id=uuid4())


def vote_and_count(poll: Poll, coordinator: StaffAccount, choices: list[list[str]]) -> None:
    """Open the poll, cast these ballots by the titles of the plans, and count after the last day."""
    printed = voting.make_codes(poll, len(choices), "", str(uuid4()), coordinator)
    voting.open_poll(poll, coordinator)
    key = {option.title.get("en"): option.key for option in poll.options}
    for code, titles in zip(printed, choices, strict=True):
        voting.cast(poll, code.code, [key[title] for title in titles], str(uuid4()), replace=False)
    with time_machine.travel(poll.closes_at + timedelta(seconds=1)):
        voting.count_poll(poll.id)


def test_the_poll_offers_the_plans_and_their_words_are_fixed(
    poll: Poll, plans: list[Ambition], coordinator: StaffAccount
) -> None:
    assert [option.title.get("en") for option in poll.options] == ["Dry homes", "Working lift", "Clean street"]
    assert {plan.state for plan in plans} == {State.PUT_TO_RESIDENTS}
    with pytest.raises(service.WordsAreFixed):
        service.edit(plans[0], words("Other"), reason=QUESTION, seen_version=1, by=coordinator, submission_id=uuid4())


def test_the_same_submission_makes_one_poll(
    plans: list[Ambition], neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    sent = uuid4()
    polls = {
        service.put_to_residents(neighbourhood, plans, question(), by=coordinator, submission_id=sent).id
        for _ in range(2)
    }
    assert len(polls) == 1
    assert [len(plan.changes) for plan in plans] == [1, 1, 1]


def test_a_plan_is_never_in_two_votes(
    poll: Poll, plans: list[Ambition], neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    fresh = service.create(neighbourhood, words("Fresh"), by=coordinator, submission_id=uuid4())
    with pytest.raises(MovedMeanwhile):
        service.put_to_residents(neighbourhood, [plans[0], fresh], question(), by=coordinator, submission_id=uuid4())
    assert fresh.state is State.PROPOSED
    assert list(db.session.scalars(select(Poll))) == [poll]


def test_a_failure_while_the_plans_are_moved_leaves_no_poll(
    plans: list[Ambition], neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    sent, last = uuid4(), plans[-1].id

    def fail(_mapper: object, _connection: object, change: StateChange) -> None:
        if change.ambition_id == last:
            raise ConnectionError("the database is gone")

    event.listen(StateChange, "before_insert", fail)
    try:
        with pytest.raises(ConnectionError):
            service.put_to_residents(neighbourhood, plans, question(), by=coordinator, submission_id=sent)
    finally:
        event.remove(StateChange, "before_insert", fail)
    db.session.rollback()  # as the end of a request does
    assert list(db.session.scalars(select(Poll))) == []
    assert {plan.state for plan in plans} == {State.PROPOSED}
    poll = service.put_to_residents(neighbourhood, plans, question(), by=coordinator, submission_id=sent)
    assert {plan.changes[-1].poll_id for plan in plans} == {poll.id}


def test_the_same_submission_after_the_result_gives_the_same_poll(
    plans: list[Ambition], neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    sent = uuid4()
    poll = service.put_to_residents(neighbourhood, plans, question(), by=coordinator, submission_id=sent)
    voting.cancel_poll(poll, LocalizedText({"en": "A mistake"}), coordinator)
    service.take_over(poll, by=coordinator)
    assert service.put_to_residents(neighbourhood, plans, question(), by=coordinator, submission_id=sent) == poll
    assert {plan.state for plan in plans} == {State.PROPOSED}


def test_what_residents_chose_is_adopted_and_the_rest_stay_proposals(
    poll: Poll, plans: list[Ambition], coordinator: StaffAccount
) -> None:
    assert not service.verdict(poll)
    vote_and_count(poll, coordinator, [["Working lift"], ["Working lift", "Dry homes"], ["Clean street"]])
    expected = service.verdict(poll)
    assert [plan.current.title.get("en") for plan in expected.adopted] == ["Working lift"]
    assert {plan.state for plan in plans} == {State.PUT_TO_RESIDENTS}  # looking changes nothing
    service.take_over(poll, by=coordinator)
    assert [plan.state for plan in plans] == [State.PROPOSED, State.ADOPTED, State.PROPOSED]
    assert not service.take_over(poll, by=coordinator)  # a second tap
    assert [change.to_state for change in plans[1].changes] == [State.PUT_TO_RESIDENTS, State.ADOPTED]


def test_after_a_cancelled_poll_all_are_proposals_again(
    poll: Poll, plans: list[Ambition], coordinator: StaffAccount
) -> None:
    voting.cancel_poll(poll, LocalizedText({"en": "A mistake"}), coordinator)
    service.take_over(poll, by=coordinator)
    assert {plan.state for plan in plans} == {State.PROPOSED}


def test_a_plan_dropped_meanwhile_is_left_alone(poll: Poll, plans: list[Ambition], coordinator: StaffAccount) -> None:
    service.drop(plans[1], LocalizedText({"en": "The flat is sold"}), by=coordinator)
    vote_and_count(poll, coordinator, [["Working lift"]])
    service.take_over(poll, by=coordinator)
    assert [plan.state for plan in plans] == [State.PROPOSED, State.DROPPED, State.PROPOSED]


def test_the_coordinator_does_it_in_the_browser(
    plans: list[Ambition], coordinator: StaffAccount, sign_in: Callable[[StaffAccount], Any]
) -> None:
    staff, here = sign_in(coordinator), "/en/staff/neighbourhoods/WK034401/ambitions"
    form = {"title-en": "Plans for 2027", "question-en": "Which plans first?", "seats": "1", "choices": "2"}
    last = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    one = staff.post_form(f"{here}/poll", {**form, "last_day": last, "ambitions": [str(plans[0].id)]})
    assert "Choose at least two proposals." in one.text
    both = [str(plan.id) for plan in plans[:2]]
    past = staff.post_form(f"{here}/poll", {**form, "last_day": "2020-01-01", "ambitions": both})
    assert "Choose a day that is not over yet." in past.text
    assert 'value="Plans for 2027"' in past.text
    many = staff.post_form(f"{here}/poll", {**form, "seats": "2", "last_day": last, "ambitions": both})
    assert "Not all can be chosen." in many.text
    made = staff.post_form(f"{here}/poll", {**form, "last_day": last, "ambitions": both})
    poll = db.session.scalars(select(Poll)).one()
    assert made.location == f"/en/staff/polls/{poll.id}"
    vote_and_count(poll, coordinator, [["Dry homes"]])
    path = f"/en/staff/polls/{poll.id}/take-over"
    assert "Take over the result of: Plans for 2027" in staff.page(here).text
    text = staff.page(path).text
    assert text.index("they are adopted") < text.index("Dry homes") < text.index("they stay proposals")
    assert staff.post_form(path).location == here
    assert [plan.state for plan in plans] == [State.ADOPTED, State.PROPOSED, State.PROPOSED]
    page = staff.page(f"/en/neighbourhoods/WK034401/ambitions/{plans[0].id}")
    assert page.find("a", href=f"/en/neighbourhoods/WK034401/polls/{poll.slug}").text == "See the vote"


def test_another_municipality_cannot_take_over(
    poll: Poll, other_coordinator: StaffAccount, sign_in: Callable[[StaffAccount], Any]
) -> None:
    theirs = sign_in(other_coordinator)
    assert theirs.get(f"/en/staff/polls/{poll.id}/take-over").status_code == 404

"""Several people, or one person tapping twice, at the same moment: the database decides."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.ambitions import service
from app.ambitions.models import Agreement, Ambition, AmbitionVersion, ProgressReport, StateChange
from app.ambitions.states import State
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from tests.ambitions.conftest import words

REASON = LocalizedText({"en": "Why"})
TOGETHER = 8


@pytest.fixture
def together(app: Flask) -> Callable[[Callable[[int], Any]], list[Any]]:
    """Runs a function in several threads at once, each with a session of its own; gives results and exceptions."""

    def go(act: Callable[[int], Any]) -> list[Any]:
        def alone(number: int) -> Any:
            with app.app_context():
                try:
                    return act(number)
                except Exception as error:
                    return error

        db.session.commit()
        with ThreadPoolExecutor(TOGETHER) as pool:
            found = list(pool.map(alone, range(TOGETHER)))
        db.session.expire_all()
        return found

    return go


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_proposal_sent_eight_times_is_one(
    together: Callable[..., list[Any]], neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    place_id, staff_id, sent = neighbourhood.id, coordinator.id, uuid4()

    def act(_number: int) -> UUID:
        place, by = db.session.get_one(Neighbourhood, place_id), db.session.get_one(StaffAccount, staff_id)
        return service.create(place, words(), by=by, submission_id=sent).id

    assert len(set(together(act))) == 1
    assert (count(Ambition), count(AmbitionVersion)) == (1, 1)


def test_of_eight_editors_one_is_first_and_seven_are_told(
    together: Callable[..., list[Any]], ambition: Ambition, coordinator: StaffAccount
) -> None:
    ambition_id, staff_id = ambition.id, coordinator.id

    def act(number: int) -> int:
        mine, by = db.session.get_one(Ambition, ambition_id), db.session.get_one(StaffAccount, staff_id)
        new = words(f"Words {number}")
        return service.edit(mine, new, reason=REASON, seen_version=1, by=by, submission_id=uuid4()).version_number

    found = together(act)
    assert [one for one in found if not isinstance(one, service.EditedMeanwhile)] == [2]
    assert count(AmbitionVersion) == 2


def test_eight_first_reports_are_all_kept_and_bring_it_in_progress_once(
    together: Callable[..., list[Any]],
    adopted: Ambition,
    make_agreement: Callable[..., Agreement],
    coordinator: StaffAccount,
) -> None:
    agreement_id, staff_id = make_agreement().id, coordinator.id

    def act(_number: int) -> UUID:
        mine, by = db.session.get_one(Agreement, agreement_id), db.session.get_one(StaffAccount, staff_id)
        return service.report(mine, REASON, by=by, submission_id=uuid4()).id

    assert len(set(together(act))) == TOGETHER
    assert count(ProgressReport) == TOGETHER
    in_progress = select(func.count()).select_from(StateChange).where(StateChange.to_state == State.IN_PROGRESS)
    assert db.session.scalar(in_progress) == 1
    assert adopted.state is State.IN_PROGRESS

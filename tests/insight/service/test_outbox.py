"""Who has which contribution in hand: shared by workers, given back, tried again, given up."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import func, select

from app.common.clock import now
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight.models import AnalysisAttempt
from app.insight.service import outbox


@pytest.fixture
def arrive(neighbourhood):
    """So many contributions come in; gives their ids, oldest first."""

    def go(how_many: int) -> list:
        ids = [
            contributions.add(
                neighbourhood_id=neighbourhood.id, source=Source.NOTE, source_key=f"note:{n}", text=f"text {n}"
            ).id
            for n in range(how_many)
        ]
        db.session.commit()
        return ids

    return go


def test_the_oldest_come_first_and_each_is_taken_once(arrive):
    ids = arrive(5)
    assert outbox.take(3) == ids[:3]
    assert outbox.take(3) == ids[3:]
    assert outbox.take(3) == []


def test_what_is_analysed_or_withdrawn_does_not_wait(arrive, withdraw):
    ids = arrive(3)
    db.session.get(Contribution, ids[0]).analysed_at = now()
    withdraw(db.session.get(Contribution, ids[1]))
    assert outbox.take(3) == ids[2:]


def test_many_workers_at_the_same_moment_share_the_work_without_meeting(app, arrive):
    ids = arrive(60)
    taken, start = [], Barrier(6)

    def work() -> None:
        with app.app_context():
            start.wait()
            while mine := outbox.take(7):
                taken.extend(mine)
            db.session.remove()

    workers = [Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    outbox_left = outbox.take(100)
    assert sorted(taken + outbox_left) == sorted(ids)


def test_what_a_dead_worker_left_behind_is_taken_alone_after_a_while(arrive):
    ids = arrive(3)
    with time_machine.travel("2026-11-25T10:00:00Z", tick=False) as clock:
        outbox.take(2)
        assert outbox.take(2) == ids[2:]
        clock.shift(outbox.HOLD - timedelta(seconds=1))
        assert outbox.take(2) == []
        clock.shift(timedelta(seconds=2))
        again = [outbox.take(2) for _ in range(4)]
    assert sorted(again) == sorted([[ids[0]], [ids[1]], [ids[2]], []])


def test_a_text_that_ends_the_worker_each_time_is_left_for_a_person(arrive, neighbourhood):
    (poison,) = arrive(1)
    with time_machine.travel("2026-11-25T10:00:00Z", tick=False) as clock:
        for _ in range(outbox.MOST_ATTEMPTS):
            assert outbox.take(9) == [poison]
            clock.shift(outbox.HOLD + timedelta(seconds=1))
        assert outbox.take(9) == []
    (failed,) = outbox.failures(neighbourhood.id)
    assert (failed.contribution_id, failed.failure) == (poison, "the worker stopped")


def test_a_worker_that_is_told_to_stop_gives_its_work_back_at_once(arrive):
    ids = arrive(2)
    outbox.put_back(outbox.take(2))
    assert outbox.take(2) == ids


def test_results_are_claimed_once_whatever_a_slow_worker_does(arrive):
    ids = arrive(2)
    assert outbox.claim_results(ids) == set(ids)
    db.session.commit()
    assert outbox.claim_results(ids) == set()


def test_results_of_words_that_were_taken_back_meanwhile_are_not_stored(arrive, withdraw):
    ids = arrive(2)
    outbox.take(2)
    withdraw(db.session.get(Contribution, ids[0]))
    assert outbox.claim_results(ids) == {ids[1]}


def test_a_failure_names_the_error_and_its_place_but_never_the_words(arrive, neighbourhood):
    (poison,) = arrive(1)
    outbox.take(1)
    try:
        int("my secret words")
    except ValueError as error:
        outbox.mark_failed(poison, error)
    (failed,) = outbox.failures(neighbourhood.id)
    assert failed.failure.startswith("ValueError (")
    assert "secret" not in failed.failure
    assert outbox.take(1) == []


def test_staff_sees_what_failed_and_has_it_tried_again(arrive, neighbourhood, coordinator, sign_in):
    (poison,) = arrive(1)
    outbox.take(1)
    outbox.mark_failed(poison, RuntimeError())
    db.session.commit()
    staff, page = sign_in(coordinator), "/en/staff/neighbourhoods/WK034401/not-read"
    assert "1 text could not be read" in staff.get("/en/staff/neighbourhoods/WK034401/concerns").text
    assert "RuntimeError" in staff.get(page).text
    staff.post_form(page)
    assert db.session.scalar(select(func.count()).select_from(AnalysisAttempt)) == 0
    assert outbox.take(1) == [poison]

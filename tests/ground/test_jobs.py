"""Background work: one thing that fails does not stop the others."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from app.common.heartbeat import Heartbeat, beat, worker_is_alive
from app.extensions import db
from app.jobs import Jobs
from app.people.models import Resident


def test_a_job_that_breaks_its_transaction_does_not_stop_the_next(app: Flask) -> None:
    jobs = Jobs()

    @jobs.every_minute
    def broken() -> None:
        db.session.add_all([Resident(receipt_hash="same"), Resident(receipt_hash="same")])
        db.session.flush()

    jobs.every_minute(beat)
    jobs.run_minutely()
    assert worker_is_alive()
    assert db.session.scalar(select(func.count()).select_from(Resident)) == 0


def test_two_workers_are_one_sign_of_life(app: Flask) -> None:
    beat()
    beat()
    assert db.session.scalar(select(func.count()).select_from(Heartbeat)) == 1


def test_a_nudge_into_a_dead_queue_does_not_turn_success_into_failure(app: Flask) -> None:
    jobs, real = Jobs(), app.extensions["enqueue"]

    def dead(_name: str, _args: tuple[object, ...]) -> None:
        raise ConnectionError("no queue")

    app.extensions["enqueue"] = dead
    try:
        jobs.hurry()
    finally:
        app.extensions["enqueue"] = real

"""A large import must not keep the worker from its other work."""

from __future__ import annotations

import pytest

from app.contributions import service as contributions
from app.contributions.models import Source
from app.extensions import db
from app.insight import service
from app.insight.jobs import CHUNKS_IN_A_JOB, analyse_pending

MANY = 2 * CHUNKS_IN_A_JOB * 2 + 3


@pytest.fixture
def queued(app):
    """The names of the jobs that are put in the queue."""
    real, names = app.extensions["enqueue"], []
    app.extensions["enqueue"] = lambda name, args: names.append(name)
    yield names
    app.extensions["enqueue"] = real


@pytest.fixture
def imported(neighbourhood):
    for n in range(MANY):
        text = f"De lift op nummer {n} is stuk"
        contributions.add(neighbourhood_id=neighbourhood.id, source=Source.IMPORT, source_key=f"row:{n}", text=text)
    db.session.commit()


def test_one_job_does_a_part_and_asks_for_the_next(imported, queued):
    analyse_pending(size=2)
    assert contributions.waiting() == MANY - 2 * CHUNKS_IN_A_JOB
    assert len(queued) == 1


def test_job_after_job_everything_is_done_and_then_it_stops(imported, queued):
    jobs = 0
    while jobs == 0 or queued:
        queued.clear()
        analyse_pending(size=2)
        jobs += 1
        assert jobs <= MANY
    assert jobs == 3
    assert contributions.waiting() == 0
    analyse_pending(size=2)
    assert queued == []


def test_the_command_does_everything_in_one_go(imported, queued):
    assert service.analyse_waiting() == MANY
    assert contributions.waiting() == 0
    assert queued == []

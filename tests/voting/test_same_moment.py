"""What happens at the same moment: two servers, the closing, two people who press the same button."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.extensions import db
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from app.voting import service
from app.voting.models import Ballot, Poll, PollResult, PollState
from app.voting.sealing import new_keys
from app.voting.service import CastOutcome, NotADraft, NotNow
from tests.voting.conftest import AFTER, poll_of_plans

PHONES = 25


def test_fifty_phones_on_two_servers_with_one_code_make_one_ballot_and_each_hears_so(
    app: Flask, open_poll: Poll, codes: list[str], tmp_path: Path
) -> None:
    environment = {
        **os.environ, "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "DATA_DIR": str(tmp_path),
        "SECRET_KEY": app.config["SECRET_KEY"], "CODE_KEY": app.config["CODE_KEY"], "PUBLIC_URL": "http://localhost",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.voting.phones", open_poll.slug, codes[0], str(PHONES)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    db.session.commit()
    servers = [subprocess.Popen(command, env=environment, text=True, **pipes) for _server in range(2)]
    for server in servers:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()
    answers = [status for server in servers for status in json.loads(server.communicate()[0])]
    assert Counter(answers) == {302: 1, 409: 2 * PHONES - 1}
    assert service.ballots_in(open_poll) == 1


def together(app: Flask, times: int, act: Callable[[int], Any]) -> list[Any]:
    """Do it in as many threads at the same moment; what each gave, or the exception it raised."""
    barrier = Barrier(times)
    db.session.commit()

    def go(place: int) -> Any:
        with app.app_context():
            barrier.wait()
            try:
                return act(place)
            except Exception as error:
                return error

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(go, range(times)))


def test_every_ballot_that_was_said_to_be_in_the_box_at_closing_is_counted(
    app: Flask, open_poll: Poll, coordinator: StaffAccount, clock: Any
) -> None:
    poll_id = open_poll.id
    printed = service.make_codes(open_poll, 40, "", str(uuid4()), coordinator)

    def vote_or_count(place: int) -> CastOutcome | None:
        if place == 0:  # meanwhile the day ends, and a worker counts
            clock.move_to(AFTER)
            service.close_due_polls()
            return None
        poll = db.session.get_one(Poll, poll_id)
        outcome = None
        for choice, code in enumerate(printed[5 * (place - 1) : 5 * place]):
            outcome = service.cast(poll, code.code, [str(choice % 4 + 1)], str(uuid4()), replace=False)
            said.append(outcome)
        return outcome

    said: list[CastOutcome] = []
    outcomes = together(app, 9, vote_or_count)
    assert all(isinstance(o, NotNow | CastOutcome | None) for o in outcomes), outcomes
    service.close_due_polls()
    db.session.expire_all()
    assert open_poll.state is PollState.COUNTED
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == len(said)
    assert service.ballots_in(open_poll) == 0


def test_replacing_a_ballot_while_codes_are_made_and_lost_ones_replaced_never_hangs(
    app: Flask, open_poll: Poll, coordinator: StaffAccount
) -> None:
    poll_id, staff_id = open_poll.id, coordinator.id
    printed = service.make_codes(open_poll, 12, "", str(uuid4()), coordinator)
    for code in printed:
        service.cast(open_poll, code.code, ["1"], str(uuid4()), replace=False)

    def act(place: int) -> object:
        poll, staff = db.session.get_one(Poll, poll_id), db.session.get_one(StaffAccount, staff_id)
        mine = printed[place // 2 * 3 : place // 2 * 3 + 3]
        for code in mine:
            if place % 2:
                service.replace_code(poll, code.number, str(uuid4()), staff)
            else:
                service.cast(poll, code.code, ["2"], str(uuid4()), replace=True)
        return None

    outcomes = together(app, 8, act)
    assert all(o is None or isinstance(o, service.WrongCode) for o in outcomes), outcomes
    assert service.ballots_in(open_poll) == 0  # each old code died with its ballot
    assert service.codes_given(open_poll) == 12


def test_two_coordinators_who_open_at_once_leave_one_key(
    app: Flask, draft_poll: Poll, coordinator: StaffAccount
) -> None:
    poll_id, staff_id = draft_poll.id, coordinator.id

    def open_it(_place: int) -> None:
        service.open_poll(db.session.get_one(Poll, poll_id), db.session.get_one(StaffAccount, staff_id))

    outcomes = together(app, 4, open_it)
    assert [type(o) for o in outcomes if o is not None] == [NotADraft] * 3
    db.session.expire_all()
    assert draft_poll.state is PollState.OPEN


def test_a_poll_that_was_counted_a_moment_ago_is_not_cancelled_any_more(
    app: Flask, open_poll: Poll, codes: list[str], coordinator: StaffAccount, clock: Any
) -> None:
    clock.move_to(AFTER)
    poll_id, staff_id = open_poll.id, coordinator.id

    def end_it(place: int) -> object:
        poll, staff = db.session.get_one(Poll, poll_id), db.session.get_one(StaffAccount, staff_id)
        return service.count_poll(poll.id) if place % 2 else service.cancel_poll(poll, poll.title, staff)

    outcomes = together(app, 6, end_it)
    db.session.expire_all()
    counted = db.session.scalar(select(func.count()).select_from(PollResult))
    assert outcomes.count(True) == counted
    assert (open_poll.state is PollState.COUNTED) == (counted == 1)
    assert (open_poll.state is PollState.CANCELLED) == (outcomes.count(None) == 1) == (counted == 0)


def test_a_double_tap_on_a_new_poll_makes_one_and_the_same_title_twice_makes_two(
    app: Flask, neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    place_id, staff_id = neighbourhood.id, coordinator.id

    def make(place: int) -> str:
        here, staff = db.session.get_one(Neighbourhood, place_id), db.session.get_one(StaffAccount, staff_id)
        return service.create_poll(here, poll_of_plans(), staff, f"tap {place // 3}").slug

    slugs = together(app, 6, make)
    assert set(slugs[:3]) | set(slugs[3:]) == {"wat-eerst", "wat-eerst-2"}, slugs
    assert len(set(slugs[:3])) == len(set(slugs[3:])) == 1
    assert db.session.scalar(select(func.count()).select_from(Poll)) == 2


def test_a_crash_in_the_middle_of_the_count_leaves_everything_for_the_next(
    open_poll: Poll, codes: list[str], clock: Any
) -> None:
    for code in codes[:6]:
        service.cast(open_poll, code, ["2"], str(uuid4()), replace=False)
    clock.move_to(AFTER)

    class PowerCut(Exception):
        pass

    def cut(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("DELETE FROM envelope"):
            raise PowerCut

    event.listen(db.engine, "before_cursor_execute", cut)
    try:
        with pytest.raises(PowerCut):
            service.count_poll(open_poll.id)
    finally:
        event.remove(db.engine, "before_cursor_execute", cut)
        db.session.rollback()
    assert open_poll.state is PollState.OPEN
    assert service.ballots_in(open_poll) == 6
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 0
    assert service.count_poll(open_poll.id) is True
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 6


def test_one_poll_that_cannot_be_counted_does_not_keep_another_waiting(
    neighbourhood: Neighbourhood, coordinator: StaffAccount, open_poll: Poll, clock: Any
) -> None:
    other = service.create_poll(neighbourhood, poll_of_plans(), coordinator)
    service.open_poll(other, coordinator)
    open_poll.locked_key, kept = new_keys()[1], open_poll.locked_key  # locked with a key that is not there now
    db.session.commit()
    clock.move_to(AFTER)
    service.close_due_polls()
    assert (open_poll.state, other.state) == (PollState.OPEN, PollState.COUNTED)
    open_poll.locked_key = kept
    db.session.commit()
    service.close_due_polls()
    assert open_poll.state is PollState.COUNTED

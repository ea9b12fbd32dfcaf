"""With the whole database in hand: no choice before the count, no code ever, and no way from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.voting import service
from app.voting.models import AccessCode, Ballot, Envelope, Poll
from app.voting.sealing import CannotOpen, new_keys, open_box, seal, unlock
from tests.voting.conftest import AFTER

Vote = Callable[..., service.CastOutcome]


def dump() -> str:
    """Every value in every table, as text; bytes in hexadecimal as a dump of the database has them."""
    lines = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(text(f"SELECT * FROM {table.name}")).all():  # noqa: S608 - our own names
            values = (bytes(v).hex() if isinstance(v, bytes | memoryview) else str(v) for v in row)
            lines.append(f"{table.name}: " + " | ".join(values))
    return "\n".join(lines)


def test_before_the_count_a_dump_is_the_same_whatever_was_chosen(
    vote: Vote, codes: list[str], open_poll: Poll
) -> None:
    """What a ballot leaves behind differs only in what is random: one row of four opaque values of a fixed length."""
    before = dump()
    all_ballots = [c for size in (1, 2, 3) for c in combinations("1234", size)]
    shapes = set()
    for choices in all_ballots:
        vote(codes[0], *choices, replace=True)
        left = sorted(set(dump().splitlines()) - set(before.splitlines()))
        assert len(left) == 1
        shapes.add(tuple(len(value) for value in left[0].split(" | ")))
    assert len(shapes) == 1
    assert len(all_ballots) == 14


def test_who_holds_the_database_cannot_guess_a_choice_by_sealing_each_possible_one(
    vote: Vote, codes: list[str], open_poll: Poll
) -> None:
    vote(codes[0], "2")
    box = db.session.scalars(select(Envelope.box)).one()
    assert open_poll.public_key is not None
    assert box not in [
        seal(open_poll.public_key, [key], ["1", "2", "3", "4"]) for key in "1234" for _try in range(20)
    ]
    for wrong in (new_keys()[1], bytes(open_poll.locked_key or b"")[:32]):
        with pytest.raises(CannotOpen):
            open_box(wrong, box)
    with pytest.raises(CannotOpen):
        unlock(open_poll.locked_key or b"", "the wrong installation's secret, which is long enough")


def test_no_code_stands_in_the_database_at_any_moment(
    vote: Vote, codes: list[str], open_poll: Poll, coordinator: StaffAccount, clock: Any
) -> None:
    vote(codes[0], "1")
    fresh = service.replace_code(open_poll, 2, str(uuid4()), coordinator)
    moments = [dump()]
    clock.move_to(AFTER)
    service.close_due_polls()
    moments.append(dump())
    for stored in moments:
        for code in (*codes, fresh.code):
            assert code not in stored
            assert code.replace("-", "") not in stored


def test_after_the_count_nothing_leads_from_a_ballot_to_a_code(
    vote: Vote, codes: list[str], open_poll: Poll, clock: Any
) -> None:
    for code in codes:
        vote(code, "1")
    clock.move_to(AFTER)
    service.close_due_polls()
    stored = dump().splitlines()
    ballots = [line for line in stored if line.startswith("ballot: ")]
    hashes = set(db.session.scalars(select(AccessCode.code_hash)))
    assert len(ballots) == len(hashes) == 8
    assert not [line for line in stored if line.startswith("envelope: ")]
    assert not [line for line in ballots if any(code_hash in line for code_hash in hashes)]
    assert [len(line.split(" | ")) for line in ballots] == [3] * 8  # id, poll, choices: no time, no order
    assert all(ballot.id.version == 4 for ballot in db.session.scalars(select(Ballot)))


def test_the_published_order_is_not_the_order_of_voting(
    vote: Vote, open_poll: Poll, coordinator: StaffAccount, clock: Any
) -> None:
    for place, printed in enumerate(service.make_codes(open_poll, 40, "", str(uuid4()), coordinator)):
        vote(printed.code, "1" if place < 20 else "2")
    clock.move_to(AFTER)
    service.close_due_polls()
    published = service.published_ballots(open_poll)
    assert published is not None
    in_file = [ballot[0] for ballot in published["ballots"]]
    in_table = [choices[0] for choices in db.session.scalars(select(Ballot.choices)).all()]
    as_cast = ["1"] * 20 + ["2"] * 20
    for order in (in_file, in_table):  # equal by chance once in 10 to the 11th
        assert order not in (as_cast, as_cast[::-1])
        assert sorted(order) == as_cast


@pytest.mark.parametrize("ending", ["counted", "cancelled", "replaced"])
def test_what_is_destroyed_is_gone_from_the_file_and_its_log(
    vote: Vote, codes: list[str], open_poll: Poll, coordinator: StaffAccount, clock: Any, ending: str
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL overwrites in its own time; docs/decisions/voting.md says so")
    for code in codes:
        vote(code, "1")
    boxes = list(db.session.scalars(select(Envelope.box)))
    secrets = boxes if ending == "replaced" else [*boxes, bytes(open_poll.locked_key or b"")]
    file = Path(str(db.engine.url.database))
    assert any(secret in on_disk(file) for secret in secrets)
    match ending:
        case "counted":
            clock.move_to(AFTER)
            service.close_due_polls()
        case "cancelled":
            service.cancel_poll(open_poll, LocalizedText({"nl": "Weg."}), coordinator)
        case _:
            for number in range(1, 9):
                service.replace_code(open_poll, number, str(uuid4()), coordinator)
    assert not [secret for secret in secrets if secret in on_disk(file)]


def on_disk(file: Path) -> bytes:
    """The database file with its write-ahead log."""
    log = file.with_name(file.name + "-wal")
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")

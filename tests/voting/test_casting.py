"""A code counts once; nobody sees a choice before the day is over; the clock is asked at every ballot."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.common.clock import playing
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.codes import CodeMistyped
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from app.voting import service
from app.voting.models import AccessCode, Ballot, Envelope, Poll, PollState
from app.voting.sealing import seal
from app.voting.service import CastOutcome, NotADraft, NotNow, WrongCode
from tests.voting.conftest import AFTER, poll_of_plans

Vote = Callable[..., CastOutcome]


def test_a_double_tap_is_one_ballot_and_both_taps_hear_the_same(
    vote: Vote, codes: list[str], open_poll: Poll
) -> None:
    assert vote(codes[0], "1", submission="same") is CastOutcome.IN_THE_BOX
    assert vote(codes[0], "1", submission="same") is CastOutcome.IN_THE_BOX
    assert service.ballots_in(open_poll) == 1


def test_a_vote_is_replaced_only_when_the_voter_wants_so_and_the_last_one_counts(
    vote: Vote, codes: list[str], open_poll: Poll
) -> None:
    vote(codes[0], "1")
    assert vote(codes[0], "2") is CastOutcome.VOTED_BEFORE
    assert vote(codes[0], "3", replace=True) is CastOutcome.REPLACED
    with playing(AFTER):
        service.close_due_polls()
    assert db.session.scalars(select(Ballot.choices)).all() == [["3"]]


def test_fifty_phones_with_one_code_at_the_same_moment_make_one_ballot(
    app: Flask, codes: list[str], open_poll: Poll
) -> None:
    poll_id, code = open_poll.id, codes[0]
    db.session.commit()

    def go(place: int) -> CastOutcome:
        with app.app_context():
            poll = db.session.get_one(Poll, poll_id)
            return service.cast(poll, code, [str(place % 4 + 1)], str(uuid4()), replace=False)

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(go, range(50)))
    assert outcomes.count(CastOutcome.IN_THE_BOX) == 1
    assert outcomes.count(CastOutcome.VOTED_BEFORE) == 49
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 1


def test_a_typing_mistake_is_told_apart_from_a_wrong_code(
    open_poll: Poll, codes: list[str], neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    from app.people.codes import new_code

    typo = codes[0][:-1] + ("2" if codes[0][-1] != "2" else "3")
    with pytest.raises(CodeMistyped):
        service.code_for(open_poll, typo)
    with pytest.raises(WrongCode):
        service.code_for(open_poll, new_code())
    other = service.create_poll(
        neighbourhood,
        service.PollDraft(
            LocalizedText({"nl": "Anders"}),
            LocalizedText({"nl": "?"}),
            [service.OptionDraft(LocalizedText({"nl": o})) for o in "ab"],
            date(2027, 4, 1),
        ),
        coordinator,
    )
    service.open_poll(other, coordinator)
    with pytest.raises(WrongCode):
        service.cast(other, codes[0], ["1"], "x", replace=False)


def test_a_lost_code_dies_with_its_ballot_and_the_new_one_counts(
    vote: Vote, codes: list[str], open_poll: Poll, coordinator: StaffAccount
) -> None:
    vote(codes[2], "1")
    fresh = service.replace_code(open_poll, 3, str(uuid4()), coordinator)
    assert service.ballots_in(open_poll) == 0
    with pytest.raises(WrongCode):
        vote(codes[2], "1")
    assert vote(fresh.code, "2") is CastOutcome.IN_THE_BOX
    assert fresh.area == "Havenstraat"
    assert service.codes_given(open_poll) == 8
    with pytest.raises(service.NoSuchCode):
        service.replace_code(open_poll, 3, str(uuid4()), coordinator)


def test_the_disk_holds_neither_codes_nor_choices_nor_the_moment(
    vote: Vote, codes: list[str], open_poll: Poll
) -> None:
    vote(codes[0], "1", "2")
    envelope = db.session.scalars(select(Envelope)).one()
    assert {c.name for c in Envelope.__table__.columns} == {"id", "poll_id", "code_hash", "box", "submission_hash"}
    plain = codes[0].replace("-", "").encode()
    hashes = db.session.scalars(select(AccessCode.code_hash)).all()
    assert plain not in envelope.box
    assert b"1" not in envelope.box[:32] or len(set(envelope.box)) > 20
    assert all(code.replace("-", "") not in " ".join(hashes).upper() for code in codes)
    assert bytes(open_poll.locked_key or b"") not in (b"", open_poll.public_key)


def test_until_the_last_microsecond_of_the_day_there_a_ballot_counts(vote: Vote, codes: list[str]) -> None:
    with playing(AFTER - timedelta(microseconds=1)):
        assert vote(codes[0], "1") is CastOutcome.IN_THE_BOX
    with playing(AFTER), pytest.raises(NotNow):
        vote(codes[1], "1")


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Amsterdam", date(2027, 10, 31)),  # the clock goes back: a day of 25 hours
        ("Europe/Amsterdam", date(2027, 6, 30)),
        ("America/Kralendijk", date(2027, 3, 28)),  # Bonaire, which has no summer time
    ],
)
def test_page_and_rule_say_the_same_last_moment_where_the_municipality_is(
    client: Any, neighbourhood: Neighbourhood, coordinator: StaffAccount, zone: str, day: date
) -> None:
    neighbourhood.municipality.time_zone = zone
    poll = service.create_poll(neighbourhood, replace(poll_of_plans(), last_day=day), coordinator)
    service.open_poll(poll, coordinator)
    first, second = service.make_codes(poll, 2, "", str(uuid4()), coordinator)
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    page = client.get(f"/en/neighbourhoods/WK034401/polls/{poll.slug}").get_data(as_text=True)
    assert f"until the end of {day:%A}, {day.day} {day:%B} {day.year}" in page
    with playing(midnight - timedelta(seconds=1)):
        assert service.cast(poll, first.code, ["1"], "first", replace=False) is CastOutcome.IN_THE_BOX
        assert service.count_poll(poll.id) is False
    with playing(midnight):
        with pytest.raises(NotNow):
            service.cast(poll, second.code, ["1"], "second", replace=False)
        assert service.count_poll(poll.id) is True


def test_a_late_ballot_is_refused_whatever_the_background_job_did(vote: Vote, codes: list[str]) -> None:
    with playing(AFTER + timedelta(days=3)), pytest.raises(NotNow):
        vote(codes[0], "1")
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0


def test_the_count_opens_envelopes_and_destroys_them_and_the_key(
    vote: Vote, codes: list[str], open_poll: Poll
) -> None:
    for code, choices in zip(codes[:6], (("1", "2"), ("1",), ("2", "3"), ("1",), ("2",), ("4",)), strict=True):
        vote(code, *choices)
    assert service.count_poll(open_poll.id) is False  # not yet
    assert service.shown_result(open_poll) is None
    with playing(AFTER):
        service.close_due_polls()
        service.close_due_polls()  # a second worker
    assert open_poll.state is PollState.COUNTED
    assert open_poll.locked_key is None
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0
    assert {c.name for c in Ballot.__table__.columns} == {"id", "poll_id", "choices"}
    result = service.shown_result(open_poll)
    assert result is not None
    assert (result.ballots, result.codes_given, result.with_a_winner) == (6, 8, 5)
    assert {(row.title.get("nl"), row.votes) for row in result.rows if row.chosen} == {("Bomen", 3), ("Bankjes", 3)}
    assert service.winners(open_poll) == [row.subject for row in result.rows if row.chosen]


def test_published_ballots_count_to_the_same_result(vote: Vote, codes: list[str], open_poll: Poll) -> None:
    from app.voting.__main__ import recount

    for place, code in enumerate(codes):
        vote(code, str(place % 4 + 1), str((place + 1) % 4 + 1))
    with playing(AFTER):
        service.close_due_polls()
    published = service.published_ballots(open_poll)
    assert published is not None
    assert recount(published)["winners"] == published["winners"]
    assert len(published["ballots"]) == 8


def test_with_few_voters_only_the_winners_are_told(vote: Vote, codes: list[str], open_poll: Poll) -> None:
    for code in codes[:4]:
        vote(code, "1")
    with playing(AFTER):
        service.close_due_polls()
    result = service.shown_result(open_poll)
    assert result is not None
    assert result.ballots is None
    assert [row.votes for row in result.rows] == [None] * 4
    assert result.rows[0].chosen
    assert service.published_ballots(open_poll) is None


def test_an_envelope_that_cannot_be_read_is_told_and_does_not_stop_the_count(
    vote: Vote, codes: list[str], open_poll: Poll
) -> None:
    vote(codes[0], "1")
    forged = seal(open_poll.public_key or b"", ["1", "2", "3", "4"], ["1", "2", "3", "4"])
    for place, box in enumerate((b"nonsense", forged)):
        db.session.add(Envelope(poll_id=open_poll.id, code_hash=str(place), box=box, submission_hash=""))
    db.session.commit()
    with playing(AFTER):
        service.close_due_polls()
    assert open_poll.result is not None
    assert (open_poll.result.unreadable, open_poll.result.outcome["ballots"]) == (2, 1)


@pytest.mark.parametrize(
    "change", [{"seats": 3}, {"question": LocalizedText({"nl": "Iets anders?"})}, {"last_day": date(2027, 4, 1)}]
)
def test_once_open_no_rule_can_change_on_any_path(open_poll: Poll, change: dict[str, Any]) -> None:
    for name, value in change.items():
        setattr(open_poll, name, value)
    with pytest.raises(NotADraft):
        db.session.commit()
    db.session.rollback()


def test_nor_can_its_options(open_poll: Poll) -> None:
    open_poll.options[0].title = LocalizedText({"nl": "Parkeerplaatsen"})
    with pytest.raises(NotADraft):
        db.session.commit()
    db.session.rollback()


def test_a_cancelled_poll_says_why_and_destroys_what_was_cast(
    vote: Vote, codes: list[str], open_poll: Poll, coordinator: StaffAccount
) -> None:
    vote(codes[0], "1")
    service.cancel_poll(open_poll, LocalizedText({"nl": "De plannen veranderden."}), coordinator)
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0
    with pytest.raises(NotNow):
        vote(codes[1], "1")
    with playing(AFTER):
        service.close_due_polls()
    assert open_poll.state is PollState.CANCELLED
    with pytest.raises(NotADraft):
        service.open_poll(open_poll, coordinator)


def test_two_makers_of_codes_never_make_the_same_number(
    app: Flask, open_poll: Poll, coordinator: StaffAccount
) -> None:
    poll_id, staff_id = open_poll.id, coordinator.id
    db.session.commit()

    def go(_place: int) -> list[int]:
        with app.app_context():
            poll, staff = db.session.get_one(Poll, poll_id), db.session.get_one(StaffAccount, staff_id)
            return [printed.number for printed in service.make_codes(poll, 5, "", str(uuid4()), staff)]

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for made in pool.map(go, range(8)) for number in made]
    assert sorted(numbers) == list(range(1, 41))


def test_a_batch_of_codes_is_made_once(open_poll: Poll, coordinator: StaffAccount) -> None:
    batch = str(uuid4())
    service.make_codes(open_poll, 3, "", batch, coordinator)
    with pytest.raises(service.AlreadyMade):
        service.make_codes(open_poll, 3, "", batch, coordinator)
    assert service.codes_given(open_poll) == 3
    assert service.void_codes(open_poll, 1, 3, coordinator) == 3
    assert service.codes_given(open_poll) == 0

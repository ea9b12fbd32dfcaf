"""The demo town comes whole, once, and goes on where it was cut off; its pages have something true to show."""

from __future__ import annotations

import stat
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.ambitions.models import Agreement, Ambition
from app.ambitions.standing import light_of
from app.ambitions.states import State
from app.ambitions.traffic_light import Light
from app.common.clock import now
from app.contributions.models import Contribution, Source
from app.demo.load import load
from app.demo.logins import Logins, known_logins
from app.demo.words import everything_said, read
from app.extensions import db
from app.insight import service as insight
from app.insight.models import Concern, ConcernState
from app.people.residents import resident_by_code
from app.people.service import account_by_password
from app.places.service import neighbourhood_by_code
from app.voting import service as voting
from tests.conftest import Browser

HERE, THERE = "WK999901", "WK999902"
pytestmark = pytest.mark.slow


class PowerCut(Exception):
    """The machine stops in the middle."""


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def load_with_a_power_cut(folder: Path) -> str:
    """Load until two thirds of the way, then again."""

    def stop(part: float) -> None:
        if part > 0.66:
            raise PowerCut

    with pytest.raises(PowerCut):
        load(folder, stop)
    db.session.rollback()
    return load(folder)


def test_the_town_comes_whole_after_a_power_cut_and_only_once(client: Browser, tmp_path: Path) -> None:
    story = load_with_a_power_cut(tmp_path)
    logins = known_logins(tmp_path)
    assert logins is not None
    everything_is_there_once()
    staff_and_residents_can_come_in(logins, story, tmp_path)
    promises_stand_differently()
    pages_have_something_to_show(client, logins)
    before = rows()
    assert load(tmp_path) == story
    assert rows() == before
    assert "Its logins are in the DATA_DIR" in load(tmp_path / "another")


def everything_is_there_once() -> None:
    said = Counter(db.session.scalars(select(Contribution.source)))
    assert sum(said.values()) == len(everything_said())
    assert said[Source.IDEA] == len(read("ideas"))
    assert said[Source.NOTE] == len(read("notes"))
    assert db.session.scalar(select(func.count()).where(Contribution.analysed_at.is_(None))) == 0
    assert db.session.scalar(select(func.count(Agreement.id))) == len(read("story")["agreements"])
    first, last = db.session.execute(
        select(func.min(Contribution.created_at), func.max(Contribution.created_at))
    ).one()
    assert 240 < (now() - first).days < 300
    assert (now() - last).days < 10
    hidden = db.session.scalars(select(Contribution.redacted_text).where(Contribution.source == Source.NOTE))
    for text in hidden:
        assert not any(private in str(text) for private in ("NL91", "111222333", "87654321"))


def staff_and_residents_can_come_in(logins: Logins, story: str, folder: Path) -> None:
    assert stat.S_IMODE((folder / "demo-logins.txt").stat().st_mode) == 0o600
    roles = {row["login"]: row["role"] for row in read("places")["staff"]}
    for login, password in logins.staff.items():
        account = account_by_password(login, password)
        assert account is not None
        assert account.role == roles[login]
        assert password in story
    assert resident_by_code(logins.receipt_code.replace("-", "")) is not None
    place = neighbourhood_by_code(HERE)
    assert place is not None
    (poll,) = voting.open_polls(place.id)
    assert len(set(logins.access_codes)) >= 20
    assert not any(voting.code_for(poll, code).has_voted for code in logins.access_codes)


def promises_stand_differently() -> None:
    states = Counter(db.session.scalars(select(Ambition.state)))
    assert states[State.IN_PROGRESS] == 5
    assert states[State.PROPOSED] == 2
    assert states[State.PUT_TO_RESIDENTS] == 4
    lights = Counter(
        light_of(agreement, "Europe/Amsterdam", now()) for agreement in db.session.scalars(select(Agreement))
    )
    assert lights[Light.LATE] == 1
    assert lights[Light.KEPT] >= 2
    assert lights[Light.ON_TRACK] >= 4
    concerns = Counter(db.session.scalars(select(Concern.state)))
    assert concerns[ConcernState.CONFIRMED] == 12
    assert concerns[ConcernState.DISMISSED] == 1
    assert concerns[ConcernState.FOUND] >= 3, "nothing is left to review"
    for code in (HERE, THERE):
        place = neighbourhood_by_code(code)
        assert place is not None
        assert all(concern.people for concern in insight.public_concerns(place.id)), "too few people to show"


def pages_have_something_to_show(client: Browser, logins: Logins) -> None:
    for lang in ("nl", "en", "ar"):
        for path in ("", "/concerns", "/ideas", "/ambitions", "/polls", "/you-said", "/surveys/liveability"):
            assert client.get(f"/{lang}/neighbourhoods/{HERE}{path}").status_code == 200
    page = client.page(f"/en/neighbourhoods/{HERE}/you-said").get_text(" ", strip=True)
    assert "The lift in the Reigerflat is broken too often" in page
    assert "One breakdown still took five days" in page
    answer = client.post_form("/en/receipt", {"code": logins.receipt_code}, follow_redirects=True)
    assert "We come to look and measure" in answer.text

"""`flask place …`: an empty installation gets its places, once."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.demo.words import read
from app.places.models import SECTORS, Municipality, Neighbourhood, Party
from app.places.service import municipality_by_code, neighbourhood_by_code

Run = Callable[..., Result]
TOWN = ("add-municipality", "GM0344", "Utrecht")
PLACE = ("add-neighbourhood", "WK034401", "West", "--municipality", "GM0344")
PARTY = ("add-party", "De Sleutel", "--municipality", "GM0344", "--sector", "housing")


@pytest.fixture
def place(app: Flask, session: Any) -> Run:
    def go(*arguments: str) -> Result:
        result = app.test_cli_runner().invoke(args=["place", *arguments])
        session.rollback()
        return result

    return go


def stored(session: Any) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) for table in (Municipality, Neighbourhood, Party)]


def test_places_are_added_and_their_pages_are_there(place: Run, session: Any, client: Any) -> None:
    for arguments in (TOWN, PLACE, PARTY):
        result = place(*arguments)
        assert (result.exit_code, result.output.endswith(": added.\n")) == (0, True), result.output
    here = neighbourhood_by_code("WK034401")
    assert here is not None
    assert (here.name, here.municipality.name, here.municipality.time_zone) == ("West", "Utrecht", "Europe/Amsterdam")
    assert [(party.name, party.sector) for party in here.municipality.parties] == [("De Sleutel", "housing")]
    assert "West" in client.get("/en/neighbourhoods/WK034401").get_data(as_text=True)


def test_running_it_again_adds_nothing_and_says_so(place: Run, session: Any) -> None:
    for arguments in (TOWN, PLACE, PARTY) * 2:
        result = place(*arguments)
        assert result.exit_code == 0, result.output
    assert "there already, nothing was added" in result.output
    assert stored(session) == [1, 1, 1]


def test_a_municipality_overseas_has_its_own_time_zone(place: Run) -> None:
    place("add-municipality", "GM9001", "Bonaire", "--time-zone", "America/Kralendijk")
    town = municipality_by_code("GM9001")
    assert town is not None
    assert town.time_zone == "America/Kralendijk"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add-municipality", "GM1", "Ede", "--time-zone", "Europe"), "no time zone Europe"),
        (("add-municipality", "GM1", "Ede", "--time-zone", "../etc/passwd"), "no time zone ../etc/passwd"),
        (("add-municipality", "GM/1", "Ede"), '"GM/1" is no code'),
        (("add-municipality", "GM12345678901", "Ede"), "is no code"),
        (("add-municipality", "GM1", " "), "Give a name."),
        (("add-municipality", "GM0344", "Ede"), "GM0344 is Utrecht already"),
        (("add-neighbourhood", "WK1", "West", "--municipality", "GM1"), "no municipality GM1. There are: GM0344."),
        (
            ("add-neighbourhood", "WK034401", "East", "--municipality", "GM0344"),
            "WK034401 is West in Utrecht already",
        ),
        (("add-party", "Police", "--municipality", "GM1", "--sector", "safety"), "no municipality GM1"),
        (("add-party", "Police", "--municipality", "GM0344", "--sector", "police"), "no sector police. There are: "),
        (("add-party", "De Sleutel", "--municipality", "GM0344", "--sector", "care"), "already, in sector housing"),
    ],
)
def test_what_cannot_be_gets_one_clear_line(place: Run, session: Any, arguments: tuple[str, ...], said: str) -> None:
    for first in (TOWN, PLACE, PARTY):
        place(*first)
    result = place(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert result.output.count("\n") == 1
    assert stored(session) == [1, 1, 1]


def test_the_demo_uses_the_sectors_that_can_be_given() -> None:
    assert {party["sector"] for party in read("places")["parties"]} <= set(SECTORS)

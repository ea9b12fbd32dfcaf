"""Who lives where comes from the file that CBS publishes, or from a list; what is wrong is said with its line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.common.audit import AuditEntry
from app.places.models import Neighbourhood, PopulationGroup
from app.places.population_file import WrongFile, read_population
from app.places.service import load_population, population_of

DEMO = ("WK999901", "WK999902")
CBS = "gwb_code;a_inw;a_man;a_vrouw;a_00_14;a_15_24;a_25_44;a_45_64;a_65_oo\n"


@pytest.fixture
def run(app: Flask) -> Callable[..., Any]:
    return lambda *arguments: app.test_cli_runner().invoke(args=["place", "population", *map(str, arguments)])


def test_age_and_gender_come_from_the_file_of_cbs(data_folder: Path) -> None:
    found = read_population((data_folder / "population/kerncijfers.csv").read_bytes(), DEMO)
    assert found.tables["WK999901", "age"] == {
        "age_0_14": 980,
        "age_15_24": 690,
        "age_25_44": 1430,
        "age_45_64": 1120,
        "age_65_plus": 1010,
    }
    assert found.tables["WK999902", "gender"] == {"men": 1980, "women": 1890}
    assert set(found.tables) == {(place, dimension) for place in DEMO for dimension in ("age", "gender")}


def test_what_cbs_does_not_give_is_told_and_not_guessed(data_folder: Path) -> None:
    found = read_population((data_folder / "population/kerncijfers.csv").read_bytes(), ["BU99990107"])
    assert found.tables == {("BU99990107", "gender"): {"men": 10, "women": 5}}
    assert found.not_given == [("BU99990107", "age")]


def test_the_names_of_statline_are_understood_too() -> None:
    text = (
        '"ID";"WijkenEnBuurten";"Gemeentenaam_1";"Codering_3";"AantalInwoners_5";"Mannen_6";"Vrouwen_7";'
        '"k_0Tot15Jaar_8";"k_15Tot25Jaar_9";"k_25Tot45Jaar_10";"k_45Tot65Jaar_11";"k_65JaarOfOuder_12"\r\n'
        '"0";"WK999901";"Voorbeeldstad ";"WK999901  ";"1.000";"500,0";"500";"200";"100";"300";"200";"200"\r\n'
    )
    found = read_population(text.encode("utf-8-sig"), DEMO)
    assert found.tables["WK999901", "gender"] == {"men": 500, "women": 500}
    assert found.tables["WK999901", "age"]["age_65_plus"] == 200


def test_a_list_of_ones_own_is_taken_as_it_is(data_folder: Path) -> None:
    found = read_population((data_folder / "population/languages.csv").read_bytes(), ["WK034401"])
    assert found.tables == {
        ("WK034401", "language"): {"nl": 2800, "tr": 800, "other": 400},
        ("WK034401", "postcode4"): {"3513": 2500, "3514": 1500},
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no column `gwb_code`"),
        ("code;inhabitants\nWK999901;5\n", "neither `a_00_14`"),
        (CBS + "WK999901;900;50;50;20;20;20;20;20\n", "Line 2: all groups of age are 100 people"),
        (CBS + "WK999901;100;50;50;20;20;20;20;20\n" * 2, "Line 3: WK999901 was there already"),
        ("gwb_code;dimension;group;people\nWK999901;faith;x;9\n", "Line 2: `faith` is none of age, gender"),
        ("gwb_code;dimension;group;people\nWK999901;language;Turks;9\n", "Line 2: `Turks` is no group of language"),
        ("gwb_code;dimension;group;people\nWK999901;age;age_12;9\n", "there are age_0_14, age_15_24"),
        ("gwb_code;dimension;group;people\nWK999901;language;tr;many\n", "Line 2: `many` is no number of people"),
        ("gwb_code;dimension;group;people\nWK999901;language;tr;-9\n", "Line 2: `-9` is no number of people"),
        ("gwb_code;dimension;group;people\nWK999901;language;uk;3\n", "Line 2: uk has fewer than 5 people"),
        ("gwb_code;dimension;group;people\nWK999901;gender;men;30\n", "gender has no line for women"),
        ("gwb_code;dimension;group;people\nWK999901;language;nl;0\n", "language counts nobody"),
        ("gwb_code;dimension;group;people\n" + "WK999901;language;nl;9\n" * 2, "Line 3: nl of WK999901 was there"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, what: str) -> None:
    with pytest.raises(WrongFile, match="(?s)" + what.replace("`", ".")):
        read_population(text.encode(), DEMO)


@given(st.binary(max_size=300), st.sampled_from([b"", CBS.encode(), b"gwb_code,dimension,group,people\n"]))
def test_no_file_breaks_the_reader(rubbish: bytes, heading: bytes) -> None:
    with suppress(WrongFile):
        assert set(read_population(heading + rubbish, DEMO).tables) <= {(DEMO[0], "age"), (DEMO[0], "gender")}


def test_the_command_loads_what_this_installation_has(
    run: Callable[..., Any], neighbourhood: Neighbourhood, data_folder: Path
) -> None:
    done = run(data_folder / "population/kerncijfers.csv", "--source", "CBS, 2025")
    assert done.exit_code == 0, done.output
    assert "WK034401 Waterkwartier: age, 4,000 people in 5 groups." in done.output
    assert "WK9999" not in done.output
    tables = population_of(neighbourhood.id)
    assert list(tables["age"].people) == ["age_0_14", "age_15_24", "age_25_44", "age_45_64", "age_65_plus"]
    assert tables["gender"].source == "CBS, 2025"


def test_a_newer_table_takes_the_place_and_the_earlier_one_stays_in_the_trail(
    session: Any, neighbourhood: Neighbourhood
) -> None:
    load_population({("WK034401", "language"): {"nl": 90, "tr": 10}}, "2024")
    load_population({("WK034401", "language"): {"nl": 80, "pl": 20}}, "2025")
    load_population({("WK034401", "language"): {"nl": 80, "pl": 20}}, "2025")
    assert population_of(neighbourhood.id)["language"].people == {"nl": 80, "pl": 20}
    trail = session.scalars(select(AuditEntry).where(AuditEntry.action == "population.load").order_by(AuditEntry.at))
    assert [entry.details["before"] for entry in trail] == [
        None,
        {"people": {"nl": 90, "tr": 10}, "source": "2024"},
    ]


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_file_that_is_not_there_or_fits_no_place_is_one_clear_line(
    run: Callable[..., Any], neighbourhood: Neighbourhood, tmp_path: Path, name: str
) -> None:
    done = run(tmp_path / name)
    assert done.exit_code == 2
    assert "cannot be read" in done.output
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(CBS + "WK777701;100;50;50;20;20;20;20;20\n")
    done = run(elsewhere)
    assert done.exit_code == 2
    assert "has no line about WK034401" in done.output


def test_the_database_holds_one_number_for_a_group(session: Any, neighbourhood: Neighbourhood) -> None:
    twice = {"dimension": "language", "group_id": "nl", "people": 5, "position": 0}
    session.add_all(PopulationGroup(neighbourhood_id=neighbourhood.id, **twice) for _time in range(2))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()

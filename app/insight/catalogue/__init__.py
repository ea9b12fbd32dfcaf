"""The catalogue of known concerns and the invented passages about them; see README.md beside this file."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_THEME_IDS = {"public space": "public_space", "living together": "living_together"}


@dataclass(frozen=True, slots=True)
class ConcernType:
    """A concern that comes back in neighbourhoods, with its title by language (nl, en)."""

    id: str
    theme: str
    titles: Mapping[str, str]
    description: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """An invented passage about a type. Some hold hard words: never show one."""

    language: str
    type_id: str
    theme: str
    kind: str
    feeling: str
    text: str


@dataclass(frozen=True, slots=True)
class DangerSound:
    """An invented passage that tells of danger to people, or only sounds so. Never show one."""

    language: str
    is_danger: bool
    text: str


@dataclass(frozen=True, slots=True)
class Mood:
    """An invented passage with its kind and its feeling, about anything."""

    language: str
    kind: str
    feeling: str
    text: str


@dataclass(frozen=True, slots=True)
class Urgency:
    """Words that sound like danger (whole, or beginnings that end in *), and the types that are it."""

    types: frozenset[str]
    words: Mapping[str, tuple[str, ...]]


def _yaml(path: Path) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def types() -> dict[str, ConcernType]:
    """Every type, by id."""
    found = {}
    for path in sorted(FOLDER.glob("concerns-*.yaml")):
        for item in _yaml(path):
            found[item["id"]] = ConcernType(
                item["id"],
                _THEME_IDS.get(item["theme"], item["theme"]),
                dict(item["title"]),
                dict(item["description"]),
            )
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def examples() -> list[Example]:
    """Every invented passage, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("corpus-*.csv")):
        for row in _rows(path):
            theme = _THEME_IDS.get(row["theme"], row["theme"])
            found.append(Example(row["lang"], row["concern"], theme, row["kind"], row["feeling"], row["text"]))
    return found


def danger_sounds() -> list[DangerSound]:
    """What the detector of urgent passages learns from."""
    return [DangerSound(row["lang"], row["urgent"] == "yes", row["text"]) for row in _rows(FOLDER / "urgent.csv")]


def moods() -> list[Mood]:
    """What kinds and feelings are learnt from, beside the examples."""
    return [Mood(row["lang"], row["kind"], row["feeling"], row["text"]) for row in _rows(FOLDER / "feelings.csv")]


@cache
def urgency() -> Urgency:
    """What the detector of urgent passages goes by."""
    read = _yaml(FOLDER / "urgent.yaml")
    words = {language: tuple(str(word) for word in listed) for language, listed in read["words"].items()}
    return Urgency(frozenset(read["types"]), words)

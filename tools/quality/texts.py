"""The labelled texts that are measured with. None of them was ever learnt from."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.insight import catalogue

TESTS = Path(__file__).resolve().parents[2] / "tests" / "data"
INSIGHT = TESTS / "insight"
BOWLING_GREEN = TESTS / "bowling-green"


@dataclass(frozen=True, slots=True)
class Said:
    """A text and what it is about: `concern` is None for a single voice and for what has no content.

    `known`: whether the catalogue knows the concern now; None when there is none, or when nobody looked.
    """

    id: str
    language: str
    text: str
    concern: str | None
    known: bool | None = None

    @property
    def is_noise(self) -> bool:
        """Whether it says nothing at all."""
        return self.id.startswith("noise")

    @property
    def is_single(self) -> bool:
        """Whether it is the only one that says this."""
        return self.concern is None and not self.is_noise


@dataclass(frozen=True, slots=True)
class Judged:
    """A text and what one reader heard in it: the labels of feeling.csv and urgent.csv; "" where not asked."""

    language: str
    text: str
    kind: str
    feeling: str = ""
    urgent: str = ""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def field(number: int, types: Collection[str] | None = None) -> list[Said]:
    """The passages of a field set, or none when that set is not there. `types`: what is known, else the catalogue."""
    path = INSIGHT / f"field-{number}.csv"
    if not path.exists():
        return []
    same_as = {row["concern"]: row["same_as"] for row in _rows(INSIGHT / "field-concerns.csv")}
    have = catalogue.types() if types is None else types
    said = []
    for row in _rows(path):
        concern = row["concern"] or None
        known = (concern in have or same_as.get(concern) in have) if concern else None
        said.append(Said(row["id"], row["language"], row["text"], concern, known))
    return said


def bowling_green() -> list[Said]:
    """896 real statements with one reader's labels; what has none is a single voice, or too vague to place."""
    named = {row["comment-id"]: row["concern"] for row in _rows(BOWLING_GREEN / "labels.csv")}
    return [
        Said(row["comment-id"], "en", row["comment-body"], named.get(row["comment-id"]))
        for row in _rows(BOWLING_GREEN / "comments.csv")
    ]


def feelings() -> list[Judged]:
    """What a reader hears: kind and feeling."""
    return [Judged(r["language"], r["text"], r["kind"], r["feeling"]) for r in _rows(INSIGHT / "feeling.csv")]


def urgent() -> list[Judged]:
    """Urgent ones and look-alikes, by kind of danger."""
    return [Judged(r["language"], r["text"], r["kind"], urgent=r["urgent"]) for r in _rows(INSIGHT / "urgent.csv")]


def themes(rows: Sequence[Said]) -> dict[str, str]:
    """The theme of each concern of these rows that has one: the catalogue's, or a reader's for what it lacks."""
    of = {row["concern"]: row["theme"] for row in _rows(INSIGHT / "field-concerns.csv")}
    of |= {type_id: found.theme for type_id, found in catalogue.types().items()}
    return {row.concern: of[row.concern] for row in rows if row.concern and row.concern in of}

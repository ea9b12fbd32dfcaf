"""The labelled texts that are measured with. None of them was ever learnt from."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.insight import catalogue

TESTS = Path(__file__).resolve().parents[2] / "tests" / "data"
INSIGHT = TESTS / "insight"
BOWLING_GREEN = TESTS / "bowling-green"


@dataclass(frozen=True, slots=True)
class Said:
    """A text and what it is about: `concern` is None for a single voice and for what has no content.

    `known`: whether the catalogue knows the concern; None when there is none, or when nobody looked.
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


def field(number: int) -> list[Said]:
    """The passages of a field set, or none when that set is not there."""
    path = INSIGHT / f"field-{number}.csv"
    if not path.exists():
        return []
    return [
        Said(
            row["id"],
            row["language"],
            row["text"],
            row["concern"] or None,
            {"yes": True, "no": False}.get(row["known"]),
        )
        for row in _rows(path)
    ]


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
    of = {row["concern"]: row["theme"] for row in _rows(INSIGHT / "field-themes.csv")}
    of |= {type_id: found.theme for type_id, found in catalogue.types().items()}
    return {row.concern: of[row.concern] for row in rows if row.concern and row.concern in of}

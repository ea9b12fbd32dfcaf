"""How well a sentence that says two things is cut: the figures under "Passages" of docs/decisions/insight.md.

    python tools/measure_clauses.py [--half test|tune|all] [--errors]

The labelled sentences are in tests/data/insight/clauses.csv; `|` marks where the next passage should begin. A cut is
right when it is at a mark, to the character. `--errors` prints what goes wrong in `tune`, never in `test`: that half
is not looked at while the rules are improved. The language is told, as it is known when a text is cut.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight.clauses import clause_starts

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "insight" / "clauses.csv"
MARK = "|"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence without marks, and where it should be cut."""

    language: str
    half: str
    text: str
    cuts: tuple[int, ...]


def labelled(path: Path = DATA) -> list[Labelled]:
    """Every labelled sentence. A mark stands before the first word of the next passage."""
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts = [part.strip() for part in row["text"].split(MARK)]
            text, cuts = parts[0], []
            for part in parts[1:]:
                cuts.append(len(text) + 1)
                text += " " + part
            rows.append(Labelled(row["language"], row["half"], text, tuple(cuts)))
    return rows


@dataclass(frozen=True, slots=True)
class Score:
    """Over some sentences: the cuts there should be, those made, the right ones, and whole ones left whole."""

    cuts: int
    made: int
    right: int
    whole: int
    left_whole: int

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.cuts if self.cuts else 1.0


def score(rows: Sequence[Labelled]) -> Score:
    found = [(row, clause_starts(row.text, row.language)) for row in rows]
    return Score(
        cuts=sum(len(row.cuts) for row in rows),
        made=sum(len(cuts) for _, cuts in found),
        right=sum(len(set(cuts).intersection(row.cuts)) for row, cuts in found),
        whole=sum(not row.cuts for row in rows),
        left_whole=sum(not row.cuts and not cuts for row, cuts in found),
    )


def table(rows: Sequence[Labelled]) -> str:
    """By language, and all."""
    lines = ["| | cuts | made | precision | recall | of whole sentences left whole |", "|---|---|---|---|---|---|"]
    languages = list(dict.fromkeys(row.language for row in rows))
    for name in [*languages, "all"]:
        of = score([row for row in rows if name in (row.language, "all")])
        share = f"{of.left_whole} of {of.whole}"
        lines.append(f"| {name} | {of.cuts} | {of.made} | {of.precision:.2f} | {of.recall:.2f} | {share} |")
    return "\n".join(lines)


def errors(rows: Iterable[Labelled]) -> str:
    lines = []
    for row in rows:
        cuts = clause_starts(row.text, row.language)
        if cuts != list(row.cuts):
            lines.append(
                f"{row.language} should be {_marked(row.text, row.cuts)}\n   is        {_marked(row.text, cuts)}"
            )
    return "\n".join(lines)


def _marked(text: str, cuts: Sequence[int]) -> str:
    for cut in reversed(cuts):
        text = f"{text[:cut]}{MARK} {text[cut:]}"
    return text


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--half", choices=("tune", "test", "all"), default="test")
    asked.add_argument("--errors", action="store_true")
    told = asked.parse_args()
    rows = labelled()
    print(table([row for row in rows if told.half in (row.half, "all")]))
    if told.errors:
        print(errors(row for row in rows if row.half == "tune"))


if __name__ == "__main__":
    main()

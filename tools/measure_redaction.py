"""How well personal data is taken out: the table "Personal data" of docs/decisions/insight.md comes from here.

    python tools/measure_redaction.py [--part test|dev|fresh|all] [--errors]

The labelled passages are in tests/data/insight/personal-data.csv; what is personal is marked as `⟦kind:piece⟧`. They
are redacted as in life: the language is found first, with the passage's own as the hint of a form.

Only letters and digits count. A labelled piece is **found** when none of its characters is left, whatever kind it was
taken for; when some are left it is **partly** found, and that counts as missed. What was taken out is **right** when
all of it is labelled; when it took an ordinary word along it is wrong. So recall and precision are both strict.
`test` and `dev` are halves of one set, drawn by a hash of the id; `fresh` was written after the rules. `--errors`
prints what goes wrong in `dev` and `fresh`, never in `test`: that half is not looked at while rules are improved.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight import redact
from app.insight.language import find_language
from app.insight.redaction import KINDS_FOUND, labels_in

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "insight" / "personal-data.csv"
_MARK = re.compile(r"⟦(\w+):([^⟧]+)⟧")
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,20}\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text (offsets into it) and the kind of personal data it is, or was taken for."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage as typed, without marks, and the pieces of personal data in it. `part`: dev, test or fresh."""

    id: str
    language: str
    part: str
    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one passage."""

    passage: Labelled
    taken: tuple[Piece, ...]

    def _characters(self, pieces: Iterable[Piece]) -> set[int]:
        return {i for piece in pieces for i in range(piece.start, piece.end) if self.passage.text[i].isalnum()}

    def found(self, piece: Piece) -> str:
        """ "whole", "partly" or "not"."""
        own, gone = self._characters([piece]), self._characters(self.taken)
        return "whole" if own <= gone else "partly" if own & gone else "not"

    def is_right(self, taken: Piece) -> bool:
        return self._characters([taken]) <= self._characters(self.passage.pieces)


def labelled(path: Path = DATA) -> list[Labelled]:
    """Every labelled passage. Raises ValueError for a kind that does not exist."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_read(row) for row in csv.DictReader(file)]


def _read(row: dict[str, str]) -> Labelled:
    text, pieces, last = "", [], 0
    for mark in _MARK.finditer(row["text"]):
        text += row["text"][last : mark.start()]
        if mark[1] not in KINDS_FOUND:
            raise ValueError(f"{row['id']}: there is no kind {mark[1]!r}")
        pieces.append(Piece(len(text), len(text) + len(mark[2]), mark[1]))
        text, last = text + mark[2], mark.end()
    return Labelled(row["id"], row["language"], row["part"], text + row["text"][last:], tuple(pieces))


def outcome(passage: Labelled, hint: str | None) -> Outcome:
    """Redact, and find back in the text what was taken out: what stands between two placeholders was left."""
    redacted = redact(passage.text, find_language(passage.text, hint))
    kinds, left, last = [], [], 0
    for bracketed in _PLACEHOLDER.finditer(redacted.text):
        if kind := labels_in(bracketed.group(), redacted):  # a resident may use brackets as well
            kinds += kind
            left.append(redacted.text[last : bracketed.start()])
            last = bracketed.end()
    left.append(redacted.text[last:])
    match = re.fullmatch("(.+?)".join(re.escape(part) for part in left), passage.text, re.DOTALL)
    if match is None:
        raise ValueError(f"{passage.id}: what is left is no longer in the text: {redacted.text!r}")
    return Outcome(passage, tuple(Piece(*match.span(i), kind) for i, kind in enumerate(kinds, 1)))


@dataclass(frozen=True, slots=True)
class Score:
    """How many pieces there are, how many were found, how many were taken out and how many of those rightly."""

    pieces: int
    whole: int
    partly: int
    taken: int
    right: int

    @property
    def recall(self) -> float:
        return self.whole / self.pieces if self.pieces else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.taken if self.taken else 1.0


def score(outcomes: Sequence[Outcome], counts: Callable[[Outcome, Piece], bool] = lambda _, __: True) -> Score:
    """Over the labelled pieces, and over what was taken out, for which `counts` is true."""
    found = Counter(one.found(piece) for one in outcomes for piece in one.passage.pieces if counts(one, piece))
    right = Counter(one.is_right(piece) for one in outcomes for piece in one.taken if counts(one, piece))
    return Score(found.total(), found["whole"], found["partly"], right.total(), right[True])


def untouched(outcomes: Sequence[Outcome]) -> tuple[int, int]:
    """Of the passages without personal data: how many were left as they are, of how many."""
    clean = [one for one in outcomes if not one.passage.pieces]
    return sum(not one.taken for one in clean), len(clean)


def _row(name: str, of: Score) -> str:
    return f"| {name} | {of.pieces} | {of.whole} | {of.partly} | {of.recall:.2f} | {of.taken} | {of.precision:.2f} |"


def table(outcomes: Sequence[Outcome], untold: Sequence[Outcome]) -> str:
    """One table: per kind, per language, all; and all once more when nobody told the language (`untold`)."""
    lines = [
        "| | labelled | found whole | partly | recall | taken out | precision |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in KINDS_FOUND:
        lines.append(_row(kind.replace("_", " "), score(outcomes, lambda _, p, kind=kind: p.kind == kind)))
    for language in dict.fromkeys(one.passage.language for one in outcomes):
        lines.append(_row(language, score([one for one in outcomes if one.passage.language == language])))
    for language in ("nl", "en"):
        own = [one for one in outcomes if one.passage.language == language]
        lines.append(_row(f"names, {language}", score(own, lambda _, p: p.kind == "name")))
    other = [one for one in outcomes if one.passage.language not in ("nl", "en")]
    lines.append(_row("names, other languages", score(other, lambda _, p: p.kind == "name")))
    lines.append(_row("all", score(outcomes)))
    lines.append(_row("all, language not told", score(untold)))
    left, clean = untouched(outcomes)
    return "\n".join([*lines, "", f"Passages without personal data left as they are: {left} of {clean}"])


def errors(outcomes: Iterable[Outcome]) -> str:
    lines = []
    for one in outcomes:
        text = one.passage.text
        missed = [text[p.start : p.end] for p in one.passage.pieces if one.found(p) != "whole"]
        wrong = [text[p.start : p.end] for p in one.taken if not one.is_right(p)]
        if missed or wrong:
            lines.append(f"{one.passage.id} missed {missed} wrongly out {wrong}: {text!r}")
    return "\n".join(lines)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--part", choices=("dev", "test", "fresh", "all"), default="test")
    asked.add_argument("--errors", action="store_true")
    told = asked.parse_args()
    passages = [one for one in labelled() if told.part in ("all", one.part)]
    outcomes = [outcome(one, one.language) for one in passages]
    print(f"{len(passages)} passages ({told.part})\n")
    print(table(outcomes, [outcome(one, None) for one in passages]))
    if told.errors:
        print("\n" + errors(one for one in outcomes if one.passage.part != "test"))


if __name__ == "__main__":
    main()

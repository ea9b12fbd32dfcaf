"""Reading residents' texts from any CSV file, as a stream: however large the file, memory stays the same.

The file is looked at first (`look_at`): which encoding, which separator, which columns. Then it is read (`read`),
row by row; a row that cannot be used comes out as `Refused`, with its line and a reason, and reading goes on.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from app.contributions.typed_text import cleaned, is_blank

MOST_CHARACTERS = 20_000
"""The longest text of one resident, in characters."""
MOST_IN_ROW = 100_000
"""The longest row that is kept in memory, in characters. A longer one is passed over, not read."""
DELIMITERS = (",", ";", "\t")
_CHUNK = 1 << 20
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# How a decoder hands on a byte that it cannot read, see `_errors`.
_UNREAD_BYTE = re.compile("[\udc80-\udcff]")


class UnusableFile(Exception):
    """Nothing can be read from the file; the text says in one line why and what to do."""


class Reason(StrEnum):
    """Why a row is refused."""

    EMPTY = "empty"
    TOO_LONG = f"longer than {MOST_CHARACTERS:,} characters"
    ROW_TOO_LONG = f"more than {MOST_IN_ROW:,} characters in one row"
    UNDECODABLE = "bytes that are no text in this encoding"
    TOO_FEW_COLUMNS = "fewer columns than the first line"
    TOO_MANY_COLUMNS = "more columns than the first line; is the text between quotes?"
    QUOTE_NOT_CLOSED = "a quote opens here and is never closed; nothing after it was read"


@dataclass(frozen=True, slots=True)
class Shape:
    """How the file is written. `column` is the position of the text in a row; `size` is in bytes."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    column: int
    size: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One text, and the line of the file on which its row begins (the first line is 1)."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not used, and why."""

    line: int
    reason: Reason


def look_at(path: Path, column: str) -> Shape:
    """How this file is written, and where in it the texts are. Raises UnusableFile."""
    try:
        size = path.stat().st_size
        encoding = _encoding(path)
        with path.open(encoding=encoding, errors=_errors(encoding), newline="") as file:
            sample = file.read(64 * 1024)
    except OSError as error:
        raise UnusableFile(f"{path} cannot be read: {error.strerror}.") from error
    if is_blank(sample):
        raise UnusableFile(f"{path} is empty.")
    delimiter, columns = _delimiter(sample, column)
    if "\x00" in "".join(columns):
        raise UnusableFile(f"{path} is not a CSV file. In a spreadsheet program, save it as CSV first.")
    places = [place for place, name in enumerate(columns) if name == column]
    if len(places) != 1:
        problem = "There is no column" if not places else "More than one column is called"
        raise UnusableFile(f'{problem} "{column}" in {path}. The columns are: {", ".join(columns)}.')
    return Shape(encoding, delimiter, columns, places[0], size)


def read(path: Path, shape: Shape, at_byte: Callable[[int], None]) -> Iterator[Statement | Refused]:
    """Every row after the first line, in order; blank lines are no rows. `at_byte` hears how far reading is."""
    raw = path.open("rb")
    with io.TextIOWrapper(raw, shape.encoding, _errors(shape.encoding), newline="") as file:
        lines = _Lines(file)
        rows = csv.reader(lines, delimiter=shape.delimiter)
        next(row for row in rows if row)  # the heading, below any blank lines
        while True:
            begin = lines.begin_row()
            row = next(rows, None)
            at_byte(raw.tell())
            if lines.ended_inside_quotes:
                yield Refused(begin, Reason.QUOTE_NOT_CLOSED)
                return
            if row is None:
                return
            if lines.row_was_too_long:
                yield Refused(begin, Reason.ROW_TOO_LONG)
            elif row:
                yield _judged(begin, row, shape)


def _judged(line: int, row: list[str], shape: Shape) -> Statement | Refused:
    if len(row) < len(shape.columns):
        return Refused(line, Reason.TOO_FEW_COLUMNS)
    if any(row[len(shape.columns) :]):
        return Refused(line, Reason.TOO_MANY_COLUMNS)
    typed = row[shape.column]
    if _UNREAD_BYTE.search(typed) or "\x00" in typed:
        return Refused(line, Reason.UNDECODABLE)
    text = cleaned(typed)
    if is_blank(text):
        return Refused(line, Reason.EMPTY)
    if len(text) > MOST_CHARACTERS:
        return Refused(line, Reason.TOO_LONG)
    return Statement(line, text)


class _Lines:
    """The lines of a file for `csv.reader`, which asks for as many as a row needs.

    Of a row that grows too long only the quotes are passed on, so that the reader finds its end but keeps nothing:
    whether a quoted cell is still open depends only on whether the number of quotes so far is odd.
    """

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._line = 0
        self._size = 0
        self._quotes = 0
        self.row_was_too_long = False
        self.ended_inside_quotes = False

    def begin_row(self) -> int:
        """A new row begins; gives its line number."""
        self._size = self._quotes = 0
        self.row_was_too_long = False
        return self._line + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        inside = self._size > 0
        while True:
            line, quotes = self._next_line()
            if not line:
                self.ended_inside_quotes = inside
                raise StopIteration
            if not self.row_was_too_long:
                return line
            if quotes % 2:
                return '"\n'
            if not inside:
                return "x\n"

    def _next_line(self) -> tuple[str, int]:
        """The next line and its number of quotes; of one that is too long only the start is kept."""
        kept = piece = self._file.readline(MOST_IN_ROW + 1)
        if not piece:
            return "", 0
        quotes = piece.count('"')
        self._size += len(piece)
        while len(piece) > MOST_IN_ROW and not piece.endswith(("\n", "\r")):
            piece = self._file.readline(MOST_IN_ROW + 1)
            quotes += piece.count('"')
            self._size += len(piece)
        self._line += 1
        self.row_was_too_long = self.row_was_too_long or self._size > MOST_IN_ROW
        return kept, quotes


def _errors(encoding: str) -> str:
    # A byte that cannot be read stays visible as such, so that its row can be refused.
    return "replace" if encoding == "utf-16" else "surrogateescape"


def _encoding(path: Path) -> str:
    """By its mark, else UTF-8 when most of what is not ASCII reads as UTF-8, else Windows-1252 (Latin-1).

    So one damaged row in a UTF-8 file is one refused row, and not a file full of wrong letters.
    """
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in _BYTE_ORDER_MARKS:
            if start.startswith(mark):
                return name
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        good = bad = 0
        while chunk := file.read(_CHUNK):
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(chunk)
            unread = len(_UNREAD_BYTE.findall(text))
            bad += unread
            good += len(text) - len(text.encode("ascii", "ignore")) - unread
    return "utf-8" if bad == 0 or good > bad else "cp1252"


def _delimiter(sample: str, column: str) -> tuple[str, tuple[str, ...]]:
    """The separator under which the column is there and most rows are as wide as the first; and the columns."""

    def rows_with(delimiter: str) -> list[list[str]]:
        lines = islice(io.StringIO(sample, newline=""), 200)
        return [row for row in csv.reader(lines, delimiter=delimiter) if row]

    def fitness(delimiter: str) -> tuple[bool, float, int]:
        first, *others = rows_with(delimiter)
        is_there = column in (name.strip() for name in first)
        alike = sum(len(row) == len(first) for row in others) / max(1, len(others))
        return is_there, alike if is_there else alike * len(first), len(first)

    best = max(DELIMITERS, key=fitness)
    return best, tuple(name.strip() for name in rows_with(best)[0])

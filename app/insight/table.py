"""Reading any CSV of residents' texts row by row, and writing it again with what was found; for the shell."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.contributions.statements import Shape, UnusableFile, look_at

MOST_IN_CELL = 1_000_000
"""A longer cell (characters) is refused: it is no text of one resident."""
_UNREAD_BYTE = re.compile("[\udc80-\udcff]")


class WrongInput(ValueError):
    """The input cannot be used; the message says in one line what and where."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line of the file it begins on (the first line is 1), and its cells, as many as columns."""

    number: int
    cells: tuple[str, ...]


def look(path: Path, text_column: str) -> Shape:
    """How the file is written (encoding, separator, columns). Raises `WrongInput`."""
    if not path.exists():
        raise WrongInput(f"there is no file {path}")
    if not path.is_file():
        raise WrongInput(f"{path} is not a file")
    try:
        return look_at(path, text_column)
    except UnusableFile as problem:
        raise WrongInput(str(problem)) from problem
    except csv.Error as problem:
        raise WrongInput(f"{path}, line 1: {problem}") from problem


def place_of(column: str, path: Path, shape: Shape) -> int:
    """Which cell of a row is this column's. Raises `WrongInput`."""
    places = [i for i, name in enumerate(shape.columns) if name == column]
    if len(places) != 1:
        what = "no column" if not places else "more than one column"
        raise WrongInput(f'{path} has {what} "{column}"; the columns are: {", ".join(shape.columns)}')
    return places[0]


def rows(path: Path, shape: Shape) -> Iterator[Line]:
    """Every row below the first, blank lines left out. Raises `WrongInput`, with the line, for one it cannot use."""
    limit_before = csv.field_size_limit(MOST_IN_CELL)
    number = 1
    try:
        with path.open(encoding=shape.encoding, errors="surrogateescape", newline="") as file:
            reader = csv.reader(file, delimiter=shape.delimiter)
            next(reader)
            number = reader.line_num + 1
            for cells in reader:
                if cells:
                    yield Line(number, _checked(cells, path, number, shape))
                number = reader.line_num + 1
    except csv.Error as problem:
        what = f"a cell is longer than {MOST_IN_CELL:,} characters" if "limit" in str(problem) else str(problem)
        raise WrongInput(f"{path}, line {number}: {what}") from problem
    except UnicodeError as problem:
        raise WrongInput(f"{path}, line {number}: this is no text in {shape.encoding}") from problem
    finally:
        csv.field_size_limit(limit_before)


def _checked(cells: Sequence[str], path: Path, number: int, shape: Shape) -> tuple[str, ...]:
    width = len(shape.columns)
    if len(cells) > width and any(cells[width:]):
        raise WrongInput(f"{path}, line {number}: {len(cells)} cells, but the first line has {width}")
    row = tuple(cells[:width]) + ("",) * (width - len(cells))
    if any(_UNREAD_BYTE.search(cell) for cell in row):
        if shape.encoding.startswith("utf"):
            raise WrongInput(f"{path}, line {number}: this is no text in {shape.encoding}")
        # the five bytes that Windows-1252 leaves open are control characters in Latin-1
        row = tuple(_UNREAD_BYTE.sub(lambda m: chr(ord(m.group()) - 0xDC00), cell) for cell in row)
    return row


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place to write to that becomes `path` only when all is written. Raises `WrongInput` when it cannot be."""
    place = path.with_name(f".{path.name}.part")
    try:
        place.touch()
    except OSError as problem:
        raise WrongInput(f"{path} cannot be written: {problem.strerror}") from problem
    try:
        yield place
        place.replace(path)
    finally:
        place.unlink(missing_ok=True)


def write(place: Path, shape: Shape, added: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write the columns of the input and the added ones, in UTF-8, with the separator of the input."""
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=shape.delimiter, lineterminator="\n")
        writer.writerow([*shape.columns, *added])
        writer.writerows(lines)

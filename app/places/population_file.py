"""Reading a file with the population of neighbourhoods: that of CBS as it is, or a list of our own.

Two shapes are understood, each with a heading and with semicolons, commas or tabs between the columns:

- **CBS "kerncijfers wijken en buurten"**: one line for each place, with `gwb_code`, `a_inw`, `a_man`, `a_vrouw`,
  `a_00_14` to `a_65_oo` (or StatLine's names for the same: `Codering_3`, `AantalInwoners_5`, `k_0Tot15Jaar_8` …).
  A "." is a number that CBS does not give. Other columns are passed over.
- **long**: one line for each group, with `gwb_code;dimension;group;people`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.common.small_groups import MINIMUM_GROUP
from app.places.population import AGE, DIMENSIONS, FIXED, GENDER, is_group

_CODE = ("gwb_code_10", "gwb_code", "codering", "code")
_TOTAL = ("a_inw", "aantalinwoners")
_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    AGE: {
        "age_0_14": ("a_00_14", "k_0tot15jaar"),
        "age_15_24": ("a_15_24", "k_15tot25jaar"),
        "age_25_44": ("a_25_44", "k_25tot45jaar"),
        "age_45_64": ("a_45_64", "k_45tot65jaar"),
        "age_65_plus": ("a_65_oo", "k_65jaarofouder"),
    },
    GENDER: {"men": ("a_man", "mannen"), "women": ("a_vrouw", "vrouwen")},
}
_LONG = ("dimension", "group", "people")
_NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,9}")
_ROUNDED_TO = 5
"""CBS rounds numbers of people to fives, so groups may differ from their total by this much each."""


class WrongFile(ValueError):
    """The file cannot be used: its text says where and why, in plain English."""


@dataclass
class PopulationFile:
    """What a file says about the places that were asked for.

    `tables`: by place and dimension, the people in each group. `not_given`: (place, dimension) that the file leaves
    open, so that no shares can be computed.
    """

    tables: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    not_given: list[tuple[str, str]] = field(default_factory=list)


def read_population(source: bytes, places: Collection[str]) -> PopulationFile:
    """The tables of these places (by CBS code). Lines about other places are passed over. Raises WrongFile."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = source.decode("cp1252", errors="replace")
    rows = _rows(text)
    heading = [name.strip().lower() for name in next(rows, (1, []))[1]]
    code = _column(heading, _CODE)
    if code is None:
        raise WrongFile("Line 1 names no column `gwb_code`.")
    wanted = {place.strip().upper(): place for place in places}
    here = ((line, row, wanted[found]) for line, row in rows if (found := _cell(row, code).upper()) in wanted)
    if all(name in heading for name in _LONG):
        return _read_long(here, heading)
    return _read_wide(here, heading)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise WrongFile(f"Line {reader.line_num} cannot be read: {error}.") from error


def _column(heading: Sequence[str], names: Sequence[str]) -> int | None:
    """Where a column stands: under its own name, or under that with StatLine's number behind it."""
    without = [re.sub(r"_\d+$", "", name) for name in heading]
    for headings in (heading, without):
        for name in names:
            if name in headings:
                return headings.index(name)
    return None


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _number(text: str) -> int | None:
    """A whole number, also as "1.250" and "1250,0"; None when nothing usable is given (".", "-99997", "")."""
    whole, _, part = text.partition(",")
    if not _NUMBER.fullmatch(whole) or part.strip("0"):
        return None
    return int(re.sub(r"[. ]", "", whole))


def _read_wide(rows: Iterator[tuple[int, list[str], str]], heading: Sequence[str]) -> PopulationFile:
    columns = {
        dimension: {group: _column(heading, names) for group, names in groups.items()}
        for dimension, groups in _COLUMNS.items()
    }
    known = {name: groups for name, groups in columns.items() if None not in groups.values()}
    if not known:
        raise WrongFile("Line 1 has neither `a_00_14` to `a_65_oo`, nor `dimension`, `group` and `people`.")
    total_column = _column(heading, _TOTAL)
    found = PopulationFile()
    for line, row, place in rows:
        total = _number(_cell(row, total_column)) if total_column is not None else None
        for dimension, groups in known.items():
            if (place, dimension) in found.tables or (place, dimension) in found.not_given:
                raise WrongFile(f"Line {line}: {place} was there already.")
            numbers = {group: _number(_cell(row, column)) for group, column in groups.items() if column is not None}
            people = {group: number for group, number in numbers.items() if number is not None}
            if len(people) < len(numbers) or not sum(people.values()) or _too_small(people):
                found.not_given.append((place, dimension))
                continue
            _check_total(people, total, line, dimension)
            found.tables[place, dimension] = people
    return found


def _too_small(people: Mapping[str, int]) -> bool:
    return any(0 < number < MINIMUM_GROUP for number in people.values())


def _check_total(people: Mapping[str, int], total: int | None, line: int, dimension: str) -> None:
    together = sum(people.values())
    if total is not None and abs(together - total) > _ROUNDED_TO * len(people):
        raise WrongFile(f"Line {line}: all groups of {dimension} are {together} people, but `a_inw` is {total}.")


def _read_long(rows: Iterator[tuple[int, list[str], str]], heading: Sequence[str]) -> PopulationFile:
    where = [heading.index(name) for name in _LONG]
    found = PopulationFile()
    for line, row, place in rows:
        dimension, group, typed = (_cell(row, column) for column in where)
        if dimension not in DIMENSIONS:
            raise WrongFile(f"Line {line}: `{dimension[:40]}` is none of {', '.join(DIMENSIONS)}.")
        if not is_group(dimension, group):
            known = f"; there are {', '.join(FIXED[dimension])}" if dimension in FIXED else ""
            raise WrongFile(f"Line {line}: `{group[:40]}` is no group of {dimension}{known}.")
        people = _number(typed)
        if people is None:
            raise WrongFile(f"Line {line}: `{typed[:40]}` is no number of people.")
        if 0 < people < MINIMUM_GROUP:
            raise WrongFile(f"Line {line}: {group} has fewer than {MINIMUM_GROUP} people. Count them with `other`.")
        groups = found.tables.setdefault((place, dimension), {})
        if group in groups:
            raise WrongFile(f"Line {line}: {group} of {place} was there already.")
        groups[group] = people
    for (place, dimension), groups in found.tables.items():
        if missing := [group for group in FIXED.get(dimension, ()) if group not in groups]:
            raise WrongFile(f"{place}: {dimension} has no line for {', '.join(missing)}.")
        if not sum(groups.values()):
            raise WrongFile(f"{place}: {dimension} counts nobody.")
    return found

"""The one writer of spreadsheets (XLSX).

Words are always written as words: a text that begins with = + - or @ is never a formula, also not in a heading.
Numbers stay numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

LONGEST = 32_000
"""A cell of XLSX holds at most 32,767 characters; what is longer ends in "…"."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_A_FILE = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What XML has no place for."""


@dataclass(frozen=True)
class Words:
    """A text that is written from right to left or the other way, whatever the sheet does."""

    text: str
    right_to_left: bool = False


Cell = str | int | float | Words | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: a name, headings, rows of as many cells. `widths` are of the columns, in characters."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()


def xlsx(sheets: Sequence[Sheet], *, right_to_left: bool = False) -> bytes:
    """A workbook of these sheets; `right_to_left` when the reader's language is."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        plain = {"text_wrap": True, "valign": "top"}
        head = book.add_format({**plain, "bold": True, "bottom": 1})
        ways = {
            False: book.add_format({**plain, "reading_order": 1}),
            True: book.add_format({**plain, "reading_order": 2}),
        }
        usual = book.add_format(plain)
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_cut(_NOT_IN_A_NAME.sub(" ", sheet.name), 31).strip(" '") or str(number))
            if right_to_left:
                page.right_to_left()
            page.freeze_panes(1, 0)
            page.fit_to_pages(1, 0)
            page.set_landscape()
            page.set_paper(9)
            page.repeat_rows(0)
            for column, width in enumerate(sheet.widths):
                page.set_column(column, column, width)
            for column, heading in enumerate(sheet.headings):
                page.write_string(0, column, _fitting(heading), head)
            for row, cells in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(cells):
                    if isinstance(cell, Words):
                        page.write_string(row, column, _fitting(cell.text), ways[cell.right_to_left])
                    elif isinstance(cell, str):
                        page.write_string(row, column, _fitting(cell), usual)
                    elif cell is not None:
                        page.write_number(row, column, cell, usual)
    return made.getvalue()


def _fitting(text: str) -> str:
    whole = _NOT_IN_A_FILE.sub("", text)
    shorter = _cut(whole, LONGEST)
    return whole if shorter == whole else f"{_cut(whole, LONGEST - 1)}…"


def _cut(text: str, longest: int) -> str:
    """At most so many units of UTF-16, in which Excel counts; never half a character."""
    known = _NOT_IN_A_FILE.sub("", text)
    return known.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")

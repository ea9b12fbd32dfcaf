"""The one writer of spreadsheets."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.common.spreadsheet import LONGEST, Sheet, Words, xlsx


def read(*sheets: Sheet, **more: bool):
    return load_workbook(BytesIO(xlsx(sheets, **more)))


@pytest.mark.parametrize(
    "text", ["=1+1", "+31 6", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "http://x.nl", "007"]
)
def test_words_are_words_in_cells_and_in_headings(text: str) -> None:
    page = read(Sheet("Words", [text], [[text], [Words(text)]])).active
    assert [cell.value for cell in page["A"]] == [text] * 3
    assert {cell.data_type for cell in page["A"]} == {"s"}
    assert all(cell.hyperlink is None for cell in page["A"])


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    page = read(Sheet("Numbers", ["n"], [[3], [0], [1.5], [None], [-2]])).active
    assert [cell.value for cell in page["A"]] == ["n", 3, 0, 1.5, None, -2]


def test_a_text_that_is_too_long_for_a_cell_says_that_there_was_more() -> None:
    value = read(Sheet("Long", ["text"], [["a" * 40_000]])).active["A2"].value
    assert (len(value), value[-1]) == (LONGEST, "…")


def test_a_sheet_reads_from_right_to_left_for_whom_that_is_usual() -> None:
    page = read(Sheet("مرحبا", ["أ"], [[Words("kort", right_to_left=False)]]), right_to_left=True).active
    assert page.sheet_view.rightToLeft
    assert page["A2"].alignment.readingOrder == 1


def test_a_long_text_is_never_cut_within_a_character() -> None:
    value = read(Sheet("Long", ["text"], [["😀" * 20_000]])).active["A2"].value
    assert value == "😀" * 15_999 + "…"


@given(st.text(alphabet=st.characters(exclude_categories=["Cc"]), min_size=1, max_size=40))
def test_any_name_and_any_text_makes_a_workbook_that_opens(text: str) -> None:
    page = read(Sheet(text, ["heading"], [[text]])).active
    shown = "".join(c for c in text if not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    assert (page["A2"].value or "") == shown

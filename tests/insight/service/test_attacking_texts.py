"""Whatever residents type stands on the pages, on paper and in the spreadsheet as words, and steers nothing."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.contributions import service as contributions
from app.contributions.models import Source
from app.extensions import db
from app.insight.jobs import analyse_pending
from app.insight.models import ConcernState
from tests.insight.pure.test_attacking_texts import ATTACKS, HONEST

QUEUE = "/en/staff/neighbourhoods/WK034401/concerns"
FORMULAS = ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0"]


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def hear(neighbourhood):
    def go(*texts):
        for n, text in enumerate(texts):
            key = f"heard:{n}:{len(texts)}"
            contributions.add(
                neighbourhood_id=neighbourhood.id, source=Source.NOTE, source_key=key, text=text, language="nl"
            )
        db.session.commit()
        analyse_pending()

    return go


def queue(staff) -> list[str]:
    return [" ".join(row.text.split()) for row in staff.page(QUEUE).select("tr[data-concern]")]


def test_they_get_nobody_to_the_top_and_change_no_title_and_no_number(staff, hear):
    hear(*HONEST)
    before = queue(staff)
    hear(*(ATTACKS * 3))
    assert len(before) == 2
    assert [row for row in queue(staff) if row in before] == before


def test_no_page_carries_out_what_was_typed(staff, client, make_concern, say):
    found = make_concern("<script>alert(1)</script> {{ 7*7 }}", ConcernState.CONFIRMED)
    for text in ("<img src=x onerror=alert(1)>", "{{ 7*7 }} %(num)d ${7*7}", "<b>lift</b>", "a", "b", "c"):
        say(text, found, feeling="negative")
    for who, door in (
        (staff, f"{QUEUE}?state=all"),
        (staff, f"/en/staff/concerns/{found.id}"),
        (staff, f"/en/staff/concerns/{found.id}/print"),
        (staff, f"/en/staff/concerns/{found.id}/split"),
        (client, f"/en/neighbourhoods/WK034401/concerns/{found.id}"),
        (client, "/en/neighbourhoods/WK034401/concerns"),
    ):
        page = who.page(door)
        assert not page.main.select("script, img, b"), door
        assert "{{ 7*7 }}" in page.text, door


def test_what_turns_the_direction_of_a_page_is_on_no_page(staff, hear):
    hear("De huur \u202eis te hoog\u202c", "De huur is \u2066veel te hoog", "De huur is te hoog voor ons\u200f\u200b")
    links = [a["href"] for a in staff.page(QUEUE).select("a[data-item]")]
    for door in (QUEUE, *links, "/en/staff/neighbourhoods/WK034401/voices"):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", staff.get(door).text), door


def test_in_the_spreadsheet_every_text_is_a_text(staff, make_concern, say):
    found = make_concern("=1+1", ConcernState.CONFIRMED)
    for text in FORMULAS:
        say(text, found)
    answer = staff.post_form(f"/en/staff/concerns/{found.id}/spreadsheet", page=f"/en/staff/concerns/{found.id}")
    book = load_workbook(BytesIO(answer.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    said = [row[0].value for row in book["What was said"].iter_rows(min_row=2)]
    assert sorted(text.strip() for text in said) == sorted(text.strip() for text in FORMULAS)
    assert "=1+1" in [cell.value for cell in cells]

"""The summary that a coordinator reads: every sentence leads to the people it counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.contributions.models import Source

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def path(concern, action=""):
    return f"/en/staff/concerns/{concern.id}" + (f"/{action}" if action else "")


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def concern(make_concern, say):
    """Thirty people in two languages and two months, most of them unhappy, a campaign among them."""
    found = make_concern()
    for n in range(12):
        say(f"The lift in flat {n} is broken", found, language="en", feeling="negative", kind="complaint")
    for _ in range(6):
        say("We want the lift repaired this very week", found, language="en", feeling="negative", kind="complaint")
    for n in range(12):
        feeling = "positive" if n < 9 else "negative"
        passage = say(f"المصعد يعمل جيدا {n}", found, language="ar", feeling=feeling, source=Source.NOTE, direction=1)
        passage.contribution.created_at = passage.contribution.created_at - timedelta(days=45)
    return found


def test_every_sentence_leads_to_exactly_the_people_it_counts(staff, concern):
    page = staff.page(path(concern))
    links = {a["href"]: a.get_text() for a in page.select("a[href*='/behind/']")}
    sentences = {href: text for href, text in links.items() if re.search(r"\d (person|people)|\d of \d", text)}
    assert len(sentences) >= 8
    for href, text in sentences.items():
        behind = staff.page(href)
        shown = len(behind.select("article[data-contribution]"))
        number = int(re.search(r"(\d+)(?: of \d+)? (?:person|people)", text)[1])
        assert shown == number or ("count as one" in behind.text and shown == number + 5), text


def test_it_tells_the_campaign_the_phrases_and_what_differs(staff, concern):
    text = " ".join(staff.page(path(concern)).get_text().split())
    assert "6 people sent the same words" in text
    assert "people use the words “lift" in text
    assert "Unhappy: 16 of 25 people (64%, likely between 45% and 80%)" in text
    assert "English: Unhappy: 13 of 13 people (100%, likely between 77% and 100%)" in text
    assert "A difference that is more than chance" in text
    assert "Most like what all of them say" in text


def test_a_chart_has_its_table_behind_it(staff, concern):
    page = staff.page(path(concern))
    for section, rows in (("over-time", None), ("by-group", 4)):
        table = page.select_one(f"section[aria-labelledby={section}] table")
        bars = page.select(f"section[aria-labelledby={section}] .wijk-bars__row")
        assert len(table.select("tbody tr")) == len(bars) >= 2
        assert rows in (None, len(bars))


def test_a_period_with_too_few_people_is_not_shown(staff, make_concern, say):
    found = make_concern()
    for day, size in ((0, 6), (7, 3), (14, 5)):
        with time_machine.travel(NOON + timedelta(days=day), tick=False):
            for n in range(size):
                say(f"text {day} {n}", found, feeling="negative")
    rows = staff.page(path(found)).select("section[aria-labelledby=over-time] tbody tr")
    assert [row.find("td").text for row in rows] == ["6", "too few to show", "5"]
    assert rows[0].th.text == "week of 2 Mar 2026"


def test_a_day_is_the_day_where_people_live(staff, make_concern, say):
    found = make_concern()
    for moment in (datetime(2026, 3, 1, 22, 30, tzinfo=UTC), datetime(2026, 3, 1, 23, 30, tzinfo=UTC)):
        with time_machine.travel(moment, tick=False):
            for n in range(5):
                say(f"text {moment.hour} {n}", found)
    rows = staff.page(path(found)).select("section[aria-labelledby=over-time] tbody th")
    assert [row.text for row in rows] == ["week of 23 Feb 2026", "week of 2 Mar 2026"]


def test_the_one_who_disagrees_is_quoted_as_such(staff, make_concern, say):
    found = make_concern()
    for n in range(8):
        say(f"The playground {n} is too loud", found, feeling="negative", kind="complaint")
    say("We love the playground so much", found, feeling="positive", kind="praise", direction=1)
    page = staff.page(path(found))
    assert "Clearly happy with it: 1 of 9 people" in page.text
    last = page.select("section[aria-labelledby=quotes] figure")[-1]
    assert "We love the playground" in last.text
    assert "Someone who sees it differently" in last.text


def test_urgent_words_are_not_quoted_in_it(staff, make_concern, say):
    found = make_concern()
    say("someone is in danger here", found, urgent=True)
    say("the stairs are slippery", found)
    page = staff.page(path(found))
    quotes = page.select_one("section[aria-labelledby=quotes]").text
    assert "slippery" in quotes
    assert "danger" not in quotes
    assert "someone is in danger here" in page.select_one(".utrecht-alert--error").text  # but on top of all else


def test_what_was_taken_back_is_in_no_sentence(staff, concern, say, withdraw):
    passage = say("unheard of glasvezel", concern, language="en", feeling="negative")
    before = staff.page(path(concern)).text
    withdraw(passage.contribution)
    after = staff.page(path(concern)).text
    assert "17 of 26" in before
    assert "16 of 25" in after
    assert "glasvezel" not in after


def test_a_concern_without_anyone_and_an_unknown_sentence(staff, make_concern):
    empty = make_concern()
    assert staff.get(path(empty)).status_code == 200
    assert staff.get(path(empty, "behind/feels-000000000000")).status_code == 404


def test_staff_elsewhere_find_nothing(other_coordinator, sign_in, staff, concern):
    href = staff.page(path(concern)).select_one("a[href*='/behind/']")["href"]
    assert sign_in(other_coordinator).get(href).status_code == 404


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_it_is_told_in_the_readers_language(staff, concern, language):
    assert staff.get(f"/{language}/staff/concerns/{concern.id}").status_code == 200


def test_a_long_list_behind_a_sentence_comes_in_pages(staff, make_concern, say):
    found = make_concern()
    for n in range(30):
        say(f"text {n}", found, feeling="negative")
    href = staff.page(path(found)).select_one("a[href*='/behind/feels']")["href"]
    seen = [a["data-contribution"] for p in (1, 2) for a in staff.page(f"{href}?page={p}").select("article")]
    assert len(seen) == len(set(seen)) == 30

"""A coordinator goes through the queue to its end: order, undo, parts, picking, theme, on paper, spreadsheet."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.common.audit import AuditEntry
from app.contributions.models import Source
from app.extensions import db
from app.insight import service
from app.insight.forms import packed
from app.insight.models import Concern, ConcernState, Passage, ReviewStep
from tests.insight.service.conftest import vector

QUEUE = "/en/staff/neighbourhoods/WK034401/concerns"


def path(concern, action=""):
    return f"/en/staff/concerns/{concern.id}" + (f"/{action}" if action else "")


def titles(page) -> list[str]:
    return [link.text.split(" (")[0] for link in page.select("a[data-item]")]


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def three(make_concern, say):
    """Old and large, new and small, urgent."""
    old, new, urgent = make_concern("Old and large"), make_concern("New and small"), make_concern("Urgent")
    for n in range(3):
        passage = say(f"old {n}", old)
        passage.contribution.created_at -= timedelta(days=30)
    say("danger", urgent, urgent=True)
    urgent_words = db.session.scalars(select(Passage).where(Passage.urgent)).one()
    urgent_words.contribution.created_at -= timedelta(days=60)
    say("new", new)
    db.session.commit()
    return old, new, urgent


class TestTheQueue:
    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            ("", ["Urgent", "Old and large", "New and small"]),
            ("urgency", ["Urgent", "Old and large", "New and small"]),
            ("size", ["Urgent", "Old and large", "New and small"]),
            ("newness", ["Urgent", "New and small", "Old and large"]),
            ("nonsense", ["Urgent", "Old and large", "New and small"]),
        ],
    )
    def test_comes_in_the_order_that_is_asked_for_with_what_is_urgent_on_top(self, staff, three, order, expected):
        assert titles(staff.page(f"{QUEUE}?order={order}")) == expected

    def test_most_urgent_words_first_only_in_that_order(self, staff, make_concern, say):
        twice, large = make_concern("Twice urgent"), make_concern("Large and urgent")
        for n in range(2):
            say(f"danger {n}", twice, urgent=True)
        say("danger", large, urgent=True)
        for n in range(4):
            say(f"more {n}", large)
        assert titles(staff.page(QUEUE)) == ["Twice urgent", "Large and urgent"]
        assert titles(staff.page(f"{QUEUE}?order=size")) == ["Large and urgent", "Twice urgent"]

    def test_says_how_many_are_left_and_when_it_is_done(self, staff, three, coordinator):
        assert "3 concerns left to review" in staff.page(QUEUE).text
        for concern in three:
            service.confirm(concern.id, concern.version, coordinator)
        page = staff.page(QUEUE).text
        assert "All concerns are reviewed" in page
        assert "You are done: there is nothing left to review." in page

    def test_urgent_words_that_came_after_a_decision_are_told_on_top(self, staff, make_concern, say, coordinator):
        concern = make_concern("Lift")
        say("the lift", concern)
        service.confirm(concern.id, concern.version, coordinator)
        assert "Urgent words came into" not in staff.page(QUEUE).text
        say("someone is stuck", concern, urgent=True)
        assert "Urgent words came into 1 concern after you decided about it." in staff.page(QUEUE).text

    def test_every_link_keeps_the_filter_and_the_order(self, staff, three, make_concern, say):
        say("a", make_concern("Housing", theme="housing"))
        page = staff.page(f"{QUEUE}?state=all&theme=housing&order=newness")
        assert titles(page) == ["Housing"]
        review = staff.page(page.select_one("a[data-item]")["href"])
        for link in review.select("main .utrecht-action-group a[data-key], nav.wijk-beside a"):
            assert "state=all" in link["href"]
            assert "theme=housing" in link["href"]
            assert "order=newness" in link["href"]

    def test_is_gone_through_from_first_to_last_and_back(self, staff, three):
        seen, page = [], staff.page(staff.page(QUEUE).select_one("a[data-item]")["href"])
        for _ in range(3):
            seen.append(page.h1.text.split(" (")[0])
            following = page.select_one("a[rel=next]")
            page = staff.page(following["href"]) if following else page
        assert seen == ["Urgent", "Old and large", "New and small"]
        assert page.select_one("a[rel=next]") is None
        assert "Old and large" in page.select_one("a[rel=prev]").text

    def test_goes_on_from_where_a_confirmed_concern_was(self, staff, three):
        old, _new, urgent = three
        answer = staff.post_form(path(urgent, "confirm"), page=path(urgent), follow_redirects=True)
        assert f"/staff/concerns/{old.id}" in answer.text
        assert "2 concerns left to review" in answer.text


class TestUndoOnThePage:
    def test_the_history_says_who_what_and_when_and_undoes_the_last(self, staff, make_concern, say):
        concern = make_concern("Lift")
        say("a", concern)
        staff.post_form(path(concern, "rename"), {"title-en": "Broken lift"})
        staff.post_form(path(concern, "confirm"), page=path(concern))
        history = staff.page(path(concern)).select(".wijk-timeline__item")
        assert [i.select_one(".wijk-timeline__title").text for i in history] == ["Confirmed", "Title changed"]
        assert all("Coordinator, " in item.text for item in history)
        assert [bool(item.select("form")) for item in history] == [True, False]
        step = history[0].form["action"]
        answer = staff.post_form(step, page=path(concern), follow_redirects=True)
        assert "Undone: Confirmed" in answer.text
        assert concern.state is ConcernState.FOUND

    def test_a_second_tap_is_told_that_it_was_done_already(self, staff, make_concern, say):
        concern = make_concern("Lift")
        say("a", concern)
        staff.post_form(path(concern, "confirm"), page=path(concern))
        page = staff.page(path(concern))
        form = page.select_one(".wijk-timeline form")
        fields = {i["name"]: i["value"] for i in form.find_all("input")}
        for expected in ("Undone: Confirmed", "This was undone already."):
            assert expected in staff.post(form["action"], data=fields, follow_redirects=True).text
        assert db.session.scalar(select(func.count()).select_from(ReviewStep)) == 2

    def test_it_is_refused_while_an_ambition_rests_on_the_concern(self, staff, make_concern, say, coordinator):
        from app.ambitions.models import Ambition, AmbitionConcern, State

        concern = make_concern("Lift")
        say("a", concern)
        staff.post_form(path(concern, "confirm"), page=path(concern))
        ambition = Ambition(neighbourhood_id=concern.neighbourhood_id, state=State.PROPOSED, version_number=1)
        db.session.add(ambition)
        db.session.flush()
        db.session.add(AmbitionConcern(ambition_id=ambition.id, concern_id=concern.id, linked_by_id=coordinator.id))
        db.session.commit()
        assert "This cannot be undone while an ambition rests on this concern." in staff.page(path(concern)).text
        step = db.session.scalars(select(ReviewStep)).one()
        answer = staff.post_form(f"/en/staff/steps/{step.id}/undo", page=path(concern), follow_redirects=True)
        assert "an ambition rests on this concern" in answer.text
        assert concern.state is ConcernState.CONFIRMED

    def test_a_coordinator_elsewhere_finds_no_step(self, make_concern, say, coordinator, other_coordinator, sign_in):
        concern = make_concern("Lift")
        say("a", concern)
        service.confirm(concern.id, concern.version, coordinator)
        step = db.session.scalars(select(ReviewStep)).one()
        stranger = sign_in(other_coordinator)
        token = stranger.hidden_fields("/en/staff/sign-out", "/en/staff/neighbourhoods/WK099901/concerns")
        for target in (f"/en/staff/steps/{step.id}/undo", path(concern, "spreadsheet"), path(concern, "split/parts")):
            assert stranger.post(target, data=token).status_code == 404
        for target in (path(concern, "print"), path(concern, "theme")):
            assert stranger.get(target).status_code == 404
        assert concern.state is ConcernState.CONFIRMED


def test_confirming_an_old_page_leaves_what_joined_since_unread(staff, make_concern, say):
    concern = make_concern("Lift")
    say("seen", concern, source=Source.SURVEY_ANSWER)
    fields = staff.hidden_fields(path(concern, "confirm"), path(concern))
    say("joined meanwhile", concern, source=Source.SURVEY_ANSWER)
    answer = staff.post(path(concern, "confirm"), data=fields, follow_redirects=True)
    assert "1 person is new here since the concern was last read" in answer.text
    assert [quote.text for quote in service.quotes(concern.id)] == ["seen"]


@pytest.mark.parametrize("until", ["", "yesterday", "2026-11-25T10:00:00"])
def test_a_page_that_does_not_say_what_was_seen_confirms_nothing(staff, make_concern, say, until):
    concern = make_concern("Lift")
    say("seen", concern)
    fields = staff.hidden_fields(path(concern, "confirm"), path(concern))
    assert staff.post(path(concern, "confirm"), data={**fields, "until": until}).status_code == 409
    assert concern.state is ConcernState.FOUND


def test_the_theme_can_be_set_and_taken_away(staff, make_concern, say):
    concern = make_concern("Lift", theme="care")
    say("a", concern, theme="care")
    staff.post_form(path(concern, "theme"), {"theme": "housing"})
    assert (concern.theme, concern.theme_by_staff) == ("housing", True)
    staff.post_form(path(concern, "theme"), {"theme": "none"})
    assert concern.theme is None
    assert staff.post_form(path(concern, "theme"), {"theme": "weather"}).status_code == 422


class TestSuggestedParts:
    @pytest.fixture
    def mixed(self, make_concern, say):
        """Five people about one thing, three about another."""
        concern = make_concern("Home", theme="housing")
        rng = np.random.default_rng(1)
        for subject, size in ((0, 5), (7, 3)):
            for n in range(size):
                made = np.frombuffer(vector(subject), dtype="<f4").copy()
                made += 0.02 * rng.normal(size=made.shape).astype("<f4")
                passage = say(f"subject {subject} number {n}", concern)
                passage.vector = (made / np.linalg.norm(made)).astype("<f4").tobytes()
        db.session.commit()
        return concern

    def test_each_part_shows_its_size_and_its_words(self, staff, mixed):
        page = staff.page(path(mixed, "split"))
        heads = [head.text for head in page.select(".wijk-parts h3")]
        assert heads == ["Stays here: 5 people", "Part 1: 3 people"]
        quotes = [q.text for q in page.select(".wijk-parts section")[1].select("blockquote")]
        assert len(quotes) == 3
        assert all(text.startswith("subject 7") for text in quotes)

    def test_a_ticked_part_with_a_title_becomes_a_concern(self, staff, mixed):
        fields = staff.hidden_fields(path(mixed, "split/parts"), path(mixed, "split"))
        data = {**fields, "first-chosen": "y", "first-title-en": "Something else"}
        answer = staff.post(path(mixed, "split/parts"), data=data, follow_redirects=True)
        assert "1 new concern was made: “Something else”." in answer.text
        made = db.session.scalars(select(Concern).where(Concern.id != mixed.id)).one()
        texts = db.session.scalars(select(Passage.text).where(Passage.concern_id == made.id)).all()
        assert sorted(texts) == [f"subject 7 number {n}" for n in range(3)]
        assert "“Something else” taken out of “Home”" in answer.text

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({}, "Tick at least one part."),
            ({"first-chosen": "y", "first-title-en": " "}, "Write a title in at least one language."),
        ],
    )
    def test_what_is_missing_is_asked_and_the_parts_are_still_there(self, staff, mixed, data, message):
        fields = staff.hidden_fields(path(mixed, "split/parts"), path(mixed, "split"))
        answer = staff.post(path(mixed, "split/parts"), data={**fields, **data})
        assert answer.status_code == 422
        assert message in answer.text
        assert "Part 1: 3 people" in answer.text
        assert db.session.scalar(select(func.count()).select_from(Concern)) == 1

    def test_everything_cannot_be_taken_out_and_garbage_does_nothing(self, staff, mixed):
        fields = staff.hidden_fields(path(mixed, "split/parts"), path(mixed, "split"))
        everyone = packed(db.session.scalars(select(Passage.id)).all())
        for ids in (everyone, "garbage", "AAAA", packed([mixed.id])):
            data = {**fields, "first-ids": ids, "first-chosen": "y", "first-title-en": "All"}
            assert staff.post(path(mixed, "split/parts"), data=data).status_code == 409, ids
        assert db.session.scalar(select(func.count()).select_from(Concern)) == 1

    def test_where_all_say_the_same_no_part_is_offered(self, staff, make_concern, say):
        concern = make_concern("Lift")
        for n in range(6):
            say(f"the lift {n}", concern)
        page = staff.page(path(concern, "split"))
        assert "The computer sees no parts in it" in page.text
        assert not page.select(".wijk-parts")


class TestPickingWhatSaysTheSame:
    def test_a_word_narrows_the_list_by_title_and_by_what_was_said(self, staff, make_concern, say):
        concern = make_concern("Lift")
        say("a", concern)
        for title, words in (("Rent", "money"), ("Parking", "the rent of a garage"), ("Trees", "green")):
            say(words, make_concern(title))
        page = staff.page(path(concern, "merge?word=rent"))
        assert sorted(label.text.strip() for label in page.select("fieldset label")) == ["Parking", "Rent"]
        assert "No other concern has this word." in staff.page(path(concern, "merge?word=xyz")).text

    def test_a_long_list_shows_the_nearest_and_any_of_it_can_be_chosen(self, staff, make_concern, say):
        concern = make_concern("Lift")
        say("a", concern)
        others = [make_concern(f"Other {n}") for n in range(25)]
        for other in others:
            say("b", other, direction=1)
        page = staff.page(path(concern, "merge"))
        assert len(page.select("fieldset input")) == 20
        assert "The 20 that are most alike, of 25." in page.text
        hidden = next(o for o in others if str(o.id) not in str(page))
        picked = staff.page(path(concern, f"merge?target={hidden.id}"))
        assert picked.select_one("input[checked]")["value"] == str(hidden.id)
        staff.post_form(path(concern, "merge"), {"target": str(hidden.id)})
        assert concern.merged_into_id == hidden.id

    def test_each_choice_says_how_large_it_is_and_how_far(self, staff, make_concern, say):
        concern, other = make_concern("Lift"), make_concern("Stairs", theme="housing")
        say("a", concern), say("b", other), say("c", other)
        assert "2 people · Housing · To be reviewed" in staff.page(path(concern, "merge")).text


class TestTakingItAlong:
    @pytest.fixture
    def concern(self, make_concern, say, coordinator):
        found = make_concern("The lift is broken", theme="housing")
        for n in range(6):
            say(
                f"answer {n}", found, feeling="negative", source=Source.SURVEY_ANSWER, original=f"secret original {n}"
            )
        say("=HYPERLINK(1)", found, language="tr", source=Source.NOTE)
        say("someone is in danger", found, urgent=True)
        return service.confirm(found.id, found.version, coordinator)

    @pytest.fixture
    def book(self, staff, concern):
        answer = staff.post_form(path(concern, "spreadsheet"), page=path(concern))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return load_workbook(BytesIO(answer.data))

    def test_the_workbook_has_numbers_words_and_decisions(self, book):
        assert book.sheetnames == ["In short", "What was said", "What was decided"]
        short = {row[0].value: row[1].value for row in book["In short"].iter_rows()}
        assert (short["Title"], short["People"], short["Theme"]) == ("The lift is broken", 8, "Housing")
        assert [cell.value for cell in book["What was decided"][2]][1:] == ["Coordinator", "Confirmed"]

    def test_nobody_can_be_found_in_it(self, book):
        rows = list(book["What was said"].iter_rows(min_row=2, values_only=True))
        everything = str([row for sheet in book for row in sheet.iter_rows(values_only=True)])
        assert len(rows) == 7
        assert "secret original" not in everything
        assert "danger" not in everything
        assert "Told to a worker" not in everything
        assert "Texts that sound urgent are not in this file" in everything

    def test_what_looks_like_a_formula_is_words(self, book):
        cells = [cell for row in book["What was said"].iter_rows() for cell in row if str(cell.value).startswith("=")]
        assert [(cell.value, cell.data_type) for cell in cells] == [("=HYPERLINK(1)", "s")]

    def test_it_says_what_was_read(self, staff, concern, say):
        say("joined later", concern, source=Source.SURVEY_ANSWER)
        answer = staff.post_form(path(concern, "spreadsheet"), page=path(concern))
        rows = load_workbook(BytesIO(answer.data))["What was said"].iter_rows(min_row=2, values_only=True)
        read = {row[0]: row[-1] for row in rows}
        assert (read["joined later"], read["answer 0"]) == ("No", "Yes")

    def test_that_it_was_taken_along_is_written_down(self, book, concern, coordinator):
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "concern.spreadsheet")).one()
        assert (entry.actor_id, entry.subject_id) == (coordinator.id, concern.id)

    def test_the_page_for_paper_says_the_same(self, staff, concern):
        page = staff.page(path(concern, "print"))
        assert len(page.select("blockquote")) == 7
        assert "danger" not in page.text
        assert "Told to a worker" not in page.text
        assert "Coordinator: Confirmed" in page.text
        assert "secret original" not in page.text

    def test_of_fewer_than_five_no_number_leaves_the_screen(self, staff, make_concern, say):
        few = make_concern("Few")
        for n in range(3):
            say(f"few {n}", few)
        assert "That is too few to show a number." in staff.page(path(few, "print")).text
        answer = staff.post_form(path(few, "spreadsheet"), page=path(few))
        short = load_workbook(BytesIO(answer.data))["In short"]
        assert {row[0].value: row[1].value for row in short.iter_rows()}["People"] == "too few to show"

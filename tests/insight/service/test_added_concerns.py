"""A coordinator adds a concern with examples: what residents said and say like them comes together in it."""

from __future__ import annotations

from io import BytesIO
from itertools import count

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.common.audit import AuditEntry
from app.contributions import service as contributions
from app.contributions.models import Source
from app.extensions import db
from app.insight import default_encoder, service
from app.insight.jobs import analyse_pending
from app.insight.models import Concern, ConcernExample, ConcernState, Grouping, Passage, ReviewStep
from app.insight.service.analysing import renew_vectors

QUEUE = "/en/staff/neighbourhoods/WK034401/concerns"
ADD = f"{QUEUE}/add"
EXAMPLES = [
    "De kluisjes bij het zwembad zijn altijd bezet",
    "In het zwembad is nooit een kluisje vrij",
    "De kluisjes van het zwembad zijn altijd vol",
    "The lockers at the swimming pool are always full",
    "There is never a free locker at the swimming pool",
]
TYPED = {
    "title-nl": "Te weinig kluisjes in het zwembad",
    "title-en": "Too few lockers at the pool",
    "theme": "public_space",
    "examples": "\n".join(EXAMPLES),
}
SAID = [
    "De kluisjes in het zwembad zijn altijd bezet",
    "Bij het zwembad is nooit een kluisje vrij",
    "De kluisjes bij het zwembad zijn altijd vol",
]
OTHER = ["De huur is veel te hoog", "De huur is te hoog voor ons"]
_number = count(1)


@pytest.fixture
def hear(neighbourhood):
    """People say these things and the worker runs; gives the passages in that order."""

    def go(*texts):
        for text in texts:
            key = f"heard:{next(_number)}"
            contributions.add(neighbourhood_id=neighbourhood.id, source=Source.NOTE, source_key=key, text=text)
            db.session.commit()
        analyse_pending()
        return [db.session.scalars(select(Passage).where(Passage.text == text)).first() for text in texts]

    return go


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def added(staff) -> Concern:
    """Added by a coordinator; the worker has not looked yet."""
    assert staff.post_form(ADD, TYPED).status_code == 302
    return the_added()


def the_added() -> Concern:
    return db.session.scalars(select(Concern).where(Concern.submission_id.is_not(None))).one()


def path(concern, action=""):
    return f"/en/staff/concerns/{concern.id}" + (f"/{action}" if action else "")


def last_step() -> ReviewStep:
    return db.session.scalars(select(ReviewStep).order_by(ReviewStep.number.desc())).first()


def how_many(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_what_three_residents_said_joins_at_once_and_later_words_too_in_another_language(hear, staff, coordinator):
    before = hear(*SAID, *OTHER)
    found = {passage.concern_id for passage in before[:3]}
    answer = staff.post_form(ADD, TYPED, follow_redirects=True)
    assert "You added “Too few lockers at the pool”." in answer.text
    concern = the_added()
    analyse_pending()
    assert {passage.concern_id for passage in before[:3]} == {concern.id} != found
    assert concern.id not in {passage.concern_id for passage in before[3:]}
    later = hear("The lockers at the swimming pool are always taken", "Altijd zijn de kluisjes van het zwembad bezet")
    assert {passage.concern_id for passage in later} == {concern.id}
    assert (concern.title.get("nl"), concern.theme) == ("Te weinig kluisjes in het zwembad", "public_space")
    assert concern.reviewed_by_id == coordinator.id
    assert concern.state is ConcernState.FOUND
    page = staff.page(path(concern))
    assert "5 people said this" in page.text
    assert (
        "5 people said this"
        in staff.post_form(path(concern, "confirm"), page=path(concern), follow_redirects=True).text
    )
    assert [one.people for one in service.public_concerns(concern.neighbourhood_id)] == [5]


def test_without_a_worker_that_was_told_it_is_due_all_the_same(added, neighbourhood):
    assert db.session.scalar(select(Grouping.due).where(Grouping.neighbourhood_id == neighbourhood.id))


def test_until_someone_says_it_staff_reads_nobody_yet_and_cannot_confirm_it(staff, added, coordinator):
    analyse_pending()
    queue = staff.page(QUEUE)
    row = queue.select_one("tbody tr")
    assert "Too few lockers at the pool" in row.text
    assert "Nobody yet" in row.text
    assert service.waiting(added.neighbourhood_id, 0).left == 0
    page = staff.page(path(added))
    assert "Nobody yet." in page.text
    assert not page.find_all("form", action=lambda address: address and "/confirm" in address)
    with pytest.raises(service.NotPossible):
        service.confirm(added.id, added.version, coordinator)
    assert service.beside(added, service.Way()).left == 0


def test_it_is_public_only_when_someone_says_it(client, staff, added, neighbourhood):
    public = f"/en/neighbourhoods/{neighbourhood.code}/concerns"
    added.state = ConcernState.CONFIRMED  # whatever the way that led here
    db.session.commit()
    assert "Too few lockers" not in client.get(public).text
    assert client.get(f"{public}/{added.id}").status_code == 404
    assert service.public_concerns(neighbourhood.id) == []


def test_examples_are_in_no_number_no_quote_no_summary_and_no_file(client, staff, hear, added, neighbourhood):
    hear(*SAID)
    staff.post_form(path(added, "confirm"), page=path(added))
    assert service.figures([added.id])[added.id].people == 3
    assert {quote.text for quote in service.quotes(added.id)} <= set(SAID)
    page = staff.page(path(added))
    section = page.select_one("section[aria-labelledby=examples]")
    assert all(text in section.text for text in EXAMPLES)
    section.decompose()
    public = f"/en/neighbourhoods/{neighbourhood.code}/concerns"
    read = [
        page.text,
        staff.get(path(added, "print")).text,
        client.get(public).text,
        client.get(f"{public}/{added.id}").text,
    ]
    book = load_workbook(BytesIO(staff.post_form(path(added, "spreadsheet"), page=path(added)).data))
    read.append(str([row for sheet in book for row in sheet.iter_rows(values_only=True)]))
    for text in EXAMPLES:
        assert all(text not in shown for shown in read), text
    assert SAID[0] in read[0]
    assert SAID[0] in read[-1]


def test_staff_reads_who_wrote_the_examples_in_their_own_languages(staff, added):
    section = staff.page(path(added)).select_one("section[aria-labelledby=examples]")
    assert section.h2.text == "Examples by staff"
    shown = section.select("li span[lang]")
    assert [span.text for span in shown] == EXAMPLES
    assert [span["lang"] for span in shown] == ["nl", "nl", "nl", "en", "en"]
    assert all("Coordinator, " in item.text for item in section.select("li"))


class TestChangingTheExamples:
    NEW = ["De fietsenstalling bij het station is altijd vol", *EXAMPLES[:3]]

    def test_new_ones_count_from_then_on_and_old_ones_keep_their_writer(self, staff, added, hear, coordinator):
        hear(*SAID)
        first = last_step().id
        page = staff.page(path(added, "examples"))
        assert page.select_one("textarea").text.strip().split("\n") == EXAMPLES
        answer = staff.post_form(path(added, "examples"), {"examples": "\n".join(self.NEW)}, follow_redirects=True)
        assert "The examples were changed." in answer.text
        rows = service.examples_of(added.id)
        assert [row.text for row in rows] == self.NEW
        assert [row.added_in_id == first for row in rows] == [False, True, True, True]
        assert db.session.scalar(select(Grouping.due))

    def test_an_undo_brings_the_earlier_ones_back(self, staff, added, coordinator):
        staff.post_form(path(added, "examples"), {"examples": "\n".join(self.NEW)})
        analyse_pending()
        service.undo(last_step().id, coordinator)
        assert sorted(row.text for row in service.examples_of(added.id)) == sorted(EXAMPLES)
        assert db.session.scalar(select(Grouping.due))

    def test_sent_twice_it_is_one_step(self, staff, added):
        fields = staff.hidden_fields(path(added, "examples"))
        for _ in range(2):
            answer = staff.post(path(added, "examples"), data={**fields, "examples": "\n".join(self.NEW)})
            assert answer.status_code == 302
        assert how_many(ReviewStep) == 2

    def test_when_someone_else_was_first_nothing_is_lost(self, staff, added, coordinator):
        fields = staff.hidden_fields(path(added, "examples"))
        service.set_theme(added.id, added.version, "youth", coordinator)
        answer = staff.post(path(added, "examples"), data={**fields, "examples": "\n".join(self.NEW)})
        assert answer.status_code == 409
        assert "Nothing was changed" in answer.text
        assert self.NEW[0] in answer.text
        assert [row.text for row in service.examples_of(added.id)] == EXAMPLES

    def test_too_few_are_refused_and_stay_typed(self, staff, added):
        answer = staff.post_form(path(added, "examples"), {"examples": "Alleen deze zin"})
        assert answer.status_code == 422
        assert "Write at least 3 sentences" in answer.text
        assert "Alleen deze zin" in answer.text

    def test_a_concern_without_examples_has_no_such_page(self, staff, make_concern, say):
        concern = make_concern()
        say("a", concern)
        assert staff.get(path(concern, "examples")).status_code == 404
        assert staff.page(path(concern)).select("section[aria-labelledby=examples]") == []


def test_examples_go_along_when_concerns_are_put_together_and_come_back_by_undo(
    added, make_concern, say, coordinator
):
    target = make_concern("The pool")
    say("a", target)
    service.merge(added.id, added.version, target.id, coordinator)
    assert [row.text for row in service.examples_of(target.id)] == EXAMPLES
    service.undo(last_step().id, coordinator)
    assert [row.text for row in service.examples_of(added.id)] == EXAMPLES
    assert service.examples_of(target.id) == []


class TestUndo:
    def test_lets_the_words_go_and_the_concern_is_not_to_be(self, staff, hear, added, coordinator):
        passages = hear(*SAID)
        assert {passage.concern_id for passage in passages} == {added.id}
        step = last_step()
        answer = staff.post_form(f"/en/staff/steps/{step.id}/undo", page=path(added), follow_redirects=True)
        assert "Undone: “Too few lockers at the pool” added by staff, with examples" in answer.text
        assert answer.request.path == QUEUE
        analyse_pending()
        assert added.id not in {passage.concern_id for passage in passages}
        assert service.examples_of(added.id) == []
        assert "Too few lockers" not in staff.page(f"{QUEUE}?state=all").text

    def test_waits_for_what_was_decided_after_it(self, hear, added, coordinator):
        hear(*SAID)
        step = last_step()
        service.confirm(added.id, added.version, coordinator)
        with pytest.raises(service.CannotUndo):
            service.undo(step.id, coordinator)

    def test_the_same_page_can_add_it_again(self, staff, coordinator):
        fields = {**staff.hidden_fields(ADD), **TYPED}
        staff.post(ADD, data=fields)
        service.undo(last_step().id, coordinator)
        staff.post(ADD, data=fields)
        assert [row.text for row in service.examples_of(the_added().id)] == EXAMPLES


def test_a_double_tap_adds_one_and_leads_to_it_twice(staff):
    fields = {**staff.hidden_fields(ADD), **TYPED}
    answers = [staff.post(ADD, data=fields) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert [how_many(table) for table in (Concern, ConcernExample, ReviewStep)] == [1, 5, 1]


def test_adding_is_a_step_in_the_history_and_in_the_audit_trail(staff, added, coordinator):
    titles = [title.text for title in staff.page(path(added)).select(".wijk-timeline__title")]
    assert titles == ["“Too few lockers at the pool” added by staff, with examples"]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("concern.add", coordinator.id, added.id)
    assert not any(text in str(entry.details) for text in EXAMPLES)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title-nl": "", "title-en": ""}, "Write a title in at least one language."),
        ({"theme": ""}, "Choose a theme."),
        ({"theme": "weather"}, "Not a valid choice"),
        ({"examples": ""}, "Write at least 3 sentences, each on its own line. There are 0 now."),
        ({"examples": "Een zin"}, "Write at least 3 sentences, each on its own line. There is 1 now."),
        ({"examples": "\n".join(f"Zin {n}" for n in range(11))}, "Write at most 10 sentences. There are 11 now."),
        ({"examples": "Een\nTwee\nEEN"}, "Sentence 3 is the same as an earlier one."),
        ({"examples": "Een\n!!!\nDrie"}, "Sentence 2 has no words."),
        ({"examples": "Een\nTwee\n" + "x" * 20_000}, "Sentence 3 is too long."),
    ],
)
def test_bad_input_is_told_and_keeps_what_was_typed(staff, wrong, message):
    typed = {**TYPED, **wrong}
    answer = staff.post_form(ADD, typed)
    assert answer.status_code == 422
    assert message in answer.text
    for part in (typed["title-nl"], *typed["examples"].split("\n")):
        assert part in answer.text
    assert how_many(Concern) == 0


def test_personal_data_is_taken_out_of_examples(staff):
    staff.post_form(
        ADD, {**TYPED, "examples": "\n".join([*EXAMPLES[:3], "Mail naar fatma@example.org over de kluisjes"])}
    )
    assert "fatma@example.org" not in [row.text for row in service.examples_of(the_added().id)][3]


def test_none_of_the_themes_is_a_choice(staff):
    staff.post_form(ADD, {**TYPED, "theme": "none"})
    assert (the_added().theme, the_added().theme_by_staff) == (None, True)


def test_nobody_else_may_add_or_change(added, other_coordinator, worker, sign_in):
    stranger, helper = sign_in(other_coordinator), sign_in(worker)
    token = stranger.hidden_fields("/en/staff/sign-out", "/en/staff/neighbourhoods/WK099901/concerns")
    for target in (ADD, path(added, "examples")):
        assert stranger.get(target).status_code == 404
        assert stranger.post(target, data={**token, **TYPED}).status_code == 404
        assert helper.get(target).status_code == 403
    assert how_many(Concern) == 1


def test_another_neighbourhood_does_not_hear_of_it(added, other_neighbourhood):
    contributions.add(neighbourhood_id=other_neighbourhood.id, source=Source.NOTE, source_key="there", text=SAID[0])
    db.session.commit()
    analyse_pending()
    assert db.session.scalars(select(Passage)).one().concern_id is None


def test_after_another_encoder_the_examples_are_read_again(added, hear):
    for row in db.session.scalars(select(ConcernExample)):
        row.encoder, row.vector = "another", b"1234"
    db.session.commit()
    renew_vectors(default_encoder())
    assert set(db.session.scalars(select(ConcernExample.encoder))) == {default_encoder().name}
    assert {passage.concern_id for passage in hear(*SAID)} == {added.id}


def test_a_single_voice_can_be_put_into_it(staff, added, hear, coordinator):
    (voice,) = hear("Wat een mooi nieuw park")
    page = staff.page(f"/en/staff/passages/{voice.id}/move")
    assert "Too few lockers at the pool" in page.text
    staff.post_form(f"/en/staff/passages/{voice.id}/move", {"to": str(added.id)})
    assert voice.concern_id == added.id

"""What a coordinator sees, and decides, on the pages."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from app.common.audit import AuditEntry
from app.common.localized import LocalizedText
from app.contributions.models import Source
from app.extensions import db
from app.insight import service
from app.insight.models import Concern, ConcernState, Passage

QUEUE = "/en/staff/neighbourhoods/WK034401/concerns"


def path(concern, action=""):
    return f"/en/staff/concerns/{concern.id}" + (f"/{action}" if action else "")


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.at)))


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


def test_the_queue_shows_what_is_urgent_first_and_then_the_largest(staff, make_concern, say):
    small, large, urgent = make_concern("Small"), make_concern("Large"), make_concern("Urgent one")
    say("a", small), say("b", large), say("c", large), say("d", urgent, urgent=True)
    links = [a.get_text() for a in staff.page(QUEUE).select("tbody th a")]
    assert [link.split(" (")[0] for link in links] == ["Urgent one", "Large", "Small"]


def test_the_queue_can_be_narrowed_to_a_state_and_a_theme(staff, make_concern, say):
    say("a", make_concern("To review", theme="housing"))
    say("b", make_concern("Decided", ConcernState.CONFIRMED, theme="housing"))
    say("c", make_concern("Elsewhere", theme="safety"))
    assert [a.text for a in staff.page(QUEUE + "?theme=housing").select("tbody th a")] == ["To review"]
    assert [a.text for a in staff.page(QUEUE + "?state=confirmed").select("tbody th a")] == ["Decided"]
    assert len(staff.page(QUEUE + "?state=all").select("tbody th a")) == 3


def test_the_queue_says_how_many_came_in_since_the_decision(staff, make_concern, say):
    concern = make_concern("Decided", ConcernState.CONFIRMED)
    concern.read_until = say("before", concern).created_at
    db.session.commit()
    say("after", concern), say("after too", concern)
    cells = staff.page(QUEUE + "?state=confirmed").select("tbody td")
    assert cells[3].text == "2"


def test_every_number_leads_to_exactly_the_contributions_behind_it(staff, make_concern, say):
    concern = make_concern()
    for n in range(3):
        say(f"nl {n}", concern, feeling="negative")
    for n in range(2):
        say(f"ar {n}", concern, language="ar", source=Source.SURVEY_ANSWER, feeling="positive")
    say("?", concern, language=None, source=Source.NOTE)
    page = staff.page(path(concern))
    links = page.select(".wijk-bars__row")
    assert len(links) == 9  # three feelings, three languages, three sources
    for row in links:
        number = int(row.select_one(".wijk-bars__count").text)
        behind = staff.page(row.find("a")["href"])
        assert len(behind.select("article[data-contribution]")) == number, row.text


def test_a_long_list_comes_in_pages_that_together_hold_everyone_once(staff, make_concern, say):
    concern = make_concern()
    for n in range(30):
        say(f"text {n}", concern)
    seen = [a["data-contribution"] for p in (1, 2) for a in staff.page(f"{path(concern)}?page={p}").select("article")]
    assert len(seen) == len(set(seen)) == 30


def test_a_withdrawn_text_is_in_no_number_and_no_list(staff, make_concern, say, withdraw):
    concern = make_concern()
    say("stays", concern)
    withdraw(say("secret words", concern).contribution)
    assert "secret words" not in str(staff.page(path(concern)))
    assert "1 person said this" in staff.page(path(concern)).text


def test_confirming_is_told_and_written_down(staff, make_concern, say, coordinator):
    concern = make_concern()
    say("a", concern)
    answer = staff.post_form(path(concern, "confirm"), page=path(concern), follow_redirects=True)
    assert "You confirmed “The lift is broken”" in answer.text
    assert concern.state is ConcernState.CONFIRMED
    assert concern.reviewed_by_id == coordinator.id
    assert acts() == ["concern.confirm"]


def test_a_title_is_given_in_each_language(staff, make_concern, say):
    concern = make_concern()
    say("a", concern)
    data = {"title-en": "No working lift", "title-nl": "Geen werkende lift", "title-ar": ""}
    staff.post_form(path(concern, "rename"), data)
    assert concern.title == LocalizedText({"en": "No working lift", "nl": "Geen werkende lift"})
    assert concern.named_by_staff
    assert acts() == ["concern.rename"]


def test_a_title_in_no_language_is_refused_with_a_message_at_the_field(staff, make_concern):
    concern = make_concern()
    answer = staff.post_form(path(concern, "rename"), {"title-en": " ", "title-nl": "", "title-ar": ""})
    assert answer.status_code == 422
    assert "Write a title in at least one language." in answer.text
    assert concern.title == LocalizedText({"en": "The lift is broken"})


def test_what_is_taken_no_further_has_a_reason_and_can_be_reviewed_again(staff, make_concern, say):
    concern = make_concern()
    say("a", concern)
    refused = staff.post_form(path(concern, "dismiss"), {"reason-en": ""})
    assert refused.status_code == 422
    staff.post_form(path(concern, "dismiss"), {"reason-en": "It was repaired last week."})
    assert concern.state is ConcernState.DISMISSED
    assert "It was repaired last week." in staff.page(path(concern)).text
    staff.post_form(path(concern, "reopen"), page=path(concern))
    assert (concern.state, concern.reason) == (ConcernState.FOUND, None)
    assert acts() == ["concern.dismiss", "concern.reopen"]


def test_a_merge_puts_everyone_together_and_the_old_address_leads_on(staff, make_concern, say):
    lift, stairs = make_concern("Lift"), make_concern("Stairs")
    say("a", lift), say("b", stairs)
    answer = staff.post_form(path(lift, "merge"), {"target": str(stairs.id)}, follow_redirects=True)
    assert "All its words are in “Stairs” now." in answer.text
    assert "2 people said this" in answer.text
    assert "Stairs" in staff.page(path(lift)).h1.text
    assert acts() == ["concern.merge"]


def test_the_most_alike_concern_is_offered_first(staff, make_concern, say):
    concern, other, alike = make_concern(), make_concern("Other"), make_concern("Alike")
    say("a", concern, direction=1), say("b", other, direction=2), say("c", alike, direction=1)
    offered = [label.text.strip() for label in staff.page(path(concern, "merge")).select("fieldset label")]
    assert offered == ["Alike", "Other"]
    passage = say("d", other, direction=1)
    offered = [label.text.strip() for label in staff.page(f"/en/staff/passages/{passage.id}/move").select("label")]
    assert "Other" not in offered
    assert set(offered[:2]) == {"Alike", "The lift is broken"}


def test_a_split_takes_the_ticked_passages_into_a_concern_of_its_own(staff, make_concern, say):
    concern = make_concern()
    stays, goes = say("the lift", concern), say("the rent", concern)
    data = {"passages": [str(goes.id)], "title-en": "The rent is too high"}
    answer = staff.post_form(path(concern, "split"), data, follow_redirects=True)
    assert "“The rent is too high” is a concern of its own now." in answer.text
    assert (stays.concern_id, goes.concern_id == concern.id) == (concern.id, False)
    assert (goes.pinned, goes.concern.state) == (True, ConcernState.FOUND)


def test_a_split_keeps_what_was_ticked_and_typed_when_something_is_missing(staff, make_concern, say):
    concern = make_concern()
    say("the lift", concern)
    goes = say("the rent", concern)
    answer = staff.post_form(path(concern, "split"), {"passages": [str(goes.id)], "title-en": ""})
    assert answer.status_code == 422
    assert f'value="{goes.id}" checked' in answer.text
    nothing = staff.post_form(path(concern, "split"), {"title-en": "My title"})
    assert "Tick at least one" in nothing.text
    assert 'value="My title"' in nothing.text


def test_everything_cannot_be_split_off(staff, make_concern, say):
    concern = make_concern()
    only = say("the lift", concern)
    answer = staff.post_form(path(concern, "split"), {"passages": [str(only.id)], "title-en": "New"})
    assert answer.status_code == 409
    assert only.concern_id == concern.id


@pytest.mark.parametrize("destination", ["other", "new", "none"])
def test_one_passage_moves_to_another_concern_a_new_one_or_none(staff, make_concern, say, destination):
    concern, other = make_concern("Lift"), make_concern("Rent")
    say("the lift", concern), say("rent", other)
    passage = say("too expensive", concern)
    to = str(other.id) if destination == "other" else destination
    move = f"/en/staff/passages/{passage.id}/move"
    answer = staff.post_form(move, {"to": to, "title-en": "Money"}, follow_redirects=True)
    assert "These words are" in answer.text
    assert passage.pinned
    expected = {"other": "Rent", "new": "Money", "none": None}[destination]
    assert (passage.concern.title.get("en") if passage.concern else None) == expected
    assert acts() == ["passage.move"]


def test_a_new_concern_needs_a_title(staff, make_concern, say):
    passage = say("too expensive", make_concern())
    answer = staff.post_form(f"/en/staff/passages/{passage.id}/move", {"to": "new", "title-en": ""})
    assert answer.status_code == 422
    assert "Write a title for the new concern" in answer.text


def test_single_voices_show_what_is_urgent_first(staff, say):
    say("ordinary"), say("someone is in danger", urgent=True), say("ordinary too")
    texts = [q.text for q in staff.page("/en/staff/neighbourhoods/WK034401/voices").select("blockquote")]
    assert texts[0] == "someone is in danger"
    assert len(texts) == 3
    assert "1 text sounds urgent" in staff.page(QUEUE).text


class TestTwoCoordinatorsAtOnce:
    """The second is told, nothing is overwritten, and what they typed is still there."""

    @pytest.mark.parametrize(
        ("action", "data", "kept"),
        [
            ("rename", {"title-en": "My own title"}, 'value="My own title"'),
            ("dismiss", {"reason-en": "My own reason"}, "My own reason</textarea>"),
        ],
    )
    def test_what_was_typed_is_kept_and_can_be_sent_again(
        self, staff, make_concern, say, coordinator, action, data, kept
    ):
        concern = make_concern()
        say("a", concern)
        fields = staff.hidden_fields(path(concern, action))
        service.rename(concern.id, concern.version, LocalizedText({"en": "Theirs"}), coordinator)
        answer = staff.post(path(concern, action), data={**fields, **data})
        assert answer.status_code == 409
        assert "Coordinator changed this while you were here" in answer.text
        assert kept in answer.text
        assert (concern.title.get("en"), concern.state) == ("Theirs", ConcernState.FOUND)
        version = str(concern.version)
        again = staff.post(path(concern, action), data={**fields, **data, "version": version})
        assert again.status_code == 302

    def test_a_button_on_an_old_page_changes_nothing(self, staff, make_concern, say, coordinator):
        concern = make_concern()
        say("a", concern)
        fields = staff.hidden_fields(path(concern, "confirm"), path(concern))
        service.dismiss(concern.id, concern.version, LocalizedText({"en": "Solved"}), coordinator)
        answer = staff.post(path(concern, "confirm"), data=fields)
        assert answer.status_code == 409
        assert "Nothing was changed" in answer.text
        assert concern.state is ConcernState.DISMISSED

    def test_a_concern_that_was_merged_meanwhile_leads_to_where_it_went(self, staff, make_concern, say, coordinator):
        concern, target = make_concern(), make_concern("Target")
        say("a", concern)
        fields = staff.hidden_fields(path(concern, "rename"))
        service.merge(concern.id, concern.version, target.id, coordinator)
        answer = staff.post(path(concern, "rename"), data={**fields, "title-en": "My own title"})
        assert answer.status_code == 409
        assert 'value="My own title"' in answer.text
        assert path(target) in answer.text

    def test_a_ticked_passage_that_was_moved_meanwhile_stays_there(self, staff, make_concern, say, coordinator):
        concern, elsewhere = make_concern(), make_concern("Elsewhere")
        say("a", concern), say("b", elsewhere)
        first, second = say("c", concern), say("d", concern)
        fields = staff.hidden_fields(path(concern, "split"))
        service.move(first.id, concern.id, coordinator, to=elsewhere.id)
        ticked = {"passages": [str(first.id), str(second.id)], "title-en": "My title"}
        answer = staff.post(path(concern, "split"), data={**fields, **ticked})
        assert answer.status_code == 409
        assert 'value="My title"' in answer.text
        assert (first.concern_id, second.concern_id) == (elsewhere.id, concern.id)

    def test_a_passage_that_was_moved_meanwhile_stays_there(self, staff, make_concern, say, coordinator):
        concern, first, second = make_concern(), make_concern("First"), make_concern("Second")
        passage = say("a", concern)
        say("b", first), say("c", second)
        move = f"/en/staff/passages/{passage.id}/move"
        fields = staff.hidden_fields(move)
        service.move(passage.id, concern.id, coordinator, to=first.id)
        answer = staff.post(move, data={**fields, "to": str(second.id)})
        assert answer.status_code == 409
        assert passage.concern_id == first.id


class TestAnotherMunicipality:
    """A coordinator of another municipality finds nothing here, whatever they try."""

    @pytest.mark.parametrize("action", ["", "rename", "merge", "split", "dismiss"])
    def test_a_concern_is_not_found(self, other_coordinator, sign_in, make_concern, say, action):
        concern = make_concern()
        say("a", concern)
        stranger = sign_in(other_coordinator)
        assert stranger.get(path(concern, action)).status_code == 404

    def test_a_decision_is_not_found_and_changes_nothing(self, other_coordinator, sign_in, make_concern, say):
        concern = make_concern()
        passage = say("a", concern)
        stranger = sign_in(other_coordinator)
        token = stranger.hidden_fields("/en/staff/sign-out", "/en/staff/neighbourhoods/WK099901/concerns")[
            "csrf_token"
        ]
        fields = {"csrf_token": token, "version": "1", "title-en": "x", "reason-en": "x", "to": "none"}
        targets = [path(concern, a) for a in ("confirm", "reopen", "rename", "merge", "split", "dismiss")]
        targets.append(f"/en/staff/passages/{passage.id}/move")
        targets.append(f"/en/staff/contributions/{passage.contribution_id}/original")
        for target in targets:
            assert stranger.post(target, data=fields).status_code == 404, target
        assert (concern.version, passage.pinned, acts()) == (1, False, [])

    def test_pages_of_the_neighbourhood_are_not_found(self, other_coordinator, sign_in, neighbourhood):
        stranger = sign_in(other_coordinator)
        for page in ("concerns", "voices", "not-read"):
            assert stranger.get(f"/en/staff/neighbourhoods/WK034401/{page}").status_code == 404

    def test_a_concern_cannot_be_merged_into_one_elsewhere(self, staff, make_concern, say, other_neighbourhood):
        mine, theirs = make_concern(), make_concern("Theirs", place=other_neighbourhood)
        passage = say("a", mine)
        answer = staff.post_form(path(mine, "merge"), {"target": str(theirs.id)}, page=path(mine))
        assert answer.status_code == 422
        assert passage.concern_id == mine.id

    def test_a_passage_cannot_be_moved_elsewhere(self, staff, make_concern, say, other_neighbourhood):
        passage, theirs = say("a", make_concern()), make_concern("Theirs", place=other_neighbourhood)
        answer = staff.post_form(f"/en/staff/passages/{passage.id}/move", {"to": str(theirs.id)})
        assert answer.status_code == 422
        assert passage.concern.title.get("en") == "The lift is broken"


def test_the_original_words_are_shown_on_a_button_and_that_is_written_down(staff, make_concern, say, coordinator):
    concern = make_concern()
    passage = say("call [name]", concern, original="call Fatma")
    assert "Fatma" not in str(staff.page(path(concern)))
    original = f"/en/staff/contributions/{passage.contribution_id}/original"
    assert staff.get(original).status_code == 405
    answer = staff.post_form(original, page=path(concern))
    assert "call Fatma" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    entry = db.session.scalar(select(AuditEntry))
    assert (entry.action, entry.actor_id, entry.subject_id) == (
        "contribution.read_original",
        coordinator.id,
        passage.contribution_id,
    )


def test_words_that_were_taken_back_cannot_be_read_in_the_original(staff, say, withdraw):
    passage = say("secret words")
    say("other")
    contribution = passage.contribution
    withdraw(contribution)
    page = "/en/staff/neighbourhoods/WK034401/voices"
    answer = staff.post_form(f"/en/staff/contributions/{contribution.id}/original", page=page)
    assert answer.status_code == 404
    assert acts() == []


def test_what_does_not_exist_is_not_found(staff, neighbourhood):
    assert staff.get(f"/en/staff/concerns/{uuid4()}").status_code == 404
    assert staff.get(f"/en/staff/passages/{uuid4()}/move").status_code == 404


def test_words_are_shown_as_text_never_as_markup(staff, make_concern, say):
    concern = make_concern("<script>alert(1)</script>")
    say("<img src=x onerror=alert(1)>", concern)
    say("other", concern)
    for page in (path(concern), path(concern, "split"), path(concern, "merge")):
        text = staff.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_every_page_asks_the_database_at_most_12_times(staff, make_concern, say, count_statements):
    concerns = [make_concern(f"Concern {n}") for n in range(30)]
    for n, concern in enumerate(concerns):
        for k in range(3):
            say(f"text {n} {k}", concern, language=("nl", "ar", "tr")[k], feeling="negative")
    voice = say("alone")
    pages = [QUEUE, "/en/staff/neighbourhoods/WK034401/voices", "/en/staff/neighbourhoods/WK034401/not-read"]
    pages += [path(concerns[0], action) for action in ("", "rename", "merge", "split", "dismiss")]
    pages.append(f"/en/staff/passages/{voice.id}/move")
    for page in pages:
        with count_statements() as statements:
            assert staff.get(page).status_code == 200
        assert statements.count <= 12, (page, statements.texts)


def test_moving_and_splitting_leave_nobody_behind(staff, make_concern, say, coordinator):
    concern = make_concern()
    passages = [say(f"text {n}", concern) for n in range(6)]
    part = service.split(concern.id, 1, [p.id for p in passages[:3]], LocalizedText({"en": "Part"}), coordinator)
    service.move(passages[5].id, concern.id, coordinator, to=part.id)
    held = db.session.execute(select(Concern.title, Passage.id).join(Passage, Passage.concern_id == Concern.id)).all()
    assert len(held) == 6
    assert sum(title.get("en") == "Part" for title, _ in held) == 4

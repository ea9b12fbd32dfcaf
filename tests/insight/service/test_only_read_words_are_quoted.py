"""An answer to an open question is only shown after a coordinator has read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.common.audit import AuditEntry
from app.common.localized import LocalizedText
from app.contributions import service as contributions
from app.contributions.models import Source
from app.extensions import db
from app.insight import service
from app.insight.jobs import analyse_pending
from app.insight.models import ConcernState, Passage

NOT_YET_PUBLIC = [Source.SURVEY_ANSWER, Source.IMPORT, Source.NOTE]


@pytest.fixture
def concern(make_concern, say, coordinator):
    """A concern with five answers that a coordinator read before they confirmed it."""
    found = make_concern("The lift is broken")
    for n in range(5):
        say(f"read answer {n}", found, source=Source.SURVEY_ANSWER, quote_rank=n + 2)
    return service.confirm(found.id, found.version, coordinator)


@pytest.fixture
def staff(coordinator, sign_in):
    return sign_in(coordinator)


def quoted(concern) -> list[str]:
    return [quote.text for quote in service.quotes(concern.id)]


def review(concern, action=""):
    return f"/en/staff/concerns/{concern.id}" + (f"/{action}" if action else "")


@pytest.mark.parametrize("source", NOT_YET_PUBLIC)
def test_what_comes_in_after_the_decision_is_counted_but_not_quoted(client, concern, say, source):
    say("unread words", concern, source=source, quote_rank=1, feeling="positive")
    page = client.get(f"/en/neighbourhoods/WK034401/concerns/{concern.id}").text
    assert "unread words" not in page
    assert "6 people in Waterkwartier say this." in page
    assert quoted(concern) == [f"read answer {n}" for n in range(5)]


@pytest.mark.parametrize("source", [Source.IDEA, Source.COMMENT])
def test_what_is_public_already_is_quoted_at_once(concern, say, source):
    say("public words", concern, source=source, quote_rank=1)
    assert quoted(concern)[0] == "public words"


def test_what_staff_put_there_is_quoted(concern, say, coordinator):
    passage = say("placed words", source=Source.NOTE)
    service.move(passage.id, None, coordinator, to=concern.id)
    assert "placed words" in quoted(concern)
    assert service.came_in(concern.id) == (0, None)


def test_old_words_that_join_a_decided_concern_are_not_quoted(neighbourhood, coordinator):
    def arrive(text, key):
        contributions.add(neighbourhood_id=neighbourhood.id, source=Source.SURVEY_ANSWER, source_key=key, text=text)
        db.session.commit()

    arrive("De lift is al weken stuk", "a"), arrive("The lift has been broken for weeks", "b")
    analyse_pending()
    concern = db.session.scalars(select(Passage)).first().concern
    service.confirm(concern.id, concern.version, coordinator)
    before = sorted(quoted(concern))
    assert before
    arrive("المصعد معطل منذ أسابيع", "c")
    late = db.session.scalar(select(contributions.Contribution).filter_by(source_key="c"))
    late.created_at = concern.reviewed_at - timedelta(days=1)  # sent earlier, read by the computer later
    db.session.commit()
    analyse_pending()
    assert service.came_in(concern.id)[0] == 1
    assert sorted(quoted(concern)) == before


def test_the_button_lets_the_new_ones_in(staff, concern, say, coordinator):
    assert "I have read the new ones" not in staff.get(review(concern)).text
    say("unread words", concern, source=Source.SURVEY_ANSWER, quote_rank=1)
    assert "1 person is new here" in staff.get(review(concern)).text
    page = staff.page(review(concern))
    fields = {i["name"]: i["value"] for i in page.select("form[action$=read-new] input")}
    answer = staff.post(review(concern, "read-new"), data=fields, follow_redirects=True)
    assert "You have read what came in" in answer.text
    assert "I have read the new ones" not in answer.text
    assert quoted(concern)[0] == "unread words"
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "concern.read_new"))
    assert (entry.actor_id, entry.subject_id) == (coordinator.id, concern.id)
    assert staff.post(review(concern, "read-new"), data=fields).status_code == 409  # a second tap


def test_what_came_in_while_the_page_was_open_stays_unread(staff, concern, say):
    say("seen words", concern, source=Source.SURVEY_ANSWER, quote_rank=1)
    page = staff.page(review(concern))
    fields = {i["name"]: i["value"] for i in page.select("form[action$=read-new] input")}
    say("unseen words", concern, source=Source.SURVEY_ANSWER, quote_rank=0)
    for until in (fields["until"], "", "yesterday", "2026-01-01"):
        assert staff.post(review(concern, "read-new"), data={**fields, "until": until}).status_code == 409
    assert not {"seen words", "unseen words"} & set(quoted(concern))


def test_another_decision_does_not_let_unread_words_in(concern, make_concern, say, coordinator):
    say("unread words", concern, source=Source.SURVEY_ANSWER, quote_rank=1)
    service.rename(concern.id, concern.version, LocalizedText({"en": "Lifts"}), coordinator)
    service.move(say("placed words").id, None, coordinator, to=concern.id)
    assert "unread words" not in quoted(concern)
    assert service.came_in(concern.id)[0] == 1


def test_only_a_confirmed_concern_has_new_ones_to_read(make_concern, say, coordinator):
    found = make_concern("Rent", ConcernState.FOUND)
    passage = say("the rent", found)
    with pytest.raises(service.NotPossible):
        service.read_new(found.id, found.version, passage.created_at, coordinator)


def test_what_joins_while_the_page_is_open_does_not_count_as_read(make_concern, say, staff):
    found = make_concern("The stairs are dirty")
    say("shown words", found, source=Source.SURVEY_ANSWER, quote_rank=1)
    fields = staff.hidden_fields(review(found, "confirm"), page=review(found))
    say("unseen words", found, source=Source.SURVEY_ANSWER, quote_rank=2)
    assert staff.post(review(found, "confirm"), data=fields).status_code == 302
    assert quoted(found) == ["shown words"]
    assert "1 person is new here" in staff.get(review(found)).text


def test_a_confirmation_that_does_not_say_what_was_shown_is_refused(make_concern, say, staff):
    found = make_concern("The stairs are dirty")
    say("shown words", found, source=Source.SURVEY_ANSWER, quote_rank=1)
    fields = staff.hidden_fields(review(found, "confirm"), page=review(found))
    assert staff.post(review(found, "confirm"), data={**fields, "until": "yesterday"}).status_code == 409
    assert found.state is ConcernState.FOUND

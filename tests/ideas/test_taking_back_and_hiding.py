"""Words that are taken back, or hidden by staff, are behind no door any more."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Text, func, select

from app.common.audit import AuditEntry
from app.contributions import service as contributions
from app.contributions.models import Contribution, ContributionOriginal
from app.extensions import db
from app.ideas import service
from app.ideas.models import Comment, Idea, Support
from app.people.models import Resident, StaffAccount
from app.places.models import Neighbourhood

BOARD = "/en/neighbourhoods/WK034401/ideas"
STAFF = "/en/staff/neighbourhoods/WK034401/ideas"
Idea_of = Callable[..., Idea]
Comment_on = Callable[..., Comment]


def everything_stored() -> str:
    """All text in all tables."""
    found = []
    for table in db.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, Text) or "CHAR" in str(column.type)]
        for row in db.session.execute(select(*columns)) if columns else []:
            found += [str(value) for value in row if value]
    return "\n".join(found)


def doors(client: Any, idea: Idea) -> str:
    """All that the outside can see of an idea."""
    paths = (BOARD, f"{BOARD}?order=supported", f"{BOARD}?order=random&seed=0badcafe", f"{BOARD}/{idea.id}")
    return "\n".join(client.get(path).get_data(as_text=True) for path in (*paths, f"{BOARD}/{idea.id}/thanks"))


def test_an_idea_that_is_taken_back_leaves_every_door_and_every_table(
    client: Any, session: Any, idea_of: Idea_of, someone: Callable[[], Resident]
) -> None:
    client.post_form(f"{BOARD}/new", {"title": "Zonnebloemen zaaien", "text": "Langs de hele kade"})
    idea = session.scalars(select(Idea)).one()
    service.support(someone(), idea)
    assert "Zonnebloemen" in doors(client, idea)
    assert "Zonnebloemen" in client.get(f"{BOARD}/{idea.id}/take-back").get_data(as_text=True)
    response = client.post_form(f"{BOARD}/{idea.id}/take-back", follow_redirects=True)
    assert "Your idea is taken back" in response.get_data(as_text=True)
    for word in ("Zonnebloemen", "kade"):
        assert word not in doors(client, idea)
        assert word not in everything_stored()
    assert session.scalar(select(func.count()).select_from(Support)) == 0
    assert service.newest_ideas(idea.neighbourhood_id, 5) == []
    assert service.ideas_of(session.get(Resident, idea.resident_id)) == []


def test_a_contribution_withdrawn_by_another_way_takes_the_idea_with_it(
    client: Any, session: Any, idea_of: Idea_of
) -> None:
    idea = idea_of("Zonnebloemen zaaien", "Langs de hele kade")
    contributions.withdraw(idea.contribution)
    session.commit()
    assert "Zonnebloemen" not in doors(client, idea)
    assert "kade" not in everything_stored()


def test_a_comment_that_is_taken_back_is_gone(client: Any, session: Any, idea_of: Idea_of) -> None:
    page = f"{BOARD}/{idea_of('Meer bomen').id}"
    client.post_form(page, {"text": "Zonnebloemen zijn mooier"})
    comment = session.scalars(select(Comment)).one()
    response = client.post_form(f"{BOARD}/comments/{comment.id}/take-back", follow_redirects=True)
    assert "Your comment is taken back" in response.get_data(as_text=True)
    assert "Zonnebloemen" not in client.get(page).get_data(as_text=True)
    assert "Zonnebloemen" not in everything_stored()
    assert "0 comments" in client.page(page).get_text()
    assert service.comments_of(session.get(Resident, comment.resident_id)) == []


def test_nobody_takes_back_the_words_of_another(
    client: Any, session: Any, idea_of: Idea_of, comment_on: Comment_on, someone: Callable[[], Resident]
) -> None:
    idea = idea_of("Meer bomen", "Veel")
    comment = comment_on(idea, "Goed plan")
    token = client.hidden_fields(f"{BOARD}/{idea.id}")["csrf_token"]
    for path in (f"{BOARD}/{idea.id}/take-back", f"{BOARD}/comments/{comment.id}/take-back"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={"csrf_token": token}).status_code == 404
    stranger = someone()
    assert not service.withdraw_idea(stranger, idea.id)
    assert not service.withdraw_comment(stranger, comment.id)
    assert (idea.text, comment.text) == ("Veel", "Goed plan")


def test_what_is_taken_back_is_neither_supported_nor_commented(
    client: Any, session: Any, idea_of: Idea_of, someone: Callable[[], Resident]
) -> None:
    writer = someone()
    idea = idea_of("Meer bomen", resident=writer)
    token = client.hidden_fields(f"{BOARD}/{idea.id}")["csrf_token"]
    service.withdraw_idea(writer, idea.id)
    for path in ("support", "stop-supporting"):
        assert client.post(f"{BOARD}/{idea.id}/{path}", data={"csrf_token": token}).status_code == 404
    assert session.scalar(select(func.count()).select_from(Support)) == 0


def test_a_resident_finds_back_what_they_said(
    session: Any, idea_of: Idea_of, comment_on: Comment_on, someone: Callable[[], Resident], worker: StaffAccount
) -> None:
    me = someone()
    first, second = idea_of("Meer bomen", resident=me), idea_of("Minder auto's", resident=me)
    said = comment_on(idea_of("Een fontein"), "Goed plan", me)
    service.hide(worker, first, "It names a neighbour.")
    assert {idea.id for idea in service.ideas_of(me)} == {first.id, second.id}
    assert [comment.id for comment in service.comments_of(me)] == [said.id]


def test_staff_hides_an_idea_with_a_reason_and_shows_it_again(
    client: Any, session: Any, sign_in: Callable[[StaffAccount], Any], worker: StaffAccount
) -> None:
    client.post_form(f"{BOARD}/new", {"title": "Zonnebloemen zaaien", "text": "Langs de kade"})
    idea = session.scalars(select(Idea)).one()
    staff = sign_in(worker)
    assert "Hide this idea" in staff.get(f"{BOARD}/{idea.id}").get_data(as_text=True)
    staff.post_form(f"{STAFF}/{idea.id}/hide", {"reason": "It insults someone."})
    stranger = client.application.test_client()
    assert "Zonnebloemen" not in doors(stranger, idea)
    mine = client.get(f"{BOARD}/{idea.id}")
    assert mine.status_code == 404
    assert "It insults someone." in mine.get_data(as_text=True)
    assert "Zonnebloemen" in mine.get_data(as_text=True)
    assert session.scalar(contributions.live().with_only_columns(func.count())) == 0
    assert "It insults someone." in staff.get(STAFF).get_data(as_text=True)
    staff.post_form(f"{STAFF}/{idea.id}/show-again", page=STAFF)
    assert "Zonnebloemen" in doors(stranger, idea)
    assert session.scalars(contributions.live()).one().analysed_at is None  # to be read again
    trail = session.scalars(select(AuditEntry).order_by(AuditEntry.at)).all()
    assert [(entry.action, entry.actor_id, entry.subject_id) for entry in trail] == [
        ("idea.hide", worker.id, idea.id),
        ("idea.show_again", worker.id, idea.id),
    ]
    assert [entry.details for entry in trail] == [{}, {}]  # the reason may name people


def test_staff_hides_a_comment(
    client: Any, session: Any, sign_in: Callable[[StaffAccount], Any], worker: StaffAccount, idea_of: Idea_of,
    comment_on: Comment_on,
) -> None:  # fmt: skip
    idea = idea_of("Meer bomen")
    comment = comment_on(idea, "Zonnebloemen zijn mooier")
    staff = sign_in(worker)
    staff.post_form(f"{STAFF}/comments/{comment.id}/hide", {"reason": "Not kind."})
    assert "Zonnebloemen" not in client.get(f"{BOARD}/{idea.id}").get_data(as_text=True)
    staff.post_form(f"{STAFF}/comments/{comment.id}/show-again", page=STAFF)
    assert "Zonnebloemen" in client.get(f"{BOARD}/{idea.id}").get_data(as_text=True)


def test_why_it_was_hidden_goes_with_what_is_taken_back(
    session: Any, idea_of: Idea_of, comment_on: Comment_on, worker: StaffAccount
) -> None:
    idea = idea_of("Meer bomen")
    comment = comment_on(idea, "Goed plan")
    for posted in (idea, comment):
        service.hide(worker, posted, "It names Mrs Zonnebloem.")
    assert everything_stored().count("Zonnebloem") == 2
    for posted in (comment, idea):
        contributions.withdraw(posted.contribution)
    session.commit()
    assert "Zonnebloem" not in everything_stored()
    assert "Zonnebloem" not in str([entry.details for entry in session.scalars(select(AuditEntry))])


def test_a_reason_is_asked_for(
    session: Any, sign_in: Callable[[StaffAccount], Any], worker: StaffAccount, idea_of: Idea_of
) -> None:
    idea = idea_of("Meer bomen")
    staff = sign_in(worker)
    for reason in ("", "  ", "!!", "x" * 501):
        response = staff.post_form(f"{STAFF}/{idea.id}/hide", {"reason": reason})
        assert response.status_code == 422
    assert not idea.is_hidden


@pytest.mark.parametrize("path", ["{idea}/hide", "{idea}/show-again", "comments/{comment}/hide"])
def test_staff_of_another_municipality_finds_nothing(
    sign_in: Callable[[StaffAccount], Any],
    other_coordinator: StaffAccount,
    idea_of: Idea_of,
    comment_on: Comment_on,
    path: str,
) -> None:
    idea = idea_of("Meer bomen")
    comment = comment_on(idea, "Goed plan")
    staff = sign_in(other_coordinator)
    token = staff.hidden_fields(f"{BOARD}/{idea.id}")["csrf_token"]
    address = f"{STAFF}/{path.format(idea=idea.id, comment=comment.id)}"
    assert staff.post(address, data={"csrf_token": token, "reason": "No."}).status_code == 404
    elsewhere = address.replace("WK034401", "WK099901")
    assert staff.post(elsewhere, data={"csrf_token": token, "reason": "No."}).status_code == 404
    assert not idea.is_hidden


def test_the_staff_page_asks_the_database_little(
    sign_in: Callable[[StaffAccount], Any], worker: StaffAccount, idea_of: Idea_of, comment_on: Comment_on,
    count_statements: Callable[[], Any],
) -> None:  # fmt: skip
    for number in range(25):
        comment_on(idea_of(f"Idea {number}"), "Goed plan")
    staff = sign_in(worker)
    with count_statements() as statements:
        assert staff.get(STAFF).status_code == 200
    assert statements.count <= 12, statements.texts


def test_a_withdrawn_idea_is_not_on_the_staff_page(
    sign_in: Callable[[StaffAccount], Any], worker: StaffAccount, idea_of: Idea_of, someone: Callable[[], Resident],
    neighbourhood: Neighbourhood, session: Any,
) -> None:  # fmt: skip
    writer = someone()
    idea = idea_of("Zonnebloemen zaaien", resident=writer)
    service.withdraw_idea(writer, idea.id)
    page = sign_in(worker).get(STAFF).get_data(as_text=True)
    assert "There are no ideas yet." in page
    assert session.scalar(select(func.count()).select_from(ContributionOriginal)) == 0
    assert session.scalars(select(Contribution)).one().withdrawn_at is not None

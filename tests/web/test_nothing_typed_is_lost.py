"""A form that was open too long comes back with all that was typed."""

from __future__ import annotations

from typing import Any

from app.people.models import StaffAccount

FROM_HERE = {"Origin": "http://localhost"}


def test_an_expired_form_comes_back_with_the_words_and_can_be_sent_again(
    client: Any, coordinator: StaffAccount
) -> None:
    typed = {"csrf_token": "long ago", "login": "coördinator <b>", "password": "geheim"}
    response = client.post("/en/staff/sign-in", data=typed, headers=FROM_HERE)
    assert response.status_code == 400
    page = response.get_data(as_text=True)
    assert "coördinator &lt;b&gt;" in page
    assert "geheim" not in page  # a password is never sent back
    assert response.headers["Cache-Control"] == "no-store"
    fields = client.hidden_fields("/en/staff/sign-in")
    again = client.post("/en/staff/sign-in", data={**typed, "csrf_token": fields["csrf_token"]}, headers=FROM_HERE)
    assert again.status_code == 422  # the form was read this time


def test_another_site_cannot_make_a_form_that_is_sent_with_one_tap(client: Any, app: Any) -> None:
    response = client.post("/en/staff/sign-in", data={"login": "x"}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 400
    assert "Send again" not in response.get_data(as_text=True)


def test_staff_whose_session_ended_keep_what_they_typed(client: Any, app: Any) -> None:
    path = "/en/staff/neighbourhoods/WK034401/polls/new"
    token = client.hidden_fields("/en/staff/sign-in")["csrf_token"]
    response = client.post(path, data={"csrf_token": token, "title_en": "Which plan first?"}, headers=FROM_HERE)
    assert response.status_code == 401
    page = response.get_data(as_text=True)
    assert "Which plan first?" in page
    assert "/en/staff/sign-in" in page

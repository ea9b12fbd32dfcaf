"""What every page has: its language and direction, a way past the header, landmarks, and the other languages."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template, session

from app.people.models import StaffAccount


def page_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


@pytest.mark.parametrize(("language", "direction"), [("nl", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_a_page_says_its_language_and_direction(client: Any, language: str, direction: str) -> None:
    page = page_of(client.get(f"/{language}/accessibility"))
    assert page.html is not None
    assert (page.html["lang"], page.html["dir"]) == (language, direction)


def test_the_first_thing_the_keyboard_meets_leads_past_the_header(client: Any) -> None:
    page = page_of(client.get("/en/accessibility"))
    first = page.find(["a", "button", "input"])
    assert isinstance(first, Tag)
    assert first["href"] == "#main"
    target = page.find(id="main")
    assert isinstance(target, Tag)
    assert target.name == "main"
    assert target["tabindex"] == "-1"


def test_landmarks_are_there_once_and_navigations_have_names(client: Any) -> None:
    page = page_of(client.get("/en/accessibility"))
    assert [len(page.find_all(name)) for name in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    names = [nav["aria-label"] for nav in page.find_all("nav")]
    assert len(set(names)) == len(names) >= 2


def test_each_language_leads_to_the_same_page_and_names_itself(client: Any) -> None:
    page = page_of(client.get("/en/accessibility?x=1"))
    links = {str(a["hreflang"]): a for a in page.find_all("a", hreflang=True)}
    assert str(links["ar"]["href"]) == "/ar/accessibility?x=1"
    assert (links["ar"].get_text(), links["ar"]["lang"], links["ar"]["dir"]) == ("العربية", "ar", "rtl")
    assert "en" not in links
    current = page.find(attrs={"aria-current": "true"})
    assert isinstance(current, Tag)
    assert current.get_text() == "English"


def test_a_form_with_a_mistake_says_so_in_the_title(client: Any) -> None:
    before = page_of(client.get("/en/staff/sign-in")).title
    after = page_of(client.post_form("/en/staff/sign-in", {"login": ""})).title
    assert before is not None
    assert after is not None
    assert not before.get_text().startswith("Mistake")
    assert after.get_text().startswith("Mistake: Sign in")


def test_staff_can_sign_out_on_every_page_and_residents_see_nothing_of_that(
    client: Any, sign_in: Any, coordinator: StaffAccount
) -> None:
    path = "/en/accessibility"
    assert "Sign out" not in client.get(path).text
    assert "Voorbeeldstad" not in client.get(path).text
    page = page_of(sign_in(coordinator).get(path))
    form = page.find("form", action="/en/staff/sign-out")
    assert isinstance(form, Tag)
    assert form.get_text(strip=True) == "Sign out"
    assert "Voorbeeldstad" in page.header.get_text()  # type: ignore[union-attr]


def test_the_stylesheet_is_there_and_may_be_kept_for_ever(client: Any) -> None:
    page = page_of(client.get("/en/accessibility"))
    sheets = [str(link["href"]) for link in page.find_all("link", rel="stylesheet")]
    assert len(sheets) == 1
    answer = client.get(sheets[0])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_that_is_not_there_says_where_to_start(client: Any) -> None:
    answer = client.get("/ar/nowhere")
    assert answer.status_code == 404
    page = page_of(answer)
    assert page.html is not None
    assert page.html["dir"] == "rtl"
    assert page.select_one('main a[href="/ar/"]') is not None


@pytest.mark.parametrize("code", [400, 403, 404, 429, 500])
def test_each_error_page_has_a_title_and_says_what_to_do(app: Flask, code: int) -> None:
    with app.test_request_context("/en/"):
        app.preprocess_request()
        page = BeautifulSoup(render_template(f"web/errors/{code}.html", request_id="ab12"), "html.parser")
    assert page.h1 is not None
    assert page.title is not None
    assert page.title.get_text().startswith(page.h1.get_text())
    assert page.main is not None
    assert page.main.p is not None
    assert ("ab12" in page.get_text()) is (code == 500)


def test_the_page_about_our_own_error_needs_no_database(
    app: Flask, coordinator: StaffAccount, count_statements: Any
) -> None:
    """The database may be what broke."""
    account_id = str(coordinator.id)
    with app.test_request_context("/en/"):
        session["_user_id"] = account_id
        with count_statements() as seen:
            app.preprocess_request()
            render_template("web/errors/500.html")
    assert seen.texts == []


def test_what_was_typed_is_shown_and_kept_to_be_sent_again(app: Flask) -> None:
    fields = [
        ("submission_id", "12"),
        ("text", "Meer <bomen>\nen bankjes"),
        ("place", ""),
        ("good", "a"),
        ("good", "b"),
    ]
    with app.test_request_context("/en/"):
        app.preprocess_request()
        html = render_template(
            "web/errors/expired.html",
            fields=fields,
            words=["Meer <bomen>\nen bankjes"],
            action="/en/ideas/new?a=1",
            sign_in_url=None,
        )
    page = BeautifulSoup(html, "html.parser")
    form = page.form
    assert form is not None
    assert form["action"] == "/en/ideas/new?a=1"
    hidden = [(i["name"], i["value"]) for i in form.find_all("input", type="hidden")]
    assert [pair for pair in hidden if pair[0] != "csrf_token"] == fields
    assert [li.get_text() for li in form.find_all("li")] == ["Meer <bomen>\nen bankjes"]
    assert [b.get_text() for b in form.find_all("button")] == ["Send again"]


def test_the_frame_of_the_page_takes_no_name_that_a_page_uses(
    client: Any, sign_in: Any, coordinator: StaffAccount
) -> None:
    """What the base template sets for itself is seen by the page too, and would hide what the view gave."""
    page = page_of(sign_in(coordinator).get("/en/staff/"))
    assert "Waterkwartier" in page.main.get_text()  # type: ignore[union-attr]

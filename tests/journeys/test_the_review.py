"""A coordinator goes through the queue in a real browser, with mouse and shortcuts, and takes back what they did."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE, Installation, check_page
from tests.journeys.people import HERE, Person, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUEUE = f"/staff/neighbourhoods/{HERE}/concerns"
WIDTHS = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("lang", ["nl", "ar"])


@pytest.fixture
def coordinator(phone: Callable[..., Page], installation: Installation) -> Callable[..., Person]:
    """`coordinator("nl", PHONE)`: a coordinator who is signed in, in front of the queue."""

    def go(lang: str, size: dict[str, int]) -> Person:
        person = Person(phone(size), installation, lang)
        sign_in(person, "coordinator")
        person.go(QUEUE)
        return person

    return go


def key(person: Person, name: str) -> None:
    """Press a key that leads to another page."""
    with person.page.expect_navigation():
        person.page.keyboard.press(name)
    check_page(person.page)


@WIDTHS
@LANGUAGES
def test_from_the_queue_through_a_concern_and_back_with_the_keyboard(
    coordinator: Callable[..., Person], lang: str, size: dict[str, int]
) -> None:
    person = coordinator(lang, size)
    page = person.page
    for order in ("size", "newness", "urgency"):
        person.follow(f"order={order}") if order != "urgency" else person.go(QUEUE)
        assert page.locator('.wijk-order [aria-current="true"]').count() == 1

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("a[data-item]").first.evaluate("link => link === document.activeElement")
    key(person, "Enter")
    first = page.url
    key(person, "j")
    assert page.url != first
    key(person, "k")
    assert page.url == first

    page.keyboard.press("?")
    help_ = page.locator("dialog[open]")
    assert help_.locator("kbd").count() >= 9
    check_page(page)
    page.keyboard.press("c")  # nothing happens behind an open dialog
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.url == first

    key(person, "r")
    field = page.locator(f'[name="title-{lang}"]')
    field.fill("")
    field.type("jkcu")  # these are letters now
    assert field.input_value() == "jkcu"
    page.goto(first)

    key(person, "c")
    assert page.locator('button[data-key="c"]').count() == 0
    key(person, "u")
    assert page.locator('button[data-key="c"]').count() == 1
    assert page.locator(".wijk-timeline__item").count() >= 2
    for letter in ("t", "m", "s", "d"):
        key(person, letter)
        page.goto(first)
    person.go(first.split(f"/{lang}", 1)[1].split("?")[0] + "/print")


def test_shortcuts_can_be_switched_off_and_stay_off(coordinator: Callable[..., Person]) -> None:
    person = coordinator("nl", DESK)
    page = person.page
    page.keyboard.press("?")
    page.locator("label[for=shortcuts-on]").click()
    page.locator("[data-shortcuts-close]").click()
    page.reload()
    page.keyboard.press("?")
    page.keyboard.press("j")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("[aria-keyshortcuts]").count() == 0
    page.locator("[data-shortcuts-open]").click()
    page.locator("label[for=shortcuts-on]").click()
    page.locator("[data-shortcuts-close]").click()
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1


def test_a_concern_is_put_on_another_with_the_keyboard_and_with_the_mouse(coordinator: Callable[..., Person]) -> None:
    person = coordinator("nl", DESK)
    page = person.page
    rows = page.locator("tr[data-concern]")
    target = rows.nth(2).get_attribute("data-concern")
    grip = rows.nth(0).locator(".wijk-grip")
    grip.focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-drag-says]").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".wijk-queue__picked").count() == 0
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    key(person, "Enter")
    assert page.locator('[name="target"]:checked').get_attribute("value") == target

    person.go(QUEUE)
    with page.expect_navigation():
        rows.nth(0).locator(".wijk-grip").drag_to(rows.nth(2).locator("th"))
    check_page(page)
    assert page.locator('[name="target"]:checked').get_attribute("value") == target
    person.press()
    person.press_in("/undo")
    assert page.locator("[data-key='u']").count() == 0


def test_the_review_works_without_javascript(
    coordinator: Callable[..., Person], phone: Callable[..., Page], installation: Installation
) -> None:
    page = phone(PHONE, javascript=False)
    page.context.add_cookies(coordinator("nl", PHONE).page.context.cookies())  # type: ignore[arg-type]
    page.goto(installation.url(f"/nl{QUEUE}"))
    assert not page.locator("[data-shortcuts-open]").is_visible()
    assert not page.locator(".wijk-grip").first.is_visible()
    page.locator("a[data-merge]").first.click()
    assert page.locator('[name="target"]').count() > 1

"""People in front of a browser. They find things by what stands in addresses and names, so in any language."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page

from tests.journeys.conftest import Installation, check_page

HERE = "WK999901"


@dataclass
class Person:
    """Someone with a browser, reading in one language."""

    page: Page
    installation: Installation
    lang: str

    def go(self, path: str) -> None:
        """Open a page by its address below the language."""
        response = self.page.goto(self.installation.url(f"/{self.lang}{path}"))
        assert response is not None
        assert response.status < 400, f"{self.page.url}: {response.status}"
        check_page(self.page)

    def here(self, path: str = "") -> None:
        """Open a page of the neighbourhood."""
        self.go(f"/neighbourhoods/{HERE}{path}")

    def follow(self, part_of_address: str) -> None:
        """Click the first link in the main text whose address has this in it."""
        self.page.locator(f'main a[href*="{part_of_address}"]').first.click()
        check_page(self.page)

    def press(self, selector: str = 'main form[method="post"] button[type="submit"]:not([name])') -> None:
        """Press a button and arrive."""
        self.page.locator(selector).last.click()
        self.page.wait_for_load_state("load")
        check_page(self.page)

    def press_in(self, part_of_action: str) -> None:
        """Press the button of the form that is sent to this address."""
        self.press(f'main form[action*="{part_of_action}"] button[type="submit"]')

    def tick(self, name: str, value: str) -> None:
        """Touch a radio button or a checkbox where it stands, as a finger does: the label may lie over it."""
        field = self.page.locator(f'input[name="{name}"][value="{value}"]')
        was = field.is_checked()
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert field.is_checked() != was or field.get_attribute("type") == "radio"

    def write(self, name: str, text: str) -> None:
        """Type into a field."""
        self.page.locator(f'[name="{name}"]').first.fill(text)

    def sees(self, text: str) -> bool:
        """Whether this stands in the main text."""
        return text in self.page.locator("main").inner_text()

    @property
    def code(self) -> str:
        """The code that is shown in big letters."""
        return self.page.locator(".wijk-code").first.inner_text().strip()


Newcomer = Callable[..., Person]


def sign_in(person: Person, role: str) -> None:
    """Sign in with the login that the demo made for this installation."""
    lines = (person.installation.data_dir / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    words = next(line.split() for line in lines if role in line)
    login = words.index(next(word for word in words if role in word))
    person.go("/staff/sign-in")
    person.write("login", words[login].strip(":,"))
    person.write("password", words[-1])
    person.press()
    assert "/staff/sign-in" not in person.page.url, "the demo's login does not work"


def let_the_last_day_pass(installation: Installation, slug: str) -> None:
    """Time passes: the poll's last day is over. (The one thing that a browser cannot do.)"""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with sqlite3.connect(installation.data_dir / "wijkstem.sqlite", timeout=30) as database:
        changed = database.execute(
            "UPDATE poll SET closes_at = ?, last_day = ? WHERE slug = ?",
            (yesterday.strftime("%Y-%m-%d %H:%M:%S.%f"), yesterday.date().isoformat(), slug),
        )
        assert changed.rowcount == 1


def in_two_weeks() -> str:
    """A day to come, as a date field wants it."""
    return (date.today() + timedelta(days=14)).isoformat()  # noqa: DTZ011

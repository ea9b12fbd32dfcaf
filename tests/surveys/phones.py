"""Someone who fills in the small survey, as with a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

PATH = "/en/neighbourhoods/WK034401/surveys/small"


@dataclass
class Phone:
    """A resident with a browser on a survey's pages."""

    client: Any

    def begin(self) -> TestResponse:
        return self.client.post_form(f"{PATH}/begin", page=PATH)

    def fill_in(self, page: str, back: bool = False, query: str = "", **answers: Any) -> TestResponse:
        """Open a page, give these answers (by question id) and send them."""
        path = f"{PATH}/questions/{page}"
        data = {name if name.startswith("none_") else f"q_{name}": value for name, value in answers.items()}
        return self.client.post_form(path + query, {**data, **({"back": "1"} if back else {})}, page=path)

    def send(self) -> TestResponse:
        return self.client.post_form(f"{PATH}/send", page=f"{PATH}/summary")

    def see(self, page: str = "") -> BeautifulSoup:
        return self.client.page(f"{PATH}{page}")

    def text(self, page: str = "") -> str:
        return self.see(page).get_text(" ", strip=True)

    def code(self) -> str:
        code = self.see("/thanks").select_one(".wijk-code") or self.see("/summary").select_one(".wijk-code")
        assert code is not None
        return code.get_text(strip=True)

    def whole_chain(self, story: str = "Nobody came", wish: str = "A new lift") -> None:
        """Everything that someone with a broken lift is asked, up to the summary."""
        self.begin()
        self.fill_in("home", broken=["lift"], people="2")
        self.fill_in("told", told="yes_told")
        self.fill_in("after", reply="1")
        self.fill_in("why_bad", story=story)
        self.fill_in("last", wish=wish)

    def shortest(self, wish: str = "") -> None:
        """What someone is asked with whom nothing is broken, and sends it."""
        self.begin()
        self.fill_in("home", broken=["nothing"], people="4")
        self.fill_in("last", wish=wish)
        self.send()

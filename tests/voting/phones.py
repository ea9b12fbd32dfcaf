"""A server process of its own with many phones: `python -m tests.voting.phones SLUG CODE PHONES`.

Every phone fills in its ballot with the same code; at a line on standard input all send it at the same moment.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import time_machine

from app import create_app
from app.extensions import limiter
from tests.conftest import Browser
from tests.voting.conftest import BEFORE


def main(slug: str, code: str, phones: int) -> None:
    app = create_app()
    app.test_client_class = Browser
    limiter.enabled = False
    page, together = f"/en/neighbourhoods/WK034401/polls/{slug}/vote", Barrier(phones)

    def prepare(_place: int) -> tuple[Browser, dict[str, str]]:
        client = app.test_client()
        assert isinstance(client, Browser)
        client.post_form(page, {"code": code})
        return client, client.hidden_fields(f"{page}/ballot")

    def send(ready: tuple[Browser, dict[str, str]]) -> int:
        client, fields = ready
        together.wait()
        return client.post(f"{page}/ballot", data={**fields, "choices": ["1"], "step": "cast"}).status_code

    everyone = [prepare(place) for place in range(phones)]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with ThreadPoolExecutor(phones) as pool:
        sys.stdout.write(json.dumps(list(pool.map(send, everyone))) + "\n")


if __name__ == "__main__":
    with time_machine.travel(BEFORE):
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

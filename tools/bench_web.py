"""How fast the main pages are: a table of requests a second and p95, under gunicorn, with 50 clients at once.

    make bench            # or: python tools/bench_web.py [--clients 50] [--seconds 10]

It starts an installation of its own with the demo neighbourhood in a temporary folder (SQLite unless DATABASE_URL
is set), drives it from this process over loopback, and stops it. Clients "without pause" send their next request when
they have the last answer: that shows how much the server can do, and p95 is then close to clients divided by
requests a second. The last row is 50 residents who fill in the survey at once and take a second for each page: that
shows what they notice.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parent.parent
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')


class Client:
    """One phone: keeps its connection and its cookie."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""
        self.location = ""

    def send(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """One request; the status and the page."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://127.0.0.1"}
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        page = response.read().decode()
        if (cookie := response.getheader("Set-Cookie")) is not None:
            self.cookie = cookie.split(";", 1)[0]
        self.location = response.getheader("Location") or ""
        return response.status, page


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of the last form with a token on the page."""
    form = next(part for part in reversed(page.split("<form")) if "csrf_token" in part)
    pairs = [dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(form)]
    return {pair["name"]: pair.get("value", "") for pair in pairs}


def drive(port: int, clients: int, seconds: float, act: Callable[[Client, list[float]], None]) -> tuple[float, float]:
    """Requests a second and p95 in milliseconds of what `act` times."""
    times: list[list[float]] = [[] for _ in range(clients)]
    failures: list[BaseException] = []
    end = time.perf_counter() + seconds

    def run(mine: list[float]) -> None:
        client = Client(port)
        try:
            while time.perf_counter() < end:
                act(client, mine)
        except BaseException as error:  # noqa: BLE001 - reported below; a benchmark that hides failures lies
            failures.append(error)

    threads = [threading.Thread(target=run, args=(mine,)) for mine in times]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    taken = sorted(t for mine in times for t in mine)
    return len(taken) / (time.perf_counter() - began), taken[int(len(taken) * 0.95)] * 1000


def timed(client: Client, mine: list[float], method: str, path: str, fields: dict[str, str] | None = None) -> str:
    """One timed request that must succeed."""
    began = time.perf_counter()
    status, page = client.send(method, path, fields)
    mine.append(time.perf_counter() - began)
    if status not in (200, 302, 303):
        raise RuntimeError(f"{method} {path}: {status}")
    return page


def reading(path: str) -> Callable[[Client, list[float]], None]:
    """Open a page."""
    return lambda client, mine: (timed(client, mine, "GET", path), None)[1]


def survey_steps(survey: str, pause: float = 0) -> Callable[[Client, list[float]], None]:
    """Begin a survey and go on to its end; every send and every page that follows is timed.

    A person takes `pause` seconds for each page, half of it less or more.
    """

    def act(client: Client, mine: list[float]) -> None:
        client.cookie = ""
        time.sleep(pause * random.random())  # they do not all begin at the same moment
        _, page = client.send("GET", survey)
        status, _ = client.send("POST", form_action(page) or survey, hidden_fields(page))
        if status not in (302, 303):
            raise RuntimeError(f"begin: {status}")
        for _step in range(40):
            address = client.location
            page = timed(client, mine, "GET", address)
            time.sleep(pause * random.uniform(0.5, 1.5))
            if urlsplit(address).path.endswith("/thanks"):
                return
            timed(client, mine, "POST", form_action(page) or address, {**hidden_fields(page), **first_answers(page)})
        raise RuntimeError("the survey has no end")

    return act


def form_action(page: str) -> str | None:
    """Where the last form with a token posts to."""
    form = next(part for part in reversed(page.split("<form")) if "csrf_token" in part)
    found = re.search(r'action="([^"]*)"', form.split(">", 1)[0])
    return found.group(1) if found else None


def first_answers(page: str) -> dict[str, str]:
    """An answer to every question on the page: the first option, a small number, a short text."""
    answers: dict[str, str] = {}
    for tag in re.findall(r'<input[^>]*type="(?:radio|checkbox)"[^>]*>', page):
        pair = dict(ATTRIBUTE.findall(tag))
        if not pair["name"].startswith("none_"):  # "I would rather not say", beside an answer, is a contradiction
            answers.setdefault(pair["name"], pair["value"])
    for tag in re.findall(r'<input[^>]*(?:inputmode="numeric"|type="number")[^>]*>', page):
        answers[dict(ATTRIBUTE.findall(tag))["name"]] = "3"
    for tag in re.findall(r"<textarea[^>]*>", page):
        answers[dict(ATTRIBUTE.findall(tag))["name"]] = "De lift is weer kapot en niemand doet iets"
    return answers


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Start, drive, print, stop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    port = free_port()
    code = "WK999901"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "PORT": str(port),
            "DATA_DIR": folder,
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "RATE_LIMIT_WRITES": "1000000 per minute",
            "LOG_LEVEL": "WARNING",
        }
        server = subprocess.Popen([sys.executable, "-m", "app.cli.serve"], cwd=ROOT, env=environment)
        try:
            wait_until_ready(port)
            here = f"/nl/neighbourhoods/{code}"
            rows = [
                ("front page", reading("/nl/")),
                ("neighbourhood", reading(here)),
                ("ideas", reading(f"{here}/ideas")),
                ("concerns", reading(f"{here}/concerns")),
                ("ambitions", reading(f"{here}/ambitions")),
                ("survey step", survey_steps(f"{here}/surveys/liveability")),
                ("survey step, a second a page", survey_steps(f"{here}/surveys/liveability", pause=1)),
            ]
            cores = f"{os.cpu_count()} cores shared with the clients"
            time.sleep(10)  # the language model is read beside the first requests
            print(f"\n{options.clients} clients without pause, {options.seconds:g} s a row, {cores}\n")
            print(f"{'':36}{'requests/s':>12}{'p95 ms':>10}")
            for name, act in rows:
                rate, p95 = drive(port, options.clients, options.seconds, act)
                print(f"{name:36}{rate:12.0f}{p95:10.0f}", flush=True)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    return 0


def wait_until_ready(port: int) -> None:
    """Until the installation answers; at most five minutes."""
    for _ in range(600):
        try:
            if Client(port).send("GET", "/healthz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise TimeoutError("the installation did not start")


if __name__ == "__main__":
    sys.exit(main())

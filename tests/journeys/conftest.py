"""The real thing: `make run`'s own program with its demo neighbourhood, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.config import ROOT

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Installation:
    """A running installation with its demo."""

    address: str
    data_dir: Path

    def url(self, path: str) -> str:
        return self.address + path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Web and worker, with the demo neighbourhood, on a port of their own."""
    port, folder = _free_port(), tmp_path_factory.mktemp("installation")
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "PORT": str(port),
        "DATA_DIR": str(folder),
        "PUBLIC_URL": address,
        "RATE_LIMIT_WRITES": "10000 per minute",
        "RATE_LIMIT_CODES": "10000 per minute",
    }
    log = (folder / "log").open("w")
    command = [sys.executable, "-m", "app.cli.serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(process, f"{address}/readyz", folder / "log")
        yield Installation(address, folder)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Until web and worker say that they are ready."""
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"the installation did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`phone(width=360, javascript=True)`: a fresh browser, as somebody else's phone."""
    contexts: list[BrowserContext] = []

    def new(size: dict[str, int] | None = None, *, javascript: bool = True) -> Page:
        context = chromium.new_context(viewport=size or PHONE, java_script_enabled=javascript, locale="nl-NL")
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


_axe = Axe()


def check_page(page: Page) -> None:
    """This page has no accessibility violation, does not scroll sideways, and asks nothing of another site."""
    report = _axe.run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert report.violations_count == 0, f"{page.url}\n{report.generate_report()}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px too wide"

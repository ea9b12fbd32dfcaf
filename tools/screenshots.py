"""Make the pictures of the README from a running demo:

python tools/screenshots.py http://127.0.0.1:5000 RECEIPT-CODE
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
PHONE, DESK = {"width": 360, "height": 720}, {"width": 1100, "height": 700}
HERE = "neighbourhoods/WK999901"


def take(page: Page, name: str) -> None:
    """One picture of what is on the screen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"{name}.png {(FOLDER / f'{name}.png').stat().st_size // 1024} KB")


def main() -> None:
    """Walk through the pages that show what it is for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("receipt")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        phone, desk = browser.new_page(viewport=PHONE), browser.new_page(viewport=DESK)
        desk.goto(f"{options.address}/nl/{HERE}")
        take(desk, "neighbourhood")
        phone.goto(f"{options.address}/ar/{HERE}/surveys/liveability")
        phone.locator('form[action*="/begin"] button').click()
        phone.locator('input[name="q_years"]').fill("12")
        take(phone, "survey-arabic")
        phone.goto(f"{options.address}/nl/receipt")
        phone.locator('[name="code"]').fill(options.receipt)
        phone.locator('main form[action*="/receipt"] button').last.click()
        phone.mouse.wheel(0, 420)
        take(phone, "receipt")
        desk.goto(f"{options.address}/nl/{HERE}/concerns")
        desk.locator('main a[href*="/concerns/"]').first.click()
        take(desk, "concern")
        browser.close()


if __name__ == "__main__":
    main()

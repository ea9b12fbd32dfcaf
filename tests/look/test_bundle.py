"""The committed stylesheet: small, mirrored by itself, ours alone, and knows every class that a page uses."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUNDLE = (ROOT / "app/static/css/wijkstem.css").read_text(encoding="utf-8")
OURS = [
    ROOT / "tools/css/tokens.css",
    *(ROOT / "tools/css/parts").glob("*.css"),
    *(ROOT / "app/static/css").glob("*.css"),
]
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:left|right|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[a-z-]*|"
    r"border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|"
    r"\bto (?:left|right)\b"
)
FOUR_SIDES = re.compile(r"\b(?:margin|padding|inset|border-radius)\s*:\s*([^;{}]+)")


def _words(value: str) -> list[str]:
    """The values of a shorthand; a space inside brackets does not part them."""
    return re.findall(r"(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", value)


def test_it_stays_under_20_kilobytes_compressed() -> None:
    assert len(gzip.compress(BUNDLE.encode())) < 20_000


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_nothing_is_tied_to_left_or_right(path: Path) -> None:
    """A page from right to left is the mirror of one from left to right, without a second stylesheet."""
    css = path.read_text(encoding="utf-8")
    assert PHYSICAL.findall(css) == []
    uneven = [v for v in FOUR_SIDES.findall(css) if len(w := _words(v)) == 4 and w[1] != w[3]]
    assert uneven == []


@pytest.mark.parametrize(
    ("css", "is_physical"),
    [
        ("a{margin-left:1px}", True),
        ("a{text-align: right}", True),
        ("a{background:linear-gradient(to right,red,blue)}", True),
        ("a{margin-inline-start:1px;text-align:end}", False),
        ("a{border-end-end-radius:6px}", False),
    ],
)
def test_the_search_for_directions_finds_them(css: str, is_physical: bool) -> None:
    assert bool(PHYSICAL.search(css)) is is_physical


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_it_fetches_nothing(path: Path) -> None:
    css = path.read_text(encoding="utf-8")
    assert "@import" not in css
    assert "@font-face" not in css
    assert all(url.startswith("data:") for url in re.findall(r"url\(\s*[\"']?([^\"')]+)", css))


def test_every_class_that_a_page_uses_is_in_it() -> None:
    """Fails when a class is misspelt, or used for the first time: then build again (docs/look.md)."""
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "app/templates").rglob("*.html")]
    used = {
        name
        for page in pages
        for classes in re.findall(r'class="([^"]*)"', re.sub(r"{#.*?#}", "", page, flags=re.S))
        for name in re.findall(r"(?<![\w{-])((?:utrecht|wijk)-[a-z0-9_-]*[a-z0-9])(?![\w-]*{)", classes)
    }
    css = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app/static/css").glob("*.css"))
    known = set(re.findall(r"\.((?:utrecht|wijk)-[a-z0-9_-]+)", css))
    assert len(used) > 20
    assert used - known == set()


def test_no_page_carries_styles_or_scripts_that_the_policy_refuses() -> None:
    for path in (ROOT / "app/templates").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)\s*=", page), path
        assert not re.search(r"<style|<script(?![^>]*\ssrc=)", page), path

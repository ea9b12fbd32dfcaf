"""Every pair of colours that occurs on a page can be read, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "tools/css/tokens.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sand"),
    ("ink", "tint"),
    ("ink", "amber-tint"),
    ("ink", "brick-tint"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "sand"),
    ("muted", "tint"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "sand"),
    ("accent", "tint"),
    ("accent", "amber-tint"),
    ("accent", "brick-tint"),
    ("accent-strong", "paper"),
    ("accent-strong", "tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-brick", "brick"),
    ("brick", "paper"),
    ("brick", "surface"),
    ("brick", "brick-tint"),
    ("amber", "paper"),
    ("amber", "amber-tint"),
]
MARKS = [("edge", "paper"), ("edge", "surface"), ("accent", "sand"), ("brick", "paper"), ("amber", "paper")]


def _colours(part: str) -> dict[str, str]:
    return dict(re.findall(r"--wijk-([a-z-]+): #([0-9a-f]{6});", part))


LIGHT_PART, DARK_PART = TOKENS.split("@media screen and (prefers-color-scheme: dark)")[:2]
MODES = {"light": _colours(LIGHT_PART), "dark": _colours(DARK_PART.split("}", 1)[0])}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.005)


def test_dark_sets_every_colour_that_light_has() -> None:
    assert MODES["dark"].keys() == MODES["light"].keys()
    assert len(MODES["light"]) > 12


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(mode: str, front: str, back: str) -> None:
    assert contrast(MODES[mode][front], MODES[mode][back]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_edges_of_fields_and_marks_can_be_seen(mode: str, front: str, back: str) -> None:
    assert contrast(MODES[mode][front], MODES[mode][back]) >= 3

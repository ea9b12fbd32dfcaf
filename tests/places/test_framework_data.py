"""The framework's words: each theme whole, in the languages that its readers need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import app.places.framework as framework
from app.insight import THEMES

FILE = Path(framework.__file__).parent / "framework_data" / "framework-1.yaml"
DATA = YAML(typ="safe").load(FILE)


def test_the_themes_are_those_that_code_and_analysis_know_in_their_order() -> None:
    assert tuple(theme["id"] for theme in DATA["themes"]) == framework.THEME_IDS == THEMES
    assert DATA["version"] == 1


@pytest.mark.parametrize("theme", DATA["themes"], ids=lambda theme: theme["id"])
def test_each_theme_is_whole(theme: dict[str, Any]) -> None:
    for part in ("title", "description"):
        assert set(theme[part]) == {"nl", "en", "ar"}
    assert 3 <= len(theme["barriers"]) <= 5
    assert 3 <= len(theme["opportunities"]) <= 5
    assert 1 <= len(theme["indicators"]) <= 3
    for text in (*theme["barriers"], *theme["opportunities"]):
        assert set(text) == {"nl", "en"}
        assert all(text.values())
    for indicator in theme["indicators"]:
        assert indicator["direction"] in ("up", "down")
        for part in ("name", "unit", "source"):
            assert set(indicator[part]) == {"nl", "en"}
            assert all(indicator[part].values())

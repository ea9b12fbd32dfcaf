"""The framework: the set of themes that every local approach starts from.

The words are data (`framework_data/framework-1.yaml`); the ids are here because code and tables rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from app.common.localized import LocalizedText

THEME_IDS = (
    "housing", "care", "social", "safety", "work", "health",
    "money", "public_space", "youth", "living_together", "voice",
)  # fmt: skip
_FILE = Path(__file__).parent / "framework_data" / "framework-1.yaml"


@dataclass(frozen=True)
class Theme:
    """One domain of life in a neighbourhood, in the reader's words."""

    id: str
    title: LocalizedText
    description: LocalizedText


@lru_cache(maxsize=1)
def themes() -> dict[str, Theme]:
    """Every theme by its id, in the framework's order."""
    data = YAML(typ="safe").load(_FILE)
    found = {
        t["id"]: Theme(t["id"], LocalizedText(t["title"]), LocalizedText(t["description"])) for t in data["themes"]
    }
    return {theme_id: found[theme_id] for theme_id in THEME_IDS}

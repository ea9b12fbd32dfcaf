"""The demo's words, read from the YAML files of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from app.common.localized import LocalizedText

_FOLDER = Path(__file__).parent
OPEN_QUESTIONS = ("unsafe_where", "best", "change")
"""Open questions of the liveability survey that `survey_answers` has words for."""


@lru_cache
def read(name: str) -> Any:
    """The content of one file ("places", "survey_answers", "ideas", "notes", "story")."""
    return YAML(typ="safe").load(_FOLDER / f"{name}.yaml")


def localized(texts: dict[str, str]) -> LocalizedText:
    """A text in several languages, as the files write it."""
    return LocalizedText(texts)


@dataclass(frozen=True)
class Said:
    """One piece of text as the files have it. `about` names the recurring concerns it speaks of (none: a single
    voice); `ago` is in days, None where the loader spreads it."""

    key: str
    where: str
    language: str
    text: str
    about: tuple[str, ...]
    ago: int | None = None


def everything_said() -> list[Said]:
    """All texts that become contributions."""
    found = []
    for row in read("survey_answers"):
        for question in OPEN_QUESTIONS:
            if question in row:
                about = [] if question == "best" else row["about"]
                found.append(_said({**row, "about": about}, row[question], f"{row['id']}-{question}"))
    for idea in read("ideas"):
        found.append(_said(idea, f"{idea['title']}\n{idea['text']}", idea["key"]))
        found += [_said({**c, "where": idea["where"]}, c["text"], c["key"]) for c in idea["comments"]]
    found += [_said(note, note["text"], note["key"]) for note in read("notes")]
    return found


def _said(row: dict[str, Any], text: str, key: str) -> Said:
    return Said(key, row["where"], row["lang"], text, tuple(row["about"]), row.get("ago"))

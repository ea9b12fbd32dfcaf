"""Which languages there are, what they are called and how they are written."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel import Locale

from app.config import ROOT

_ORDER = ("nl", "en", "ar")


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue; Dutch first."""
    found = {path.parent.parent.name for path in Path(ROOT, "translations").glob("*/LC_MESSAGES/messages.po")}
    return tuple(sorted(found | {"nl"}, key=lambda code: (_ORDER.index(code) if code in _ORDER else 99, code)))


def own_name(code: str) -> str:
    """A language's name in that language: "Nederlands", "العربية"."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


def name_in(code: str, reader: str) -> str:
    """A language's name for a reader: "Turkish"."""
    try:
        return Locale.parse(code).get_display_name(reader) or code
    except (ValueError, LookupError):
        return code


def direction(code: str) -> str:
    """ "rtl" for a language that is written from right to left, else "ltr"."""
    try:
        return Locale.parse(code).text_direction
    except (ValueError, LookupError):
        return "ltr"

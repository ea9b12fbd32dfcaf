"""Text in several languages, with a fallback that is told to the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FALLBACK_ORDER = ("nl", "en")


@dataclass(frozen=True)
class Shown:
    """What a reader gets: the text, the language it is in, and whether that is another than they asked for."""

    text: str
    language: str
    is_fallback: bool


@dataclass(frozen=True, eq=False)
class LocalizedText:
    """One text in several languages. An empty translation is a missing one."""

    texts: Mapping[str, str]

    def __init__(self, texts: Mapping[str, str | None]) -> None:
        kept = {lang: text.strip() for lang, text in sorted(texts.items()) if text and text.strip()}
        object.__setattr__(self, "texts", MappingProxyType(kept))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LocalizedText) and dict(self.texts) == dict(other.texts)

    def __hash__(self) -> int:
        return hash(tuple(self.texts.items()))

    def __bool__(self) -> bool:
        return bool(self.texts)

    def __getstate__(self) -> dict[str, str]:
        return dict(self.texts)

    def __setstate__(self, texts: dict[str, str]) -> None:
        object.__setattr__(self, "texts", MappingProxyType(dict(texts)))

    def get(self, language: str) -> str:
        """The text in exactly this language, or ""."""
        return self.texts.get(language, "")

    def shown(self, language: str) -> Shown:
        """The text for a reader of this language: theirs, else Dutch, else English, else the first there is."""
        for candidate in (language, *FALLBACK_ORDER, *self.texts):
            if candidate in self.texts:
                return Shown(self.texts[candidate], candidate, candidate != language)
        return Shown("", language, False)

    def missing(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these languages have no text yet."""
        return tuple(lang for lang in languages if lang not in self.texts)

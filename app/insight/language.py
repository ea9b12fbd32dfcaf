"""Which language a text is in. Unknown (None) rather than wrong."""

import re
from functools import cache
from typing import Any

LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk", "fr", "de", "es")
"""The languages told apart, ISO 639-1."""

_SURE = 0.6
"""Share of the model's belief from which a language counts, also against a hint (docs/decisions/insight.md)."""
_POSSIBLE = 0.2
"""In doubt a hint counts from this belief: of 1,778 texts cut to four words it loses 8, and it no longer takes Arabic
in Latin letters for the language of the form."""
_SHORT = 12
"""With fewer letters than this nothing can outweigh a hint."""
_READ_AT_MOST = 1000
_HINT = re.compile(r"[a-z]{2,3}\b")
_FOREIGN = {
    "ar": re.compile("[کیۀےٹڈڑھ]"),
    "uk": re.compile("[ыэёъѝў]", re.IGNORECASE),
}
"""Letters that a language doesn't have: Persian and Urdu against Arabic, Russian and Bulgarian against Ukrainian."""
_FOREIGN_LATIN = re.compile("[ýěřůďťňčžšőűățţãõđ]", re.IGNORECASE)
"""Letters that none of our languages in Latin script have: Czech, Hungarian, Romanian, Portuguese."""


@cache
def _detector() -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()


def find_language(text: str, hint: str | None = None) -> str | None:
    """The language code of a text, or None when there are no letters or it is not clear.

    `hint` is a code such as "nl" or "nl-NL" (the language of the form, say). It decides for short texts and wins in
    doubt; a clear text in another language wins from it. Placeholders in square brackets are not read.
    """
    readable = text[:_READ_AT_MOST].encode("utf-8", "ignore").decode()  # without halves of characters
    words = re.sub(r"\[[^\]\n]{0,30}\]", " ", readable)
    letters = sum(c.isalpha() for c in words)
    if not letters:
        return None
    match = _HINT.match(hint.strip().lower()) if hint else None
    hinted = match.group() if match else None
    if hinted and letters < _SHORT:
        return hinted
    beliefs = {
        str(one.language.iso_code_639_1.name.lower()): one.value
        for one in _detector().compute_language_confidence_values(words)
    }
    found = max(beliefs, key=lambda code: beliefs[code])
    if _is_foreign(words, found):
        return None
    if found == hinted or beliefs[found] >= _SURE:
        return found
    return hinted if hinted and beliefs.get(hinted, 1.0) >= _POSSIBLE else None


def _is_foreign(text: str, language: str) -> bool:
    """Whether two words or more have a letter that this language doesn't have; one may be a name."""
    foreign = _FOREIGN.get(language, _FOREIGN_LATIN)
    return sum(foreign.search(word) is not None for word in text.split()) > 1

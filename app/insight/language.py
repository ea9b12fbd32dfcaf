"""Which language a text is in. Unknown (None) rather than wrong."""

import re
from functools import cache
from typing import Any

LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk", "fr", "de", "es")
"""The languages told apart, ISO 639-1."""

_SURE = 0.6
"""Share of the model's belief from which a language counts, also against a hint (docs/decisions/insight.md)."""
_SHORT = 12
"""With fewer letters than this nothing can outweigh a hint."""
_READ_AT_MOST = 1000
_HINT = re.compile(r"[a-z]{2,3}\b")


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
    best = _detector().compute_language_confidence_values(words)[0]
    found = str(best.language.iso_code_639_1.name.lower())
    if found == hinted or best.value >= _SURE:
        return found
    return hinted

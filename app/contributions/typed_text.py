"""What people type or paste, made fit to keep: the same rule for every form and for every file."""

from __future__ import annotations

import re
import unicodedata

# Windows-1252 read as Latin-1 leaves quotes and dashes in this range, where Unicode has only unused controls.
_MISREAD = {place: bytes([place]).decode("cp1252", "ignore") for place in range(0x80, 0xA0)}
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
# Other control characters are no text (PostgreSQL refuses NUL), nor is half a surrogate pair.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_AROUND = "\u200b\u2060\ufeff"
# Letters by their category, but drawn as nothing.
_UNSEEN_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def cleaned(text: str) -> str:
    """The text without control characters, with one kind of line break, and nothing unseen around it.

    Zero-width characters inside stay: they join emoji and shape Arabic and Persian words.
    """
    kept = _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text.translate(_MISREAD)))
    before = None
    while kept != before:
        before, kept = kept, kept.strip().strip(_AROUND)
    return kept


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing: empty, or only spaces, zero-width characters and loose accents."""
    return not any(unicodedata.category(c)[0] in "LNPS" and c not in _UNSEEN_LETTERS for c in text)


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit in it, in any script; emoji and punctuation alone are no words."""
    return any(unicodedata.category(c)[0] in "LN" and c not in _UNSEEN_LETTERS for c in text)

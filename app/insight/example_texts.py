"""The example sentences of a concern, as staff types them: one on each line, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.contributions.typed_text import cleaned, has_word
from app.insight.language import find_language
from app.insight.redaction import redact

FEWEST = 3
MOST = 10
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Sentence:
    """One example, without personal data. `language` is None when it is not clear."""

    text: str
    language: str | None


class Fault(StrEnum):
    """Why sentences cannot be used."""

    FEW = "few"
    MANY = "many"
    LONG = "long"
    NO_WORDS = "no_words"
    TWICE = "twice"


def sentences(typed: str, page_language: str) -> list[Sentence]:
    """The sentences in the order of their lines; empty lines are none. A sentence that may be in any of several
    languages is taken to be in that of the page."""
    lines = (" ".join(line.split()) for line in cleaned(typed).split("\n"))
    return [_read(line, page_language) for line in lines if line]


def _read(line: str, page_language: str) -> Sentence:
    if len(line) > LONGEST:  # it is refused: no need to read it
        return Sentence(line, None)
    language = find_language(line, page_language)
    return Sentence(redact(line, language).text, language)


def fault(written: Sequence[Sentence], most: int = MOST) -> tuple[Fault, int] | None:
    """What is wrong first, and with which sentence (1 is the first; 0: with how many there are); None if nothing."""
    seen: set[str] = set()
    for number, sentence in enumerate(written, start=1):
        plain = sentence.text.casefold()
        if len(sentence.text) > LONGEST:
            return Fault.LONG, number
        if not has_word(plain):
            return Fault.NO_WORDS, number
        if plain in seen:
            return Fault.TWICE, number
        seen.add(plain)
    if len(written) < FEWEST:
        return Fault.FEW, 0
    return (Fault.MANY, 0) if len(written) > most else None

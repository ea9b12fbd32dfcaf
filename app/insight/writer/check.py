"""Checks a writer's text sentence by sentence against the facts that it was given.

A sentence stands when it names one fact, "[3]"; tells that fact's numbers and no others, in the fact's order; quotes
only that fact's words, and all of them; uses no words but the fact's own and words that say nothing; and of a count
leaves none of its words out (a "not" may not go missing). So a writer can choose, order and connect, but it cannot
add. Someone's words are only ever told inside quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.insight.writer.facts import Fact
from app.insight.writer.linking_words import linking_words

LONGEST = 4000
_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"|„([^„“”]*)[“”]|«\s?([^«»]*?)\s?»")
_REFERENCE = re.compile(r"\[(\d{1,4})\]")
_QUOTE, _STOP = "\ue000", "\ue001"
"""Stand for a quotation, and for a stop right after one. In a text itself they mean nothing."""
_AFTER_STOP = re.compile(rf"([.!?؟{_STOP}]+)((?:\s*\[\d{{1,4}}\])+)")
_STOP_WITHIN = re.compile(rf"(?<!\]){_STOP}")
_SENTENCES = re.compile(rf"(?<=[.!?؟{_STOP}])\s+|\n+")
_NUMBER = re.compile(r"\d+(?:[.,٫٬\u00a0\u202f]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_STEM = 4


class Why(StrEnum):
    """Why a text is not used."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_REFERENCE = "no_reference"
    NUMBER = "number"
    QUOTE = "quote"
    WORDS = "words"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that stands, without its reference; `fact` counts from 1."""

    text: str
    fact: int


@dataclass(frozen=True, slots=True)
class Refused:
    """`sentence`: the first that is not backed; empty when it is about the whole."""

    why: Why
    sentence: str = ""


def check(prose: str, facts: Sequence[Fact], language: str) -> tuple[Sentence, ...] | Refused:
    """The sentences of a text that is backed by the facts from beginning to end, else why it is not."""
    text = unicodedata.normalize("NFC", prose).strip()
    if not text:
        return Refused(Why.EMPTY)
    if len(text) > LONGEST:
        return Refused(Why.TOO_LONG)
    stated: list[Sentence] = []
    for masked, quotes in _sentences(text):
        whole = _unmasked(masked, quotes)
        names = {int(number) for number in _REFERENCE.findall(masked)}
        if len(names) != 1 or not 1 <= min(names) <= len(facts):
            return Refused(Why.NO_REFERENCE, whole)
        fact = facts[min(names) - 1]
        outside = _REFERENCE.sub(" ", masked)
        why = _fault(outside, quotes, fact, language)
        if why is not None:
            return Refused(why, whole)
        plain = re.sub(r"\s+([.!?؟,،])", r"\1", " ".join(_REFERENCE.sub(" ", whole).split()))
        stated.append(Sentence(plain, min(names)))
    told = {sentence.fact for sentence in stated}
    if any(fact.must and number not in told for number, fact in enumerate(facts, start=1)):
        return Refused(Why.LEFT_OUT)
    return tuple(stated)


def _sentences(text: str) -> list[tuple[str, list[str]]]:
    """Each sentence with _QUOTE for each quotation in it, and those.

    A full stop within a quotation ends nothing; a reference right after a quotation does: so writers end a sentence.
    """
    quotes: list[str] = []

    def take(match: re.Match[str]) -> str:
        quotes.append(next(group for group in match.groups() if group is not None))
        return _QUOTE + _STOP

    bare = text.replace(_QUOTE, " ").replace(_STOP, " ")
    masked = _STOP_WITHIN.sub("", _AFTER_STOP.sub(r"\2\1", _QUOTED.sub(take, bare)))
    left = iter(quotes)
    parts = [part.replace(_STOP, "").strip() for part in _SENTENCES.split(masked)]
    return [(part, [next(left) for _ in range(part.count(_QUOTE))]) for part in parts if part]


def _unmasked(masked: str, quotes: Sequence[str]) -> str:
    left = iter(quotes)
    return re.sub(_QUOTE, lambda _match: f"“{next(left)}”", masked)


def _fault(outside: str, quotes: Sequence[str], fact: Fact, language: str) -> Why | None:
    if fact.quote is not None:
        if [_bare(quote) for quote in quotes] != [_bare(fact.quote)]:
            return Why.QUOTE
        told = outside
    else:
        # a count may hold a phrase in quotation marks: then these are words like its others
        if any(f"“{quote}”" not in fact.text for quote in quotes):
            return Why.QUOTE
        told = f"{outside} {' '.join(quotes)}"
    if _numbers(told) != _numbers(fact.text):
        return Why.NUMBER
    linking = linking_words(language)
    own, words = _words(fact.text), _words(told)
    is_added = any(not _is_covered(word, own) for word in words - linking)
    is_missing = fact.quote is None and any(not _is_covered(word, words) for word in own - linking)
    has_signs = any(unicodedata.category(letter)[0] in "SC" for letter in outside if letter not in f"{_QUOTE}\n\t")
    return Why.WORDS if is_added or is_missing or has_signs else None


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _bare(quote: str) -> str:
    """A quotation without white space around it: all else is as it was said."""
    return unicodedata.normalize("NFC", quote).strip()


def _numbers(text: str) -> list[str]:
    """The numbers in a text, in its order, in plain digits; whatever script they are in."""
    digits = "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in text)
    return _NUMBER.findall(digits)


def _is_covered(word: str, own: set[str]) -> bool:
    """Whether it is one of these words, but for its ending ("sounds", "sounded")."""
    if word in own:
        return True
    for other in own:
        shorter = min(len(word), len(other))
        same = max(_STEM, shorter - 1)
        if shorter >= _STEM and abs(len(word) - len(other)) <= 2 and word[:same] == other[:same]:
            return True
    return False

"""What the computer reads less well, so that a person looks at it: no words, one word, another language, too long."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from enum import StrEnum

_TAKEN_OUT = re.compile(r"\[[^\[\]\n]{1,20}\]")
_WORDS = re.compile(r"[^\W\d_]+")

_LONG_WORD = 8
_A_PART = 0.1
"""More than this share of the words: in a long text there is always a piece of which the language is not clear."""


class Why(StrEnum):
    """Why a contribution is read less well than others."""

    NO_WORDS = "no_words"
    ONE_WORD = "one_word"
    LANGUAGE = "language"
    CUT = "cut"


def notes(passages: Iterable[tuple[str, str | None]], languages: Collection[str], *, is_cut: bool) -> set[Why]:
    """The reasons that hold for a contribution with these passages, each a redacted text and its language.

    `languages`: those that the model learnt. `is_cut`: its end was not read.
    """
    read = [(_WORDS.findall(_TAKEN_OUT.sub(" ", text)), language) for text, language in passages]
    words = [word for found, _ in read for word in found]
    reasons = {Why.CUT} if is_cut else set()
    if not words:
        return reasons | {Why.NO_WORDS}
    unknown = sum(len(found) for found, language in read if language not in languages)
    is_unknown = unknown > _A_PART * len(words)
    if len(words) == 1 and not (is_unknown and _may_be_a_sentence(words[0])):
        return reasons | {Why.ONE_WORD}
    return reasons | {Why.LANGUAGE} if is_unknown else reasons


def _may_be_a_sentence(word: str) -> bool:
    """Some scripts have no spaces between words."""
    return len(word) >= _LONG_WORD and not word.isascii()

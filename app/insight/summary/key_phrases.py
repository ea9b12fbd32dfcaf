"""The phrases that many people in a concern use, and that are less usual elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from app.insight.campaigns import same_words
from app.insight.summary.members import Member
from app.insight.summary.phrase import is_used

MOST = 5
_IN_ONE_LANGUAGE = 3
_FEWEST = 3
_SHARED_BY = 0.1
_TIMES_ELSEWHERE = 3
_LONGEST = 3
_WORTH = (1.0, 1.6, 2.0)
"""A longer phrase says more, and may then be shared by fewer."""
_SAMPLE = 2000
_LETTERS = 2000
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_BREAK = re.compile(r"\[[^\[\]\n]{1,20}\]|[.,;:!?()\[\]\"“”/\n\d،؛؟]")
Text = tuple[str, str | None]
"""A text and its language."""


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    import stopwordsiso

    if language is None or not stopwordsiso.has_lang(language):
        return frozenset()
    return frozenset(stopwordsiso.stopwords(language))


def _phrases(text: str, language: str | None) -> Iterator[str]:
    """Up to three words in a row, in small letters; the first and the last say something by themselves."""
    stop = _stop_words(language)
    for part in _BREAK.split(text[:_LETTERS].casefold()):
        words = _WORD.findall(part)
        tells = [len(word) >= 3 and word not in stop for word in words]
        for first in range(len(words)):
            for last in range(first, min(first + _LONGEST, len(words))):
                if tells[first] and tells[last]:
                    yield " ".join(words[first : last + 1])


def _uses(texts: Sequence[Text]) -> Counter[str]:
    return Counter(phrase for text, language in texts for phrase in set(_phrases(text, language)))


def _sample(texts: Sequence[Text]) -> list[Text]:
    ordered = sorted(texts, key=lambda pair: (pair[0], pair[1] or ""))
    return ordered[:: -(-len(ordered) // _SAMPLE) or 1]


def key_phrases(members: Sequence[Member], language: str, elsewhere: Sequence[Text]) -> list[tuple[str, str | None]]:
    """(phrase, language) of at most MOST, those in the reader's language first. Of each language the most used ones.

    Texts in another language than `language` count too. `elsewhere` are texts outside the concern. The same text
    counts once.
    """
    once: dict[str, Text] = {}
    for member in members:
        once.setdefault(same_words(member.text), (member.text, member.language))
    there = _sample(elsewhere)
    outside = _uses(there)
    found: list[tuple[bool, float, str, str | None]] = []
    for spoken in {spoken for _, spoken in once.values()}:
        texts = _sample([text for text in once.values() if text[1] == spoken])
        uses = _uses(texts)
        good = [
            (n * _WORTH[phrase.count(" ")] / len(once), phrase)
            for phrase, n in uses.items()
            if n >= max(_FEWEST, _SHARED_BY * len(texts))
            and n / len(texts) >= _TIMES_ELSEWHERE * outside[phrase] / max(1, len(there))
        ]
        for worth, phrase in _different(sorted(good, key=lambda pair: (-pair[0], pair[1]))):
            found.append((spoken != language, -worth, phrase, spoken))
    found.sort(key=lambda row: (row[0], row[1], row[2], row[3] or ""))
    chosen: list[tuple[str, str | None]] = []
    for _, _, phrase, spoken in found:
        if all(phrase != other for other, _ in chosen):
            chosen.append((phrase, spoken))
    return chosen[:MOST]


def _different(ranked: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The first few, of which none is part of another."""
    chosen: list[tuple[float, str]] = []
    for worth, phrase in ranked:
        if len(chosen) == _IN_ONE_LANGUAGE:
            break
        if not any(is_used(phrase, other) or is_used(other, phrase) for _, other in chosen):
            chosen.append((worth, phrase))
    return chosen

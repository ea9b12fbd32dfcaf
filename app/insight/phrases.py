"""The words that the passages of a concern share and others do not use: what a title can be made of."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from app.insight.records import Passage

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
# a phrase does not run over a comma or a full stop, nor over what was taken out
_BREAK = re.compile(r"\[[^\[\]\n]{1,20}\]|[.,;:!?()\[\]\"“”/\n،؛؟]")
_LONGEST = 4
_SHARED_BY = 0.3
_ALONE_SHARED_BY = 0.6
"""So many of the passages share a phrase; a single word says less, so more of them must."""
_FEWEST = 3
_TIMES_ELSEWHERE = 4
"""A phrase is so many times more usual in the concern than outside it: else it tells nothing ("Bowling Green")."""
_USUAL = 0.05
"""A phrase that so many of the others use is only the name of the place, or the way one speaks there."""
_SAMPLE = 5000
Phrase = tuple[str, ...]


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    import stopwordsiso

    if language is None or not stopwordsiso.has_lang(language):
        return frozenset()
    return frozenset(stopwordsiso.stopwords(language))


def _said(text: str, language: str | None) -> Iterator[tuple[Phrase, str]]:
    """The phrases in a text, in small letters and as written; they start and end with a word that says something."""
    stop = _stop_words(language)
    for part in _BREAK.split(text):
        words = _WORD.findall(part)
        for start, first in enumerate(words):
            if len(first) < 3 or first.casefold() in stop:
                continue
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                last = words[end - 1]
                if len(last) >= 3 and last.casefold() not in stop:
                    yield tuple(word.casefold() for word in words[start:end]), " ".join(words[start:end])


def _once(passages: Sequence[Passage]) -> list[tuple[str, str | None]]:
    """The different texts, in an order of their own."""
    return sorted(
        {(" ".join(p.text.split()), p.language) for p in passages}, key=lambda pair: (pair[0], pair[1] or "")
    )


class Phrases:
    """How many of all passages use which phrase. Of very many passages a sample is counted, always the same."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        texts = _once(passages)
        texts = texts[:: -(-len(texts) // _SAMPLE) or 1]
        self._total = len(texts)
        self._uses: Counter[Phrase] = Counter()
        for text, language in texts:
            self._uses.update({phrase for phrase, _ in _said(text, language)})

    def shared(self, passages: Sequence[Passage]) -> str | None:
        """The phrase that most of these passages share and few others use, as most often written; None when none."""
        texts = _once(passages)
        uses: Counter[Phrase] = Counter()
        written: dict[Phrase, Counter[str]] = {}
        for text, language in texts:
            found = dict(_said(text, language))
            uses.update(found.keys())
            for phrase, form in found.items():
                written.setdefault(phrase, Counter())[form] += 1
        good = [phrase for phrase in uses if self._tells(phrase, uses[phrase], len(texts))]
        if not good:
            return None
        # a longer phrase says more, and may then be shared by fewer
        best = min(good, key=lambda phrase: (-uses[phrase] * (1, 2, 2.4, 2.6)[len(phrase) - 1], phrase))
        text = min(written[best], key=lambda form: (-written[best][form], form))
        text = _with_word_before(text, [said for said, _ in texts])
        return text[0].upper() + text[1:]

    def _tells(self, phrase: Phrase, uses: int, texts: int) -> bool:
        share = uses / texts
        if uses < _FEWEST or share < (_ALONE_SHARED_BY if len(phrase) == 1 else _SHARED_BY):
            return False
        elsewhere = max(0, self._uses[phrase] - uses) / max(1, self._total - texts)
        return elsewhere <= min(_USUAL, share / _TIMES_ELSEWHERE)


def _with_word_before(phrase: str, texts: Sequence[str]) -> str:
    """The phrase with the word that stands before it most of the time, when there is one ("high speed internet")."""
    found: Counter[str] = Counter()
    pattern = re.compile(r"([^\W\d_]{4,}) " + re.escape(phrase) + r"\b", re.IGNORECASE)
    for text in texts:
        found.update({match.group(1).casefold() for match in pattern.finditer(text)})
    uses = sum(phrase.casefold() in text.casefold() for text in texts)
    best = min(found, key=lambda word: (-found[word], word), default=None)
    return f"{best} {phrase}" if best is not None and found[best] >= max(2, 0.6 * uses) else phrase

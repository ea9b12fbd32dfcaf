"""A text as words, read for names: what each word can be, what stands beside it, and how far a name reaches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.insight import name_words as near
from app.insight.name_lists import ALSO_WORDS, COMMON, dutch, plain

_WORD = re.compile(r"[^\W\d_]+(?:(?:-|['’](?=[A-ZÀ-Þа-яїієґА-ЯЇІЄҐ]))[^\W\d_]+)*")
BLANK = re.compile(r"[ \t\u00a0]{1,3}\Z")
DOT = re.compile(r"\.[ \t]{0,2}\Z")
_OPENS = re.compile(r"(?:\A|[.!?…:;\n])[\s\"'“”‘’«»()\-–*•]*\Z")
_QUOTE = re.compile(r"[.]?[ \t]{1,2}[\"“'‘]?")
_ENOUGH_TO_SHOUT = 12
_MORE = 3
"""How many more parts a name can have after its first."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `text[start:end]`, as `plain` writes it. `has_capital`: in a way that may mean a name."""

    start: int
    end: int
    plain: str
    has_capital: bool


def _has_capital(word: str) -> bool:
    """Starts with a capital, and is not an abbreviation or a cry."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    """Words that are nobody's name in a text of this language."""
    from stopwordsiso import has_lang, stopwords

    if language in ("nl", "en", None) or not has_lang(language):
        return near.STOPS | near.ORGANISATIONS
    return frozenset(plain(word) for word in stopwords(language)) - COMMON.get(language, frozenset())


@cache
def _common(language: str | None) -> frozenset[str]:
    empty: frozenset[str] = frozenset()
    if language is None:
        return empty.union(*COMMON.values())
    return COMMON.get(language, empty) | (COMMON["en"] if language in ("nl", "en") else empty)


@cache
def _never(language: str | None) -> frozenset[str]:
    if language in ("nl", "en", None):
        return near.NEVER["nl"] | near.NEVER["en"]
    return near.NEVER.get(language, frozenset())


class Reading:
    """One text, cut into words. Words are told by their number, names by (first word, last word)."""

    def __init__(self, text: str, language: str | None) -> None:
        self.text, self.language = text, language
        letters = [c for c in text[:2000] if c.isalpha()]
        # who writes all in capitals says nothing with a capital
        shouts = len(letters) >= _ENOUGH_TO_SHOUT and sum(c.isupper() for c in letters) * 10 > len(letters) * 7
        self.words = [
            Word(m.start(), m.end(), plain(m.group()), _has_capital(m.group()) and not shouts)
            for m in _WORD.finditer(text)
        ]
        self.at = {word.start: i for i, word in enumerate(self.words)}
        self.stops = _stop_words(language)
        self.is_dutch_or_english = language in ("nl", "en", None)
        self.common = _common(language)
        self.never = _never(language)

    # What a word can be

    def is_given(self, i: int) -> bool:
        """A given name that is hardly ever anything else."""
        word = self.words[i].plain
        is_other = word in self.stops or word in near.SOMETIMES or word.split("-")[0] in self.never
        return not is_other and self.in_list(i)

    def in_list(self, i: int) -> bool:
        """A given name of the lists. In other languages than Dutch and English the Dutch list counts only as typed:
        without its accents a word may be another word."""
        word = self.words[i]
        if word.plain in self.common:
            return True
        if not self.is_dutch_or_english and not (self._typed(i).isascii() and word.has_capital):
            return False
        first, part = dutch().first, word.plain.split("-")[0]
        return word.plain in first or (len(part) > 2 and part != word.plain and part in first)

    def _typed(self, i: int) -> str:
        return self.text[self.words[i].start : self.words[i].end]

    def may_be_given(self, i: int) -> bool:
        """A given name, also one that is often another word."""
        word = self.words[i].plain
        return self.is_given(i) or word in near.SOMETIMES or word in ALSO_WORDS

    def is_arabic(self, i: int) -> bool:
        """In a script without capitals."""
        return "\u0600" <= self.words[i].plain[0] <= "\u06ff"

    def opens(self, i: int) -> bool:
        """At the start of a sentence, where a capital says nothing."""
        start = self.words[i].start
        return _OPENS.search(self.text, max(0, start - 12), start) is not None or start == 0

    # What stands next to it

    def gap(self, i: int, j: int) -> str:
        return self.text[self.words[i].end : self.words[j].start]

    def follows(self, i: int, j: int) -> bool:
        """Whether word j stands in one breath with word i: a blank between, or a dot after an initial."""
        gap = self.gap(i, j)
        short = self.words[i].end - self.words[i].start <= 3
        return bool(BLANK.match(gap)) or gap in (" '", " ’") or (short and bool(DOT.match(gap)))

    def past_interfixes(self, i: int) -> int:
        """The first word from i on that is no interfix; i itself when it is none."""
        j = i
        while (
            j - i < 3
            and j + 1 < len(self.words)
            and self.words[j].plain in near.INTERFIXES
            and self.follows(j, j + 1)
        ):
            j += 1
        return j

    def stands_in_place(self, first: int, last: int) -> bool:
        """Whether words first to last name a street, school or the like."""
        word = self.words[last]
        is_end = word.plain.endswith(near.ENDS_OF_PLACES) and word.plain not in dutch().last
        if is_end and word.plain not in near.ENDS_OF_PLACES:
            return True
        if last > first and word.plain in near.PLACES_AFTER and word.plain not in dutch().last:
            return True
        if last + 1 == len(self.words) or not BLANK.match(self.gap(last, last + 1)):
            return False
        after = self.words[last + 1]
        return after.plain in near.PLACES_AFTER or (after.has_capital and after.plain in near.CAPITAL_PLACES_AFTER)

    def stands_after_place(self, i: int) -> bool:
        """After "halte", "St." or an article: then it is a thing, not a person."""
        if not i:
            return False
        before = self.words[i - 1]
        gap = self.text[before.end : self.words[i].start]
        if before.plain in near.PLACES_BEFORE:
            return _QUOTE.fullmatch(gap) is not None
        return before.plain in near.ARTICLES and self.is_dutch_or_english and gap == " "

    def is_famous(self, first: int, last: int) -> bool:
        said = " ".join(word.plain for word in self.words[first : last + 4])
        return said.startswith(near.FAMOUS)

    # How far a name goes

    def name(self, i: int, is_addressed: bool, any_case: bool = False) -> tuple[int, int] | None:
        """The name that starts with word i, or None when it is the name of a place.

        `is_addressed`: a title or the like stands before it, so only its end can be a street. `any_case`: a surname
        without a capital belongs to it as well.
        """
        last, before, joint = self.reach(i, any_case)
        if self.is_famous(i, last) and not is_addressed:
            return None
        if not self.stands_in_place(i, last):
            return i, last
        # "Fatima van de Spoorstraat" lives there, "Jan van Galenstraat" is one
        lives_there = joint in ("van de", "van het", "van t", "van der")
        if before < last and (is_addressed or (lives_there and not self.stands_after_place(i))):
            return i, before
        return None

    def names(self, i: int, is_addressed: bool, any_case: bool = False) -> Iterator[tuple[int, int]]:
        """`name`, as none or one."""
        name = self.name(i, is_addressed, any_case)
        if name is not None:
            yield name

    def reach(self, i: int, any_case: bool) -> tuple[int, int, str]:
        """The last word of what may be a name from word i on, the last but one part, and what joins those two."""
        last = self.past_interfixes(i)
        before, joint = last, ""
        for _ in range(_MORE):
            if last + 1 >= len(self.words) or not self.follows(last, last + 1):
                break
            next_ = self.past_interfixes(last + 1)
            if not self._continues(last, next_, any_case):
                break
            joint = " ".join(word.plain for word in self.words[last + 1 : next_])
            before, last = last, next_
        return last, before, joint

    def _continues(self, last: int, next_: int, any_case: bool) -> bool:
        word = self.words[next_]
        if word.plain in self.stops or word.plain in near.AFTER or word.plain in near.INTERFIXES:
            return False
        if self.is_arabic(next_):
            return self.is_arabic(last) and (word.plain.startswith("ال") or self.may_be_given(next_))
        if word.has_capital:
            return self.language != "de" or word.plain in dutch().last or last == next_ - 1
        if not any_case or self.words[last].has_capital:
            return False
        lists = dutch()
        other = lists.with_interfix if next_ > last + 1 else lists.first
        return (word.plain in lists.last or word.plain in other) and word.plain not in near.SOMETIMES

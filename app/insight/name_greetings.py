"""Finds names of those who introduce themselves or sign: "my name is", "I am", a greeting or thanks at the end."""

import re
from collections.abc import Iterable, Iterator

from app.insight import name_words as near
from app.insight.name_lists import dutch, plain
from app.insight.name_reading import Reading

_LINE_ENDS = re.compile(r"[ \t]*[.!?)]{0,3}[ \t]*(?:\n|\Z|[☺-➿😀-🙏])")
_APART = re.compile(r"[ \t]*[,!\n][\s]*\Z")
_NEAR = 80
"""How far before the end of a text a greeting or thanks may stand (characters)."""


def _phrases(phrases: Iterable[str], between: str) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first}){between}(?=\w)", re.IGNORECASE)


_MY_NAME_IS = _phrases(near.MY_NAME_IS, r"[ \t]*:?[ \t]{0,3}(?<!\w)")
_I_AM = _phrases(near.I_AM, r"[ \t]{1,3}")
_THEN = r"[ \t]{0,3}[,.!:]{0,3}[ \t]{0,3}\n{0,3}[ \t]{0,3}(?<!\w)"
_CLOSING = _phrases(near.CLOSINGS, _THEN)
_THANKS = _phrases(near.THANKS, _THEN)
_POLITE = _phrases((*near.CLOSINGS, *near.THANKS), r"[\s,.!:]{1,4}")
_POLITE_WORDS = frozenset(plain(phrase) for phrase in (*near.CLOSINGS, *near.THANKS))


def introduced(reading: Reading) -> Iterator[tuple[int, int]]:
    """Names after "my name is", and known ones after "I am", as (first word, last word)."""
    for pattern, is_name in ((_MY_NAME_IS, _may_be_called), (_I_AM, _is_introduced)):
        for match in pattern.finditer(reading.text):
            i = reading.at.get(match.end())
            if i is not None and is_name(reading, i):
                yield from reading.names(i, is_addressed=True, any_case=True)


def _may_be_called(reading: Reading, i: int) -> bool:
    word = reading.words[reading.past_interfixes(i)]
    if reading.is_arabic(i) and word.plain.startswith(("و", "ال")):  # "and", "the"
        return reading.may_be_given(i)
    return word.plain not in reading.stops


def _is_introduced(reading: Reading, i: int) -> bool:
    word = reading.words[i]
    if reading.is_arabic(i):
        return reading.is_given(i)
    if not word.has_capital:
        return reading.is_given(i) and len(word.plain) > 3
    if reading.may_be_given(i):
        return True
    if word.plain in reading.stops or i + 1 == len(reading.words) or not reading.follows(i, i + 1):
        return False
    return reading.words[i + 1].has_capital and reading.words[i + 1].plain in dutch().last


def signed(reading: Reading) -> Iterator[tuple[int, int]]:
    """Names under a greeting or thanks, as (first word, last word)."""
    for pattern, is_greeting in ((_CLOSING, True), (_THANKS, False)):
        for match in pattern.finditer(reading.text):
            i = reading.at.get(match.end())
            if i is not None:
                yield from _signature(reading, i, is_greeting, any(mark in match.group() for mark in "\n,.!:"))
    yield from _last_words(reading)


def _signature(reading: Reading, i: int, is_greeting: bool, is_apart: bool) -> Iterator[tuple[int, int]]:
    """The name after a greeting; after thanks only when the line ends with it."""
    if reading.words[i].plain in ("van", "from") and i + 1 < len(reading.words) and reading.may_be_given(i + 1):
        i += 1
    word, surname = reading.words[i], reading.words[reading.past_interfixes(i)]
    if surname.plain in reading.stops or surname.plain in near.ORGANISATIONS or _is_kin(word.plain):
        return
    name = reading.name(i, is_addressed=True, any_case=True)
    if name is None:
        return
    line_ends = _LINE_ENDS.match(reading.text, reading.words[name[1]].end) is not None
    is_listed = reading.may_be_given(i) or surname.plain in dutch().last
    has_capital = word.has_capital or reading.is_arabic(i)
    if is_greeting:
        is_name = surname.has_capital or is_listed or (has_capital and line_ends)
    else:
        is_name = line_ends and (is_listed or (is_apart and has_capital))
    if is_name:
        yield name


def _is_kin(word: str) -> bool:
    """ "Love, grandma": what follows is found after "grandma"."""
    return any(word in words for words in near.KIN.values())


def _last_words(reading: Reading) -> Iterator[tuple[int, int]]:
    """One to three words with a capital, set apart at the very end of a text that just before greets or thanks."""
    first = last = len(reading.words) - 1
    if last < 1 or not _LINE_ENDS.fullmatch(reading.text, reading.words[last].end):
        return
    other = reading.stops | reading.never | near.ORGANISATIONS | _POLITE_WORDS
    while first and last - first < 3 and reading.words[first].has_capital and reading.words[first].plain not in other:
        first -= 1
        if not reading.follows(first, first + 1):
            break
    first += 1
    if first > last or reading.stands_in_place(first, last) or _is_kin(reading.words[first].plain):
        return
    start = reading.words[first].start
    is_apart = _APART.search(reading.text, reading.words[first - 1].end, start)
    if is_apart and _POLITE.search(reading.text, max(0, start - _NEAR), start + 1):
        yield first, last

"""Finds names of people in a text: by lists of names, and by what stands around a name.

What stands around it: a form of address, a role, "my name is", a greeting at the end. In Dutch and English also every
given name of the lists; in other languages those that are common there. Streets, schools and shops that are called
after someone are left alone. One pass over the words for every kind of sign, each looking a few words ahead.
"""

import re
from collections.abc import Iterator
from functools import cache

from app.insight import name_words as near
from app.insight.name_greetings import introduced, signed
from app.insight.name_lists import ALSO_WORDS, dutch
from app.insight.name_reading import BLANK, DOT, Reading

_ASIDE = re.compile(r"[ \t]?[,:(][ \t]{0,2}\Z")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-ZÀ-Þ]\.[ ]?){1,4}(?=[\w'’])")


def find_names(text: str, language: str | None) -> list[tuple[int, int]]:
    """Where names stand: (start, end), in order, not overlapping."""
    reading = Reading(text, language)
    found: dict[int, int] = {}
    for sign in (_after_titles, _before_titles, introduced, signed, _initials, _listed, _with_van):
        for first, last in sign(reading):
            start, end = reading.words[first].start, reading.words[last].end
            found[start] = max(end, found.get(start, 0))
    return _joined(found)


def _joined(found: dict[int, int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found.items()):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


@cache
def _cues(language: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Titles, and roles and family, that are read in a text of this language; all when it is not known."""
    # "son" is a word in French and "nicht" one in German, but "mevrouw" is written in every language
    read = near.TITLES if language is None else dict.fromkeys(("nl", "en", language))
    own = ("nl", "en") if language in ("nl", "en") else (language,) if language else near.TITLES
    empty: frozenset[str] = frozenset()
    titles = empty.union(*(near.TITLES.get(code, empty) for code in read))
    roles = empty.union(*(near.ROLES.get(code, empty) | near.KIN.get(code, empty) for code in own))
    return titles, roles


def _after_title(reading: Reading, i: int) -> int | None:
    """The word after a title or role, also after a dot ("mevr. Jansen")."""
    gap = reading.gap(i, i + 1)
    if BLANK.match(gap) or (DOT.match(gap) and reading.words[i].plain in near.ABBREVIATED):
        return i + 1
    return None


def _after_titles(reading: Reading) -> Iterator[tuple[int, int]]:
    titles, roles = _cues(reading.language)
    for i, word in enumerate(reading.words):
        is_title, is_role = word.plain in titles, word.plain in roles
        if not (is_title or is_role) or i + 1 >= len(reading.words):
            continue
        next_ = _after_title(reading, i)
        if next_ is None:
            aside = i + 1 if is_role and _ASIDE.match(reading.gap(i, i + 1)) else None
            if aside is not None and reading.words[aside].has_capital and reading.may_be_given(aside):
                yield from reading.names(aside, is_addressed=True)
            continue
        if reading.words[next_].plain in titles or reading.words[next_].plain in roles:
            continue
        if _is_addressed(reading, next_, is_title):
            yield from reading.names(next_, is_addressed=True, any_case=True)


def _is_addressed(reading: Reading, i: int, by_title: bool) -> bool:
    """Whether the word after a title or a role is a name."""
    word, surname = reading.words[i], reading.past_interfixes(i)
    if surname > i:
        behind = reading.words[surname]
        if behind.has_capital and (by_title or word.has_capital):
            return behind.plain not in reading.stops
        if not by_title:  # "the mother of Sophie", "the chair of Ons Huis"
            return behind.has_capital and behind.plain in dutch().with_interfix and not reading.in_list(surname)
        is_sure = reading.gap(i, i + 1) and word.plain in ("van", "de", "el", "ten", "ter")
        return bool(by_title and is_sure and behind.plain in dutch().with_interfix and behind.plain != "hoek")
    if reading.is_arabic(i):
        if by_title:
            return word.plain not in reading.stops and word.plain not in near.NOT_ADDRESSED
        return reading.is_given(i) or (reading.words[i - 1].plain in ("ابو", "ام") and word.plain in ALSO_WORDS)
    if word.has_capital:
        if word.plain in reading.stops:
            return False
        # in German every noun has a capital, and a role is soon followed by another
        return by_title or reading.language != "de" or reading.may_be_given(i) or word.plain in dutch().last
    if word.plain in reading.stops or word.plain in reading.never:
        return False
    return reading.is_given(i) or (by_title and word.plain in dutch().last and word.plain not in near.SOMETIMES)


def _before_titles(reading: Reading) -> Iterator[tuple[int, int]]:
    for i in range(1, len(reading.words)):
        if reading.words[i].plain in near.AFTER and BLANK.match(reading.gap(i - 1, i)):
            before = reading.words[i - 1]
            is_name = before.plain in dutch().first or not reading.opens(i - 1)
            if reading.is_given(i - 1) or (before.has_capital and is_name):
                yield i - 1, i - 1


def _initials(reading: Reading) -> Iterator[tuple[int, int]]:
    for match in _INITIALS.finditer(reading.text):
        i, j = reading.at.get(match.start()), reading.at.get(match.end())
        if i is None or j is None or (i and reading.words[i - 1].plain in near.NO_INITIAL):
            continue
        surname = reading.past_interfixes(j)
        word = reading.words[surname]
        if not word.has_capital or word.plain in reading.stops or word.end - word.start < 2:
            continue
        is_abbreviation = match.group().count(".") > 1 and " " not in match.group().strip()
        if word.plain in dutch().last or surname > j or not is_abbreviation:
            name = reading.name(j, is_addressed=False)
            if name is not None:
                yield i, name[1]


def _listed(reading: Reading) -> Iterator[tuple[int, int]]:
    """Given names of the lists, with what follows them."""
    done = -1
    for i, word in enumerate(reading.words):
        if i <= done or not (word.plain in near.SOMETIMES or reading.in_list(i)):
            continue
        if reading.stands_after_place(i):
            done = reading.reach(i, any_case=False)[0]
            continue
        name = reading.name(i, is_addressed=False, any_case=not word.has_capital)
        if name is None:
            done = reading.reach(i, any_case=False)[0]
        elif _is_listed(reading, i, name[1]):
            done = name[1]
            yield name


def _is_listed(reading: Reading, i: int, last: int) -> bool:
    word = reading.words[i]
    if not reading.is_dutch_or_english:
        if not reading.is_given(i) or not (word.has_capital or reading.is_arabic(i)):
            return False
        return word.plain in reading.common or (reading.language != "de" and not reading.opens(i))
    if not (word.has_capital or reading.is_arabic(i)):
        return reading.is_given(i) and len(word.plain) > 3 and _is_asked(reading, i)
    if reading.is_given(i):
        return True
    if last > i:
        tail = reading.words[last]
        is_surname = tail.plain in dutch().last or tail.end - tail.start == 1
        if is_surname or (reading.words[i + 1].plain in near.INTERFIXES and tail.plain in dutch().with_interfix):
            return True
        if word.plain in near.SOMETIMES - near.COMMANDS and tail.plain not in reading.never:
            return True
    if word.plain not in near.SOMETIMES:
        return False
    return _is_with_name(reading, i) or (not reading.opens(i) and not _beside_capital(reading, i))


def _is_with_name(reading: Reading, i: int) -> bool:
    """ "Roos and Fatima", "Fatima and Roos", "Roos says"."""
    if i + 1 < len(reading.words) and reading.words[i + 1].plain in near.SPEAKS:
        return True
    for joint, other in ((i + 1, i + 2), (i - 1, i - 2)):
        if 0 <= other < len(reading.words) and reading.words[joint].plain in ("en", "and"):
            return reading.words[other].has_capital and reading.may_be_given(other)
    return False


def _beside_capital(reading: Reading, i: int) -> bool:
    """Between other words with a capital it is part of a title or of the name of a thing."""
    before = i and reading.words[i - 1].has_capital and BLANK.match(reading.gap(i - 1, i))
    after = i + 1 < len(reading.words) and reading.words[i + 1].has_capital and BLANK.match(reading.gap(i, i + 1))
    return bool(before or after)


def _is_asked(reading: Reading, i: int) -> bool:
    """Before or after a given name without a capital: "vraag fatima", "fatima van de derde verdieping"."""
    if i and reading.words[i - 1].plain in near.ASKED and BLANK.match(reading.gap(i - 1, i)):
        return True
    after = [word.plain for word in reading.words[i + 1 : i + 3]]
    return after[:1] in (["hiernaast"], ["beneden"]) or after in (["van", "de"], ["van", "het"], ["from", "the"])


def _with_van(reading: Reading) -> Iterator[tuple[int, int]]:
    """In Dutch "Van" with a capital in the middle of a sentence begins a surname ("volgens Van Houten")."""
    if reading.language not in ("nl", None):
        return
    for i, word in enumerate(reading.words):
        if word.plain != "van" or not word.has_capital or reading.opens(i) or reading.stands_after_place(i):
            continue
        surname = reading.words[reading.past_interfixes(i)]
        if surname.has_capital and surname.plain in dutch().with_interfix:
            yield from reading.names(i, is_addressed=False)

"""Where a sentence says two things: "the lift is broken | and I am scared in the car park".

A cut comes before a connective or after a semicolon, and only when the clauses on both sides have a verb, neither is
part of a larger one, the second has a subject of its own, does not point back to the first and shares no word with
it. A comma alone mostly joins what belongs together, so it counts only where a connective follows: "A, | B | and C".
In doubt nothing is cut: of two things in one passage one is still found, of half a thing nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.insight.clause_words import ClauseWords, clause_words

_VOWEL_SIGNS = "\u064b-\u0652"
_TOKEN = re.compile(rf"['’]?[\w{_VOWEL_SIGNS}]+(?:['’ʼ]\w+)*|[,;،؛]")
_ELIDED_TOKEN = re.compile(r"\w+|[,;]")
_VOWEL_SIGN = re.compile(f"[{_VOWEL_SIGNS}]")
_COMMAS = frozenset(",،")
_MARKS = _COMMAS | frozenset(";؛")
_UP_TO = 8
"""The verb is looked for in so many words of the second clause."""
_FEWEST = 3
"""The second clause has at least so many words."""
_STEM = 5
"""Words that begin with so many letters of one kind are the same word."""
_AND, _THE, _NOT = "و", "ال", "لا"
_I_AND_WE = ("أنا", "نحن")
_NO_PREDICATE = (
    *("في", "من", "على", "إلى", "عن", "مع", "عند", "بعد", "قبل", "منذ", "أمام", "خلف", "بين", "بدون", "حول", "تحت"),
    *("فوق", "كل", "بعض", "جدا", "أيضا", "هنا", "هناك", "غير", "أو", "أم", "ثم"),
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word in small letters, or a comma or semicolon, and where it begins in the text."""

    start: int
    word: str


def clause_starts(text: str, language: str | None) -> list[int]:
    """Where in `text` (a sentence) a clause begins that says another thing than what is before it; in order.

    Nothing for a language whose words are not known.
    """
    known = clause_words().get(language or "")
    if known is None:
        return []
    is_arabic = language == "ar"
    pattern = _ELIDED_TOKEN if language == "fr" else _TOKEN
    tokens = [_Token(m.start(), _plain(m.group())) for m in pattern.finditer(text)]
    borders = [i for i in range(1, len(tokens)) if _may_begin(tokens, i, known, is_arabic)]
    found: list[int] = []
    last = 0
    for at, until in pairwise([*borders, len(tokens)]):
        right = _words(tokens[at:until], known)
        if is_arabic and right and tokens[at].word not in known.links:
            right[0] = right[0].removeprefix(_AND)
        if not _begins_anew(right, known, language):
            continue
        left = _words(tokens[last:at], known)
        if _stands_alone(left, known, language) and _says_another(left, right, known):
            found.append(at)
            last = at
    if all(tokens[at].word not in known.links and tokens[at - 1].word in _COMMAS for at in found):
        return []
    return [tokens[at].start for at in found]


def _plain(word: str) -> str:
    return _VOWEL_SIGN.sub("", word.lower().replace("’", "'"))


def _words(tokens: Sequence[_Token], known: ClauseWords) -> list[str]:
    """The words of a clause without the connective that it begins with."""
    words = [token.word for token in tokens if token.word not in _MARKS]
    return words[1:] if words and words[0] in known.links else words


def _may_begin(tokens: Sequence[_Token], i: int, known: ClauseWords, is_arabic: bool) -> bool:
    """Whether a clause may begin at this word: it is a connective or stands after a comma or semicolon."""
    word = tokens[i].word
    if word in _MARKS:
        return False
    if word in known.links or tokens[i - 1].word in _MARKS:
        return True
    return is_arabic and len(word) > 2 and word.startswith(_AND)


def _stands_alone(words: Sequence[str], known: ClauseWords, language: str | None) -> bool:
    return (
        len(words) >= known.fewest
        and _verb_at(words, known, language) is not None
        and not known.holders.intersection(words)
    )


def _begins_anew(words: Sequence[str], known: ClauseWords, language: str | None) -> bool:
    """Whether it has a subject and a verb of its own and does not point back."""
    if len(words) < _FEWEST or known.pointers.intersection(words):
        return False
    verb = _verb_at(words[:_UP_TO] if known.openers else words, known, language)
    if verb is None or known.holders.intersection(words[: verb + 1]):
        return False
    if not (_begins_in_arabic(words, known) if language == "ar" else _begins(words, known)):
        return False
    is_of_people = words[0] in known.people or known.kin.intersection(words[:3])
    return not (is_of_people and known.points_for_people(words))


def _says_another(left: Sequence[str], right: Sequence[str], known: ClauseWords) -> bool:
    """Whether the second clause leads away from the first: not the speaker twice, nor a word twice."""
    if known.people.intersection(right) and known.people.intersection(left):
        return False
    own = {word[:_STEM] for word in left if len(word) >= _STEM and not _is_verb(word, known)}
    return not any(word[:_STEM] in own for word in right if len(word) >= _STEM)


def _begins(words: Sequence[str], known: ClauseWords) -> bool:
    """Whether a subject of its own may come first."""
    first = words[1] if words[0] in known.leads else words[0]
    if first in known.empty and words[1] in known.verbs:
        return False
    if known.openers:
        return first in known.openers or first in known.people
    return first in known.people or not (_is_verb(first, known) or first.endswith(known.oblique))


def _is_verb(word: str, known: ClauseWords) -> bool:
    return word in known.verbs or (bool(known.endings) and len(word) > _STEM - 1 and word.endswith(known.endings))


def _verb_at(words: Sequence[str], known: ClauseWords, language: str | None) -> int | None:
    """Which word is the finite verb, or says something of the subject without one; None when there is none."""
    if language == "tr":  # it comes last
        return len(words) - 1 if _is_verb(words[-1], known) else None
    for i, word in enumerate(words):
        if _is_verb(word, known) or (language == "ar" and _is_predicate(words, i)):
            return i
    return None


def _is_predicate(words: Sequence[str], i: int) -> bool:
    """Arabic: a verb with its prefix, or an indefinite word after a definite one ("the lift broken")."""
    word = words[i]
    after_definite = i > 0 and (words[i - 1].startswith(_THE) or words[i - 1] in _I_AND_WE)
    if len(word) < 3 or word in _NO_PREDICATE or word.startswith((_THE, _AND, "لل", "بال", "لـ")):
        return False
    if len(word) > 3 and (word.startswith("ي") or (word.startswith("ت") and after_definite)):
        return True
    return after_definite and not word.endswith("ا") and not word.startswith("ل")


def _begins_in_arabic(words: Sequence[str], known: ClauseWords) -> bool:
    """A definite word, or a word known to begin a clause; and nothing that refers back with an ending."""
    if any(len(word) > 3 and word.endswith(("ه", "ها", "هم")) for word in words):
        return False
    first, second = words[0], words[1]
    if first == _NOT:
        return second in known.verbs
    begins = first in known.verbs or first in known.people or first in known.kin or first.startswith(_THE)
    return begins or (second.startswith(_THE) and len(first) > 2)

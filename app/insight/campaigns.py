"""Campaigns: one text that many people sent. They count as the people they are, and the text counts once.

Two texts are the same when their words are: capitals, white space, punctuation and what redaction put in ("[naam]")
make no difference. A long text is nearly the same as another when most of the four words in a row in it are those of
the other, so that a copy with a word changed here and there is a copy. The time taken grows with the number of words
and no faster: each text is compared with a few others only, found by the words that they share.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from zlib import crc32

import numpy as np

CAMPAIGN = 5
"""So many people who send the same words are a campaign."""
LONG_ENOUGH = 30
"""Letters. Shorter words ("the lift is broken again") are easily the same by chance, so many more must send them."""
SHORT_CAMPAIGN = 50
"""So many, when the words are shorter; of fewer than `_FEWEST_WORDS` ("more trees") it can never be told."""
_FEWEST_WORDS = 4
_NEARLY_FROM = 12
"""Words. In a shorter text one other word can turn it into another text."""
_RUN = 4
"""Words in a row."""
_MOST = 0.5
"""Nearly the same: more than this share of the runs of the longer text are in the other."""
_LEADERS_A_RUN = 8
"""So many texts are found by one run of words; what more texts than that share tells nothing."""
_WORDS = re.compile(r"[^\W_]+")
_TAKEN_OUT = re.compile(r"\[[^\[\]\n]{1,20}\]")


def same_words(text: str) -> str:
    """The text as it is compared with others: small letters, no punctuation, nothing that redaction put in."""
    plain = unicodedata.normalize("NFKC", _TAKEN_OUT.sub(" ", text))
    return " ".join(_WORDS.findall(plain.casefold()))


def find_campaigns(said: Sequence[tuple[str, str]]) -> list[str | None]:
    """Of each (who, text) the key of the campaign that it is part of, or None. The order makes no difference.

    A key stays the same as long as the wording that most people sent does. Texts that the same people sent, such as
    the paragraphs of one letter, have one key.
    """
    words = [same_words(text) for _, text in said]
    people: defaultdict[str, set[str]] = defaultdict(set)
    for (who, _), one in zip(said, words, strict=True):
        people[one].add(who)
    leader = _leaders(people)
    behind: defaultdict[str, set[str]] = defaultdict(set)
    for one, whose in leader.items():
        behind[whose] |= people[one]
    found = {whose: sent for whose, sent in behind.items() if len(sent) >= _enough(whose)}
    letter = _sent_together(found)
    return [_key(letter[leader[one]]) if leader[one] in found else None for one in words]


def _enough(words: str) -> float:
    """How many people must have sent these words."""
    if len(words) >= LONG_ENOUGH:
        return CAMPAIGN
    return SHORT_CAMPAIGN if words.count(" ") + 1 >= _FEWEST_WORDS else float("inf")


def _key(words: str) -> str:
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def _leaders(people: Mapping[str, set[str]]) -> dict[str, str]:
    """For each wording the one that it is (nearly) a copy of, itself when of none: those most sent lead."""
    order = sorted(people, key=lambda words: (-len(people[words]), words))
    shared = _shared_runs(order)
    leader: dict[str, str] = {}
    runs_of: dict[str, int] = {}
    by_run: defaultdict[int, list[str]] = defaultdict(list)
    for words in order:
        leader[words] = words
        runs = _runs(words)
        if not runs:
            continue
        telling = [run for run in runs if shared[run % len(shared)] > 1]
        votes = Counter(other for run in telling for other in by_run[run])
        best = min(votes, key=lambda other: (-votes[other], other), default=None)
        if best is not None and votes[best] > _MOST * max(len(runs), runs_of[best]):
            leader[words] = best
            continue
        runs_of[words] = len(runs)
        for run in telling:
            if len(by_run[run]) < _LEADERS_A_RUN:
                by_run[run].append(words)
    return leader


def _runs(words: str) -> list[int]:
    """The different runs of a long text as numbers, in an order of their own; nothing for a short one."""
    each = words.split()
    if len(each) < _NEARLY_FROM:
        return []
    found = {crc32(" ".join(each[i : i + _RUN]).encode("utf-8", "replace")) for i in range(len(each) - _RUN + 1)}
    return sorted(found)


def _shared_runs(texts: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """How many of the texts have a run, 2 standing for more, by its number modulo the length of this table.

    Only what two texts have is worth remembering; so a large stream in which all differ takes hardly any memory.
    """
    size = 1 << max(16, (4 * sum(words.count(" ") + 1 for words in texts)).bit_length())
    table = np.zeros(min(size, 1 << 28), dtype=np.uint8)
    for words in texts:
        for place in {run % len(table) for run in _runs(words)}:
            if table[place] < 2:
                table[place] += 1
    return table


def _sent_together(found: Mapping[str, set[str]]) -> dict[str, str]:
    """For each campaign's wording the first wording of the letter that it is part of, itself when of none."""
    of_person: defaultdict[str, list[str]] = defaultdict(list)
    in_order = sorted(found, key=lambda words: (-len(found[words]), words))
    for words in in_order:
        for who in found[words]:
            of_person[who].append(words)
    together = Counter((sent[0], other) for sent in of_person.values() for other in sent[1:])
    letter = {words: words for words in in_order}
    for (first, other), number in sorted(together.items(), key=lambda pair: (-pair[1], pair[0])):
        is_one = number > _MOST * max(len(found[first]), len(found[other]))
        if is_one and letter[other] == other and letter[first] == first:
            letter[other] = first
    return letter

"""Chooses quotes: the most central one, then those that cover what else is said, and who else says it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from app.insight.campaigns import same_words
from app.insight.records import Vectors
from app.insight.summary.members import Member

MOST = 5
LONGEST = 400
"""Letters of a quote; a longer passage is quoted up to there."""
_GOOD_LENGTH = (25, 220)
_SAMPLE = 1000
_WHO = 0.5
"""How much it counts who speaks, beside what is said."""
_LEAST_GAIN = 0.01
_NEARLY_CENTRAL = 0.9


@dataclass(frozen=True)
class Said:
    """What is said in a concern: each different text once, however often it was sent."""

    members: tuple[Member, ...]
    likeness: Vectors
    """Of each text with each (n, n), 0 to 1."""

    @property
    def centrality(self) -> Vectors:
        """How much each is like all (n)."""
        return np.asarray(self.likeness.mean(axis=1), dtype=np.float32)


def said(members: Sequence[Member]) -> Said:
    """The different texts that may be quoted; of very many an even sample, always the same. Nothing urgent."""
    first: dict[str, Member] = {}
    for member in sorted(members, key=lambda m: (m.day, m.id)):
        if not member.urgent and member.text.strip():
            first.setdefault(same_words(member.text), member)
    texts = [first[words] for words in sorted(first)]
    texts = texts[:: -(-len(texts) // _SAMPLE) or 1]
    if not texts:
        return Said((), np.zeros((0, 0), dtype=np.float32))
    vectors = np.stack([member.vector for member in texts]).astype(np.float32)
    return Said(tuple(texts), np.clip(vectors @ vectors.T, 0.0, 1.0))


def most_central(found: Said, language: str, among: Collection[int] | None = None) -> int | None:
    """The text that is most like all others; in the reader's language when one is nearly as central.

    One that reads easily goes before one that is too short, too long, or had something taken out. `among`: only
    these.
    """
    choice = range(len(found.members)) if among is None else sorted(among)
    easy = [i for i in choice if _is_easy(found.members[i])] or list(choice)
    if not easy:
        return None
    central = found.centrality
    enough = _NEARLY_CENTRAL * max(float(central[i]) for i in easy)
    mine = [i for i in easy if found.members[i].language == language and central[i] >= enough]
    return min(mine or easy, key=lambda i: (-round(float(central[i]), 5), *_order(found.members[i])))


def cover(found: Said, start: Sequence[int], leave_out: Collection[int], most: int) -> list[int]:
    """`start`, and what together with it covers most of what is said and of who says it: at most `most` more.

    Maximises a monotone submodular function, facility location plus coverage of groups, greedily, an awkward text
    costing twice an easy one (Lin and Bilmes, A Class of Submodular Functions for Document Summarization, ACL 2011):

        mean over all texts i of max over quotes j of likeness(i, j)
        + _WHO * mean over dimensions of the share of its groups that is quoted

    where a group weighs the square root of its size, so that small groups are not drowned. At most one quote a
    person. Stops where one more would hardly add anything.
    """
    chosen = list(start)
    groups = _weights(found.members)
    near = found.likeness[:, chosen].max(axis=1) if chosen else np.zeros(len(found.members), dtype=np.float32)
    heard = {group for i in chosen for group in found.members[i].groups.items()}
    for _ in range(most if found.members else 0):
        gain = _gains(found, near, heard, groups)
        people = {found.members[i].statement_id for i in chosen}
        free = [
            i
            for i, member in enumerate(found.members)
            if i not in chosen and i not in leave_out and member.statement_id not in people
        ]
        if not free:
            break
        best = min(free, key=lambda i: (-round(gain(i), 5), *_order(found.members[i])))
        if gain(best) < _LEAST_GAIN:
            break
        chosen.append(best)
        near = np.maximum(near, found.likeness[:, best])
        heard |= set(found.members[best].groups.items())
    return chosen


def _gains(
    found: Said, near: Vectors, heard: Collection[tuple[str, str]], groups: Mapping[tuple[str, str], float]
) -> Callable[[int], float]:
    what = np.maximum(found.likeness - near[:, None], 0.0).mean(axis=0)

    def gain(i: int) -> float:
        member = found.members[i]
        who = sum(groups[group] for group in member.groups.items() if group not in heard)
        return float(what[i] + _WHO * who) / (1 if _is_easy(member) else 2)

    return gain


def _weights(members: Sequence[Member]) -> dict[tuple[str, str], float]:
    """How much it adds to quote one of each group; all groups of all dimensions together add 1."""
    sizes = Counter(group for member in members for group in member.groups.items())
    whole: defaultdict[str, float] = defaultdict(float)
    for (dimension, _), n in sizes.items():
        whole[dimension] += sqrt(n)
    return {(name, value): sqrt(n) / whole[name] / len(whole) for (name, value), n in sizes.items()}


def _is_easy(member: Member) -> bool:
    return _GOOD_LENGTH[0] <= len(member.text) <= _GOOD_LENGTH[1] and "[" not in member.text


def _order(member: Member) -> tuple[str, str]:
    return member.text, member.id


def shortened(text: str) -> str:
    """The beginning of a very long passage, up to a space; the text itself when it is short enough."""
    if len(text) <= LONGEST:
        return text
    part = text[:LONGEST]
    return part[: part.rindex(" ")] if " " in part.strip() else part

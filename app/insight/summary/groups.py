"""How groups of people differ in what they feel. Says nothing about fewer than 10 people."""

from __future__ import annotations

from collections.abc import Sequence

from app.insight.summary.claims import Count, Feels, Group, Period
from app.insight.summary.counting import count
from app.insight.summary.intervals import apart
from app.insight.summary.members import Member, Voices

Pair = tuple[Count, Count]


def by_group(members: Sequence[Member], voices: Voices, feeling: str) -> tuple[Count, ...]:
    """The share with this feeling in each group that is large enough, when a dimension has at least two of those.

    The largest share first within a dimension.
    """
    found: list[Count] = []
    for dimension in sorted({name for member in members for name in member.groups}):
        values = sorted({member.groups[dimension] for member in members if dimension in member.groups})
        counted = [count(Feels(feeling, Group(dimension, value)), members, voices) for value in values]
        large = [each for each in counted if each.interval is not None]
        if len(large) > 1:
            found += sorted(large, key=lambda each: (-each.number / (each.of or 1), each.key))
    return tuple(found)


def differing(groups: Sequence[Count], members: Sequence[Member], voices: Voices) -> tuple[Pair, ...]:
    """The groups that differ from all others of their dimension by more than chance, each with those others.

    Two groups that are each other's others are told once.
    """
    pairs: list[Pair] = []
    for mine in groups:
        subject = mine.subject
        if not (isinstance(subject, Feels) and isinstance(subject.within, Group)):
            continue
        rest = Group(subject.within.dimension, subject.within.value, is_rest=True)
        others = count(Feels(subject.feeling, rest), members, voices)
        is_mirrored = any(set(pair[1].among) == set(mine.among) for pair in pairs)
        if differ(mine, others) and not is_mirrored:
            pairs.append((mine, others))
    return tuple(pairs)


def moved(before: Period, after: Period, feeling: str, members: Sequence[Member], voices: Voices) -> Pair | None:
    """The share with this feeling before and after, when it changed by more than chance."""
    pair = count(Feels(feeling, before), members, voices), count(Feels(feeling, after), members, voices)
    return pair if differ(*pair) else None


def differ(one: Count, other: Count) -> bool:
    """Whether both are shares of enough people, and their intervals do not touch."""
    return one.interval is not None and other.interval is not None and apart(one.interval, other.interval)

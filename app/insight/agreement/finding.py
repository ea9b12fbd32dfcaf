"""From votes to opinion groups, what they have in common and what divides them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from app.common.small_groups import MINIMUM_GROUP
from app.insight.agreement.grouping import found_again, grouped, positions, separation
from app.insight.agreement.statements import (
    Representative,
    StatementOpinions,
    counts_of,
    representative,
    statements_of,
)
from app.insight.agreement.votes import Counts, Table, Vote, table_of

ENOUGH_VOTES = 7
"""Who voted on fewer statements (or, when there are fewer, not on all) is in no group (Small and others 2021)."""
MOST_GROUPS = 5
NEEDED_PEOPLE = 2 * MINIMUM_GROUP
"""With fewer people who voted enough there cannot be two groups that may be shown."""
ALIKE_AT_LEAST = 0.1
"""Groups from one half of the statements and from the other are this alike (adjusted Rand index), or not told."""
CHANCE_AT_MOST = 0.005
"""And this improbable (p-value) if the halves had nothing to do with each other; up to four numbers are tried."""


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """People who vote alike; at least five. `representative`: what sets them apart, the strongest first."""

    participants: tuple[str, ...]
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class Opinions:
    """What votes say of agreement (not to be confused with agreements that parties make about an ambition).

    `groups`: the largest first; one group when no two can be told apart. `not_grouped`: who voted too little, passed
    on everything, or stands in a group too small to show. Their votes are in no figure here: with a total, the votes
    of a small group could be worked out.
    `separation`: mean silhouette of the groups, None for one group. `found_again`: how alike the groups are when they
    are looked for in each half of the statements apart (adjusted Rand index), None when that cannot be said.
    """

    groups: tuple[OpinionGroup, ...]
    not_grouped: tuple[str, ...]
    separation: float | None
    found_again: float | None
    statements: tuple[StatementOpinions, ...]

    def common_ground(self) -> list[StatementOpinions]:
        """Statements that most people of every group agree with, surely (95 %), the widest agreement first."""
        agreed = [statement for statement in self.statements if statement.most_agree_in_every_group]
        return sorted(agreed, key=lambda statement: (-statement.consensus, statement.id))

    def dividing(self) -> list[StatementOpinions]:
        """Statements on which two groups surely (95 %) differ, those that are at least furthest apart first."""
        apart = [(one.divide.apart.low, one) for one in self.statements if one.divide and one.divide.apart.low > 0]
        return [statement for _, statement in sorted(apart, key=lambda pair: (-pair[0], pair[1].id))]


@dataclass(frozen=True, slots=True)
class TooFew:
    """Nothing can be said: `people` voted on enough statements, and `needed` are needed."""

    people: int
    needed: int


@dataclass(frozen=True, slots=True)
class _Grouping:
    labels: Counts
    separation: float | None
    found_again: float | None


def opinions(votes: Iterable[Vote], groups: int | None = None) -> Opinions | TooFew:
    """Find opinion groups and what they agree on.

    With `groups` the number of groups is given (2 to 5, fewer when people do not stand in so many places); else it is
    the one that stands furthest apart among those that are found again in each half of the statements, and one when
    there is none. The order of the votes makes no difference. Raises ValueError when someone voted twice on one
    statement, or for another number of groups.
    """
    if groups is not None and not 2 <= groups <= MOST_GROUPS:
        raise ValueError(f"{groups} groups cannot be looked for; 2 to {MOST_GROUPS} can")
    everyone = table_of(votes)
    table = everyone.of_who_took_a_side()
    enough = table.votes_each >= min(ENOUGH_VOTES, len(table.statements))
    if (people := int(enough.sum())) < NEEDED_PEOPLE:
        return TooFew(people, NEEDED_PEOPLE)
    found = _chosen(table, enough, groups)
    sizes = np.bincount(found.labels)
    order = sorted(np.flatnonzero(sizes >= MINIMUM_GROUP), key=lambda g: (-sizes[g], (found.labels == g).argmax()))
    placed = np.full(len(table.participants), -1)
    placed[enough] = found.labels
    return _told(everyone, table, [placed == group for group in order], found)


def _told(everyone: Table, table: Table, members: list[NDArray[np.bool_]], found: _Grouping) -> Opinions:
    counts = counts_of(table, members)
    people = [tuple(compress(table.participants, mask)) for mask in members]
    shown = {name for group in people for name in group}
    return Opinions(
        tuple(OpinionGroup(group, representative(table, counts, i)) for i, group in enumerate(people)),
        tuple(name for name in everyone.participants if name not in shown),
        found.separation if len(people) > 1 else None,
        found.found_again if len(people) > 1 else None,
        statements_of(table, counts),
    )


def _chosen(table: Table, enough: NDArray[np.bool_], groups: int | None) -> _Grouping:
    points = positions(table)[enough]
    again = _found_again(table, enough)
    possible = grouped(points, groups or MOST_GROUPS)
    if groups is not None:
        possible = {k: labels for k, labels in possible.items() if k == max(possible)}
    else:
        possible = {k: labels for k, labels in possible.items() if _is_told(labels, again.get(k))}
    best = _Grouping(np.zeros(len(points), np.int64), None, None)
    for k, labels in possible.items():
        apart = separation(points, labels)
        if best.separation is None or apart > best.separation:
            best = _Grouping(labels, apart, again[k][0] if k in again else None)
    return best


def _is_told(labels: Counts, again: tuple[float, float] | None) -> bool:
    if (np.bincount(labels) >= MINIMUM_GROUP).sum() < 2 or again is None:
        return False
    alike, chance = again
    return alike >= ALIKE_AT_LEAST and chance <= CHANCE_AT_MOST


def _found_again(table: Table, enough: NDArray[np.bool_]) -> Mapping[int, tuple[float, float]]:
    """For each number of groups: how alike the groups in one half of the statements and in the other are.

    k-means finds groups in anything, also where everyone votes as dice fall; then the halves have nothing in common.
    """
    # one or other half in turns (0 1 1 0), the statements with most votes first, so that both are about as full
    order = np.argsort(-np.bincount(table.columns, minlength=len(table.statements)), kind="stable")
    is_first = np.zeros(len(order), bool)
    is_first[order[0::4]] = is_first[order[3::4]] = True
    halves = [table.about(is_first), table.about(~is_first)]
    if not all(half.statements for half in halves):
        return {}
    both = enough & np.all(
        [half.votes_each >= min(ENOUGH_VOTES // 2, len(half.statements)) for half in halves], axis=0
    )
    if both.sum() < NEEDED_PEOPLE:
        return {}
    one, other = (grouped(positions(half)[both], MOST_GROUPS) for half in halves)
    return {k: found_again(one[k], other[k]) for k in one.keys() & other.keys()}

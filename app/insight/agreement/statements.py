"""What groups say of each statement: counts, consensus, what divides, what is typical of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.common.small_groups import MINIMUM_GROUP
from app.insight.agreement.shares import (
    Z_90,
    Interval,
    difference,
    likely,
    more_than_half,
    more_than_there,
    share,
)
from app.insight.agreement.votes import Choice, Counts, Floats, Table

AT_MOST = 5
"""So many statements are told as typical of one group."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How one group voted on one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def votes(self) -> int:
        return self.agree + self.disagree + self.passed

    def share(self, choice: Choice) -> Interval | None:
        """The share of the votes; None when fewer than five voted: so few are not told, and say little."""
        if self.votes < MINIMUM_GROUP:
            return None
        return share({Choice.AGREE: self.agree, Choice.DISAGREE: self.disagree}.get(choice, self.passed), self.votes)


@dataclass(frozen=True, slots=True)
class Divide:
    """Where groups (by place in the list of groups) differ most: in `most` more agree than in `least`, so much."""

    most: int
    least: int
    apart: Interval


@dataclass(frozen=True, slots=True)
class StatementOpinions:
    """`tallies`: one for each group. `consensus`: how likely it is that one person picked from each group, all of
    them, agree, and `consensus_against` that all disagree: the product over groups of (count + 1) / (votes + 2), the
    group-informed consensus of Small and others (2021). `divide`: None when there is one group, or when fewer than
    five voted in one of them.
    """

    id: str
    tallies: tuple[Tally, ...]
    consensus: float
    consensus_against: float
    divide: Divide | None

    @property
    def most_agree_in_every_group(self) -> bool:
        shares = [tally.share(Choice.AGREE) for tally in self.tallies]
        return all(one is not None and one.low > 0.5 for one in shares)


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement on which a group takes a side (agree or disagree) more than the other groups do.

    `here` and `elsewhere`: the shares of votes for that side in the group and in all other groups together.
    """

    statement: str
    choice: Choice
    here: Interval
    elsewhere: Interval


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """For each group (rows) and statement (columns) the number of votes: agree, disagree, and all (g, m)."""

    agree: Counts
    disagree: Counts
    votes: Counts


def counts_of(table: Table, members: Sequence[NDArray[np.bool_]]) -> GroupCounts:
    """Count the votes of each group; a group is a mask over the participants (n)."""

    def counted(is_counted: NDArray[np.bool_]) -> Counts:
        size = len(table.statements)
        masks = [is_counted & mask[table.rows] for mask in members]
        return np.array([np.bincount(table.columns[mask], minlength=size) for mask in masks], np.int64)

    return GroupCounts(counted(table.choices > 0), counted(table.choices < 0), counted(table.choices > -2))


def statements_of(table: Table, counts: GroupCounts) -> tuple[StatementOpinions, ...]:
    """Every statement, in the order of the table."""
    agreeing, disagreeing = likely(counts.agree, counts.votes), likely(counts.disagree, counts.votes)
    passed = counts.votes - counts.agree - counts.disagree
    told = []
    for i, name in enumerate(table.statements):
        columns = zip(counts.agree[:, i].tolist(), counts.disagree[:, i].tolist(), passed[:, i].tolist(), strict=True)
        tallies = tuple(Tally(*column) for column in columns)
        for_all, against = float(agreeing[:, i].prod()), float(disagreeing[:, i].prod())
        told.append(StatementOpinions(name, tallies, for_all, against, _divide(tallies, agreeing[:, i])))
    return tuple(told)


def _divide(tallies: Sequence[Tally], agreeing: Floats) -> Divide | None:
    most, least = int(agreeing.argmax()), int(agreeing.argmin())
    if most == least or any(tally.votes < MINIMUM_GROUP for tally in tallies):
        return None
    high, low = (share(tallies[i].agree, tallies[i].votes) for i in (most, least))
    return Divide(most, least, difference(high, low))


def representative(table: Table, counts: GroupCounts, group: int) -> tuple[Representative, ...]:
    """The statements that tell this group from the others, the strongest first; at most five.

    Most in the group take that side, and more than elsewhere, both beyond chance (one-sided, 90 %), as in Polis; the
    order is by likely share x ratio to elsewhere x both test values. Unlike Polis, no statement is told for want of a
    significant one, nor where fewer than five voted here or elsewhere.
    """
    votes, others = counts.votes[group], counts.votes.sum(axis=0) - counts.votes[group]
    heard = (votes >= MINIMUM_GROUP) & (others >= MINIMUM_GROUP)
    found: list[tuple[float, Representative]] = []
    for choice, cast in ((Choice.AGREE, counts.agree), (Choice.DISAGREE, counts.disagree)):
        own, elsewhere = cast[group], cast.sum(axis=0) - cast[group]
        most, more = more_than_half(own, votes), more_than_there(own, votes, elsewhere, others)
        strength = likely(own, votes) ** 2 / likely(elsewhere, others) * most * more
        for i in np.flatnonzero(heard & (most > Z_90) & (more > Z_90)).tolist():
            here, there = share(int(own[i]), int(votes[i])), share(int(elsewhere[i]), int(others[i]))
            found.append((float(strength[i]), Representative(table.statements[i], choice, here, there)))
    found.sort(key=lambda pair: (-pair[0], pair[1].statement))
    return tuple(one for _, one in found[:AT_MOST])

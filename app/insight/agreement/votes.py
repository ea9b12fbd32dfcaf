"""Votes of participants on statements, and the table that the figures are worked out from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Choice(IntEnum):
    """What a participant says to a statement. Not having voted on it is no choice: there is no vote then."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


@dataclass(frozen=True, slots=True)
class Vote:
    """One participant's choice on one statement."""

    participant: str
    statement: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Table:
    """Who voted what, with participants and statements in the order of their ids, so that the order in which votes
    came changes no figure, not in its last digit either.

    Vote i was cast by `participants[rows[i]]` on `statements[columns[i]]`; `choices[i]` is -1, 0 or 1.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    rows: Counts
    columns: Counts
    choices: Counts

    @property
    def votes_each(self) -> Counts:
        """How many votes each participant cast (n)."""
        return np.bincount(self.rows, minlength=len(self.participants))

    def sparse(self, values: Floats) -> csr_array:
        """The table (n, m) with these values, one for each vote, and 0 where nobody voted."""
        from scipy.sparse import csr_array

        shape = (len(self.participants), len(self.statements))
        return csr_array((values, (self.rows, self.columns)), shape=shape)

    def of_who_took_a_side(self) -> Table:
        """Without who passed on everything: that says nothing about where someone stands."""
        has_said = np.bincount(self.rows, weights=self.choices != 0, minlength=len(self.participants)) > 0
        return self._cut(has_said, np.isin(np.arange(len(self.statements)), self.columns[has_said[self.rows]]))

    def about(self, statements: NDArray[np.bool_]) -> Table:
        """The same participants with their votes on these statements (a mask, m)."""
        return self._cut(np.ones(len(self.participants), bool), statements)

    def _cut(self, participants: NDArray[np.bool_], statements: NDArray[np.bool_]) -> Table:
        kept = participants[self.rows] & statements[self.columns]
        rows, columns = np.cumsum(participants) - 1, np.cumsum(statements) - 1
        return Table(
            tuple(compress(self.participants, participants)),
            tuple(compress(self.statements, statements)),
            rows[self.rows[kept]],
            columns[self.columns[kept]],
            self.choices[kept],
        )


def table_of(votes: Iterable[Vote]) -> Table:
    """The votes as a table. Raises ValueError when someone voted twice on one statement."""
    cast = list(votes)
    participants = tuple(sorted({vote.participant for vote in cast}))
    statements = tuple(sorted({vote.statement for vote in cast}))
    row_of = {name: i for i, name in enumerate(participants)}
    column_of = {name: i for i, name in enumerate(statements)}
    rows = np.array([row_of[vote.participant] for vote in cast], np.int64)
    columns = np.array([column_of[vote.statement] for vote in cast], np.int64)
    choices = np.array([Choice(vote.choice) for vote in cast], np.int64)
    order = np.lexsort((columns, rows))
    rows, columns, choices = rows[order], columns[order], choices[order]
    twice = np.flatnonzero((np.diff(rows) == 0) & (np.diff(columns) == 0))
    if len(twice):
        who, what = participants[rows[twice[0]]], statements[columns[twice[0]]]
        raise ValueError(f"{who!r} voted more than once on {what!r}")
    return Table(participants, statements, rows, columns, choices)

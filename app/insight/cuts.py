"""Where a concern could be cut in two or three: the last links of average link, without its stragglers.

The passages are linked from the bottom up (UPGMA, Sokal and Michener 1958). The last links join what is least alike;
often one of the two sides is a single straggler, and that says nothing. So the tree is followed down until both
sides are large enough; stragglers stay with the largest part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.insight.learnt import unit
from app.insight.records import Vectors

MOST_PARTS = 3
SMALLEST = 2
"""A part is said by at least so many people."""
APART = 0.1
"""Two parts are offered when they are at least so much less alike (a cosine) than each is in itself."""
AT_ONCE = 1500
"""So many different passages are compared each with each; others follow the part that they are most like."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One part: `members` are rows of the vectors, the most central first."""

    members: tuple[int, ...]


def suggest(vectors: Vectors, people: Sequence[str]) -> tuple[Cut, ...]:
    """Two or three parts that together hold every row once, the largest first; empty when nothing stands apart.

    `vectors` (n, d) are in the space in which sameness is measured; `people` (n) says who said each. Rows with the
    same vector stay together. The same input gives the same parts, in whatever order it comes, up to equal rows.
    """
    if len(vectors) < 2 * SMALLEST:
        return ()
    different, place = np.unique(unit(vectors).round(6), axis=0, return_inverse=True)
    place = place.reshape(-1)
    compared = different[:: -(-len(different) // AT_ONCE)]
    if len(compared) < 2:
        return ()
    nearest = (different @ compared.T).argmax(axis=1)
    whose = [set[str]() for _ in compared]
    for row, who in zip(place, people, strict=True):
        whose[nearest[row]].add(who)
    leaves = _parts(compared, whose)
    if len(leaves) < 2:
        return ()
    middles = unit(np.stack([compared[leaf].mean(axis=0) for leaf in leaves]))
    part_of = np.full(len(compared), -1)
    for number, leaf in enumerate(leaves):
        part_of[leaf] = number
    stragglers = part_of < 0
    part_of[stragglers] = _largest(leaves, whose)
    rows = part_of[nearest[place]]
    made = [_ordered(np.flatnonzero(rows == number), vectors, middles[number]) for number in range(len(leaves))]
    return tuple(sorted(made, key=lambda cut: (-len({people[i] for i in cut.members}), cut.members)))


def _ordered(members: NDArray[np.int64], vectors: Vectors, middle: Vectors) -> Cut:
    near = (unit(vectors[members]) @ middle).round(5)
    return Cut(tuple(int(i) for i in members[np.argsort(-near, kind="stable")]))


def _largest(leaves: list[list[int]], whose: list[set[str]]) -> int:
    return max(range(len(leaves)), key=lambda n: (len(set().union(*(whose[row] for row in leaves[n]))), -n))


def _parts(vectors: Vectors, whose: list[set[str]]) -> list[list[int]]:
    """At most MOST_PARTS groups of rows, each large enough and apart from the others; fewer than two: do not cut."""
    tree = _Tree(vectors)
    nodes = [tree.root]
    closed: set[int] = set()
    while len(nodes) < MOST_PARTS:
        open_now = [
            (tree.height(join), node, join) for node in nodes if (join := _join(tree, node, whose)) is not None
        ]
        open_now = [found for found in open_now if found[1] not in closed]
        if not open_now:
            break
        _height, node, join = max(open_now)
        sides = tree.sides(join)
        if tree.are_apart(*sides):
            nodes.remove(node)
            nodes += sides
        elif len(nodes) == 1:
            return []
        else:
            closed.add(node)
    return [tree.rows(node) for node in nodes]


def _join(tree: _Tree, node: int, whose: list[set[str]]) -> int | None:
    """The highest link at or below this node that joins two sides that are both said by enough people."""
    while tree.is_link(node):
        small, large = sorted(tree.sides(node), key=lambda side: (tree.size(side), side))
        people: set[str] = set()
        for row in tree.rows(small):
            people |= whose[row]
            if len(people) >= SMALLEST:
                return node
        node = large
    return None


class _Tree:
    """Average link of unit vectors. Nodes below `count` are rows, the others are links."""

    def __init__(self, vectors: Vectors) -> None:
        from scipy.cluster.hierarchy import linkage
        from scipy.spatial.distance import squareform

        # rounded, so that the last bits of a product do not decide between two that are equally far
        self.distances: NDArray[np.float64] = np.round(np.clip(1 - vectors @ vectors.T, 0, None), 5).astype(float)
        np.fill_diagonal(self.distances, 0)
        self.count = len(vectors)
        self._links = linkage(squareform(self.distances, checks=False), method="average")
        self.root = 2 * self.count - 2

    def is_link(self, node: int) -> bool:
        return node >= self.count

    def sides(self, node: int) -> tuple[int, int]:
        left, right = self._links[node - self.count, :2]
        return int(left), int(right)

    def height(self, node: int) -> float:
        return float(self._links[node - self.count, 2])

    def size(self, node: int) -> int:
        return int(self._links[node - self.count, 3]) if self.is_link(node) else 1

    def rows(self, node: int) -> list[int]:
        found, waiting = [], [node]
        while waiting:
            one = waiting.pop()
            if self.is_link(one):
                waiting += self.sides(one)
            else:
                found.append(one)
        return sorted(found)

    def are_apart(self, first: int, second: int) -> bool:
        mine, other = self.rows(first), self.rows(second)
        between = float(self.distances[np.ix_(mine, other)].mean())
        within = max(
            float(self.distances[np.ix_(side, side)].sum()) / max(1, len(side) * (len(side) - 1))
            for side in (mine, other)
        )
        return between - within >= APART

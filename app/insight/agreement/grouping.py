"""Opinion groups: where each participant stands (PCA), and who stand together (k-means).

As in Small, Bjorkegren, Erkkilä, Shaw and Megill, "Polis: Scaling Deliberation by Mapping High Dimensional Opinion
Spaces", Recerca 26(2), 2021, without their intermediate "base clusters". Nothing in it is random.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from app.insight.agreement.votes import Counts, Floats, Table

COMPARED_AT_MOST = 4000
"""So many participants, evenly spread over all, are compared each with each to judge a grouping."""
_STARTS_AT_MOST = 16
_START_COSTS = 20_000
"""Starts times participants at most: few starts where many participants make them costly."""
_ROUNDS = 300
_DECIMALS = 9


def positions(table: Table) -> Floats:
    """Where each participant stands, on the two lines along which votes differ most (n, 2).

    A missing vote counts as the mean of the votes on that statement (in mean-centred votes: as 0). Who voted little
    would then stand near the middle; so each position is multiplied by sqrt(statements / own votes), as Polis does.
    """
    per_statement = np.bincount(table.columns, minlength=len(table.statements))
    means = np.bincount(table.columns, weights=table.choices, minlength=len(table.statements)) / per_statement
    centred = table.sparse(table.choices - means[table.columns])
    lines = _principal((centred.T @ centred).toarray())
    spread_out = np.sqrt(len(table.statements) / np.maximum(table.votes_each, 1))
    # rounded, so that who voted the same stand in exactly the same place
    placed: Floats = np.round((centred @ lines) * spread_out[:, None], _DECIMALS)
    return placed


def _principal(products: Floats) -> Floats:
    """The two eigenvectors with the largest eigenvalues (m, 2); the largest element of each is positive."""
    from scipy.linalg import eigh
    from threadpoolctl import threadpool_limits

    size = len(products)
    if size == 1:
        return np.array([[1.0, 0.0]])
    # one thread: the same in the last digit on any number of cores, and faster on a busy machine
    with threadpool_limits(1, user_api="blas"):
        _, vectors = eigh(products, subset_by_index=[size - 2, size - 1])
    lines: Floats = vectors[:, ::-1]
    return lines * np.sign(lines[np.abs(lines).argmax(axis=0), [0, 1]])


def grouped(points: Floats, most: int) -> dict[int, Counts]:
    """For each number of groups k from 2 to `most` that the points allow: the group of each point (n), from 0.

    k groups are looked for from the k - 1 found before: one more middle is put in each of several places, k-means
    (Lloyd 1982) settles, and what leaves points nearest to their middles wins ("global k-means": Likas, Vlassis and
    Verbeek 2003, with fewer places when there are many points).
    """
    found: dict[int, Counts] = {}
    labels = np.zeros(len(points), np.int64)
    for k in range(2, min(most, len(np.unique(points, axis=0))) + 1):
        tries = [_settled(points, middles) for middles in _starts(points, labels)]
        labels = min(tries, key=lambda tried: (-int(tried.max()), round(_unlikeness(points, tried), _DECIMALS)))
        found[k] = labels
    return found


def _starts(points: Floats, labels: Counts) -> Iterator[Floats]:
    """Places for one more middle: each group cut in two along its longest side, and points spread over all."""
    middles = _middles(points, labels)
    for group in range(len(middles)):
        own = points[labels == group] - middles[group]
        _, vectors = np.linalg.eigh(own.T @ own)
        ahead = own @ vectors[:, -1] > 0
        if 0 < ahead.sum() < len(own):
            halves = middles[group] + [own[ahead].mean(axis=0), own[~ahead].mean(axis=0)]
            yield np.concatenate([np.delete(middles, group, axis=0), halves])
    starts = min(len(points), _STARTS_AT_MOST, _START_COSTS // len(points))
    for place in np.linspace(0, len(points) - 1, starts).round().astype(np.int64):
        yield np.concatenate([middles, points[place, None]])
        yield _far_apart(points, int(place), len(middles) + 1)


def _far_apart(points: Floats, first: int, k: int) -> Floats:
    """A point, then each time the one furthest from those chosen (Gonzalez 1985): whatever was found before."""
    chosen = [first]
    away = ((points - points[first]) ** 2).sum(axis=1)
    while len(chosen) < k:
        chosen.append(int(away.argmax()))
        away = np.minimum(away, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen]


def _middles(points: Floats, labels: Counts) -> Floats:
    sums = np.stack([np.bincount(labels, weights=axis) for axis in points.T], axis=1)
    middles: Floats = sums / np.bincount(labels)[:, None]
    return middles


def _settled(points: Floats, middles: Floats) -> Counts:
    """Groups after k-means from these middles, numbered from 0; one that nobody is nearest to falls away."""
    labels = np.full(len(points), -1)
    for _ in range(_ROUNDS):
        away = (points[:, 0, None] - middles[:, 0]) ** 2 + (points[:, 1, None] - middles[:, 1]) ** 2
        nearest = away.argmin(axis=1)
        is_left = np.bincount(nearest, minlength=len(middles)) > 0
        nearest = (np.cumsum(is_left) - 1)[nearest]
        if (nearest == labels).all():
            break
        labels, middles = nearest, _middles(points, nearest)
    return labels


def _unlikeness(points: Floats, labels: Counts) -> float:
    return float(((points - _middles(points, labels)[labels]) ** 2).sum())


def separation(points: Floats, labels: Counts) -> float:
    """How far groups stand apart: the mean silhouette (Rousseeuw 1987), from -1 to 1."""
    from sklearn.metrics import silhouette_score

    chosen = np.unique(np.linspace(0, len(points) - 1, COMPARED_AT_MOST).round().astype(np.int64))
    if len(np.unique(labels[chosen])) < 2:
        return -1.0
    return float(silhouette_score(points[chosen], labels[chosen]))


def found_again(one: Counts, other: Counts) -> tuple[float, float]:
    """Whether two groupings of the same people are alike: (adjusted Rand index, p-value that it is chance).

    The index (Hubert and Arabie 1985) is 1 for the same groups and about 0 for unrelated ones; the p-value is that of
    Pearson's chi-squared test on the table of one against the other.
    """
    from scipy.stats import chi2_contingency
    from sklearn.metrics import adjusted_rand_score

    pairs = np.zeros((int(one.max()) + 1, int(other.max()) + 1), np.int64)
    np.add.at(pairs, (one, other), 1)
    tested: Any = chi2_contingency(pairs, correction=False)
    return float(adjusted_rand_score(one, other)), float(tested.pvalue)

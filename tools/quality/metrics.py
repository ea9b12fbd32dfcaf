"""The measures. Labels come one a passage; None means "in no group", so alone, and equal to no other.

A share of nothing is `nan`: there is nothing to say.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, f1_score, v_measure_score

from app.insight.records import Vectors

Labels = Sequence[Hashable]


def share(values: Iterable[bool]) -> float:
    """How many of them are true, 0 to 1."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else nan


def apart(labels: Labels) -> list[Hashable]:
    """The labels, with one of its own for each that is in no group."""
    return [("alone", i) if label is None else label for i, label in enumerate(labels)]


def alone(labels: Labels) -> list[bool]:
    """Whether each shares its group with no other."""
    counts = Counter(labels)
    return [label is None or counts[label] == 1 for label in labels]


def pairs(labels: Labels) -> int:
    """How many pairs have the same label; in no group means in no pair."""
    return sum(n * (n - 1) // 2 for label, n in Counter(labels).items() if label is not None)


def _both(first: Labels, second: Labels) -> list[Hashable]:
    """One label for what has the same in both lists."""
    return [None if a is None or b is None else (a, b) for a, b in zip(first, second, strict=True)]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Counts of pairs: truly together, found together, and both. 0 of 0 gives `nan`."""

    true: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        """Of the pairs that were put together the share that belongs together."""
        return self.both / self.found if self.found else nan

    @property
    def recall(self) -> float:
        """Of the pairs that belong together the share that was put together."""
        return self.both / self.true if self.true else nan

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.both / (self.true + self.found) if self.true + self.found else nan

    def __sub__(self, other: "Pairs") -> "Pairs":
        return Pairs(self.true - other.true, self.found - other.found, self.both - other.both)


def pairwise(true: Labels, found: Labels) -> Pairs:
    """Over all pairs of passages."""
    return Pairs(pairs(true), pairs(found), pairs(_both(true, found)))


def pairwise_about(true: Labels, found: Labels, about: Sequence[bool]) -> Pairs:
    """Over the pairs of which at least one is in `about`; so what was wrongly put with those counts too."""
    return pairwise(true, found) - pairwise(_where(true, about, False), _where(found, about, False))


def pairwise_across(true: Labels, found: Labels, languages: Labels) -> Pairs:
    """Over the pairs in two different languages."""
    return pairwise(true, found) - pairwise(_both(true, languages), _both(found, languages))


def _where(labels: Labels, about: Sequence[bool], is_in: bool) -> list[Hashable]:
    return [label for label, a in zip(labels, about, strict=True) if a is is_in]


def v_measure(true: Labels, found: Labels) -> float:
    """Rosenberg and Hirschberg 2007. It rises by itself with the number of groups, so see `agreement` too."""
    return float(v_measure_score(_numbers(true), _numbers(found))) if true else nan


def agreement(true: Labels, found: Labels) -> float:
    """Adjusted mutual information (Vinh, Epps and Bailey 2010): 0 is what chance gives with groups of these sizes."""
    return float(adjusted_mutual_info_score(_numbers(true), _numbers(found)))


def _numbers(labels: Labels) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in apart(labels)]


def macro_f1(true: Sequence[str], found: Sequence[str | None]) -> float:
    """The mean over the true labels of each one's F1; no answer (None) is never right."""
    answers = [answer or "" for answer in found]
    return float(f1_score(true, answers, labels=sorted(set(true)), average="macro", zero_division=0.0))


def near(vectors: Vectors, true: Labels, count: int = 10) -> float:
    """Of each one's `count` nearest (or as many as there are to find), the share with the same label; unit rows.

    What has no label, or is the only one with it, is not asked, but can be in the way.
    """
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -np.inf)
    counts, shares = Counter(true), []
    for row, label in zip(alike, true, strict=True):
        most = min(count, counts[label] - 1)
        if label is not None and most:
            shares.append(sum(true[j] == label for j in np.argsort(-row, kind="stable")[:most]) / most)
    return float(np.mean(shares)) if shares else nan

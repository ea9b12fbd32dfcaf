"""Weights with which those who answered stand for the neighbourhood, in several ways at once.

Iterative proportional fitting: make the weighted shares of one margin right, then of the next, and again until all
are (Deming and Stephan, "On a least squares adjustment of a sampled frequency table when the expected marginal totals
are known", Annals of Mathematical Statistics 11, 1940). Weights above a cap are cut, what is cut goes to the others,
and the fitting is done again (Izrael, Battaglia and Frankel, "Extreme survey weight adjustment as a component of
sample balancing", SAS Global Forum 2009; the cap of 5 times the mean is that of DeBell and Krosnick, ANES report
nes012427, 2009). How many evenly spread answers the weighted ones are worth is Kish's effective sample size (Survey
Sampling, 1965, section 11.7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

CAP = 5.0
TOLERANCE = 1e-6
_MOST_SWEEPS = 1000
_MOST_CUTS = 20

Cell = tuple[str | None, ...]
"""Someone's group in each margin, in the order of the margins; None where it is not known."""


@dataclass(frozen=True)
class Margin:
    """The population in one dimension: people, or shares, by group. What they add up to does not matter."""

    dimension: str
    population: Mapping[str, float]


class Why(StrEnum):
    """Why the answers cannot stand for the neighbourhood.

    NOBODY: people of this group live there and none answered. TOO_FEW: fewer answered than may speak for the others.
    NOT_IN_TABLE: someone is in a group that the population does not have. CONTRADICTION: no weights fit all margins
    at once. NO_ANSWERS: nobody answered.
    """

    NOBODY = "nobody"
    TOO_FEW = "too_few"
    NOT_IN_TABLE = "not_in_table"
    CONTRADICTION = "contradiction"
    NO_ANSWERS = "no_answers"


@dataclass(frozen=True)
class Reason:
    """One reason, and the group that it is about ("" when it is about all)."""

    why: Why
    dimension: str = ""
    group: str = ""


class CannotWeight(Exception):
    """No honest weights exist; `reasons` says why."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(" ".join(filter(None, (r.why.value, r.dimension, r.group))) for r in reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Raked:
    """The weight of someone in each cell; on average 1 over the `people` who answered.

    `effective`: how many evenly spread answers they are worth. `largest` weight; `cut`: the part of the people whose
    weight is at the cap. `gap`: the largest difference that is left between a weighted share and the population's
    (parts of 1; not 0 when weights were cut). `sweeps`: how often all margins were gone through.
    """

    weights: Mapping[Cell, float]
    people: int
    effective: float
    largest: float
    cut: float
    gap: float
    sweeps: int


@dataclass(frozen=True)
class _Side:
    """A margin as numbers: for each cell the place of its group, and for each group the people wanted in it."""

    places: NDArray[np.intp]
    wanted: NDArray[np.float64]


def rake(
    counts: Mapping[Cell, int],
    margins: Sequence[Margin],
    *,
    cap: float = CAP,
    least: int = 1,
) -> Raked:
    """Weights for those who answered, `counts` of them in each cell, so that they are spread as the margins say.

    Who gave no group in a margin keeps their share in it; the others are spread as the population. `least`: with
    fewer answers a group cannot speak for all who live there. Raises CannotWeight, and ValueError for a cap of 1 or
    less.
    """
    if cap <= 1:
        raise ValueError("a cap of 1 or less leaves no weights")
    cells = [cell for cell, people in counts.items() if people > 0]
    people = np.array([counts[cell] for cell in cells], dtype=np.float64)
    if not cells:
        raise CannotWeight([Reason(Why.NO_ANSWERS)])
    reasons = [
        reason for at, margin in enumerate(margins) for reason in _refusals(margin, _in_groups(counts, at), least)
    ]
    if reasons:
        raise CannotWeight(reasons)
    sides = [_side(margin, at, cells, people) for at, margin in enumerate(margins)]
    weights, sweeps = _fit(np.ones(len(cells)), people, sides)
    for _turn in range(_MOST_CUTS):
        if weights.max() <= cap * (1 + TOLERANCE):
            break
        weights, more = _fit(_capped(weights, people, cap), people, sides)
        sweeps += more
    else:
        weights = _capped(weights, people, cap)
    return Raked(
        weights={cell: float(weight) for cell, weight in zip(cells, weights, strict=True)},
        people=int(people.sum()),
        effective=effective(weights, people),
        largest=float(weights.max()),
        cut=float(people[weights >= cap * (1 - TOLERANCE)].sum() / people.sum()),
        gap=_gap(weights, people, sides),
        sweeps=sweeps,
    )


def effective(weights: NDArray[np.float64], people: NDArray[np.float64]) -> float:
    """Kish's effective sample size of `people` with these weights: (sum of weights)² / sum of squared weights."""
    squared = float((people * weights**2).sum())
    return float((people * weights).sum()) ** 2 / squared if squared else 0.0


def _in_groups(counts: Mapping[Cell, int], at: int) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for cell, people in counts.items():
        found[cell[at]] = found.get(cell[at], 0) + people
    return found


def _refusals(margin: Margin, answered: Mapping[str | None, int], least: int) -> list[Reason]:
    name = margin.dimension
    lives = {group: people for group, people in margin.population.items() if people > 0}
    found = [
        Reason(Why.TOO_FEW if answered.get(group) else Why.NOBODY, name, group)
        for group in lives
        if answered.get(group, 0) < max(1, least)
    ]
    strangers = (group for group, people in answered.items() if group is not None and people and group not in lives)
    return found + [Reason(Why.NOT_IN_TABLE, name, group) for group in strangers]


def _side(margin: Margin, at: int, cells: Sequence[Cell], people: NDArray[np.float64]) -> _Side:
    groups = [group for group, lives in margin.population.items() if lives > 0]
    order = {group: place for place, group in enumerate(groups)}
    places = np.array([order.get(cell[at] or "", len(groups)) for cell in cells], dtype=np.intp)
    unknown = float(people[places == len(groups)].sum())
    shares = np.array([margin.population[group] for group in groups], dtype=np.float64)
    known = float(people.sum()) - unknown
    return _Side(places, np.append(shares / shares.sum() * known, unknown))


def _fit(
    weights: NDArray[np.float64], people: NDArray[np.float64], sides: Sequence[_Side]
) -> tuple[NDArray[np.float64], int]:
    """Weights from which every margin is right, and after how many sweeps. Raises CannotWeight."""
    weights = weights.copy()
    for sweep in range(_MOST_SWEEPS):
        if _gap(weights, people, sides) <= TOLERANCE:
            return weights, sweep
        for side in sides:
            there = np.bincount(side.places, people * weights, len(side.wanted))
            factors = np.divide(side.wanted, there, out=np.ones_like(there), where=there > 0)
            weights *= factors[side.places]
    raise CannotWeight([Reason(Why.CONTRADICTION)])


def _gap(weights: NDArray[np.float64], people: NDArray[np.float64], sides: Sequence[_Side]) -> float:
    """The largest difference between a weighted share and the one that is wanted."""
    gaps = (
        np.abs(np.bincount(side.places, people * weights, len(side.wanted)) - side.wanted).max() for side in sides
    )
    return float(max(gaps, default=0.0) / people.sum())


def _capped(weights: NDArray[np.float64], people: NDArray[np.float64], cap: float) -> NDArray[np.float64]:
    """No weight above the cap; what is cut goes to the others in proportion, so that the mean stays 1."""
    weights = weights / ((people * weights).sum() / people.sum())
    full = np.zeros(len(weights), dtype=bool)
    while (over := (weights > cap) & ~full).any():
        full |= over
        weights[full] = cap
        left = people.sum() - cap * people[full].sum()
        weights[~full] *= left / (people * weights)[~full].sum()
    return weights

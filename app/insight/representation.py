"""Who is heard and who is not: the people who spoke beside the people who live there.

The shares of all groups are one multinomial sample, so their intervals are read together. They are Goodman's ("On
simultaneous confidence intervals for multinomial proportions", Technometrics 7, 1965): Wilson's score interval for
each of the k groups, at 1 - 0.05/k, so that with 95 % confidence all of them hold at once. Who speaks up is no random
sample; an interval only says how far chance alone could have moved a share.

Numbers from 1 to 4 are not shown, and neither is one other number with which they could be worked out. What is said
of a hidden number follows from what is shown, so it gives nothing away. Below ten people nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from app.common.share_interval import share_interval
from app.common.small_groups import MINIMUM_GROUP, hide_small, shown_count
from app.places.population import OTHER

CONFIDENCE = 0.95
MINIMUM_TO_CONCLUDE = 10


class Verdict(StrEnum):
    """How a group is heard. HARDLY: surely less than half its share. SILENT: too few people spoke to say."""

    HARDLY = "hardly"
    LESS = "less"
    NO_DIFFERENCE = "no_difference"
    MORE = "more"
    SILENT = "silent"


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both included, as parts of 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Group:
    """One group beside its share of the population.

    `spoke` is how many of it spoke, None when that is not shown; `is_small`: because it is 1 to 4. `share` is its
    part of those who spoke (None when hidden, or when fewer than ten spoke), `interval` what chance leaves possible;
    for a hidden group it starts from the numbers that are possible. `wanted`: how many more of this group would have
    to speak, when nobody else does, until its share is that of the population (0 when it is).
    """

    id: str
    lives: int
    population_share: float
    spoke: int | None
    is_small: bool
    share: float | None
    interval: Interval | None
    wanted: int | None
    verdict: Verdict

    @property
    def difference(self) -> float | None:
        """Its share of those who spoke less its share of the population."""
        return None if self.share is None else self.share - self.population_share

    @property
    def is_missing(self) -> bool:
        """Whether it is surely heard less than its share."""
        return self.verdict in (Verdict.HARDLY, Verdict.LESS)


@dataclass(frozen=True)
class Comparison:
    """All groups of one dimension, in the order of the population table.

    `spoke`: how many are compared (None: not shown). `left_out`: how many spoke of whom the group is not known or not
    in the table (None: 1 to 4, or hidden for another's sake). `not_asked`: groups of the population that could not be
    given as an answer.
    """

    dimension: str
    groups: tuple[Group, ...]
    lives: int
    spoke: int | None
    left_out: int | None
    not_asked: tuple[str, ...] = ()

    @property
    def concludes(self) -> bool:
        """Whether enough people spoke to say anything."""
        return any(group.verdict is not Verdict.SILENT for group in self.groups)

    @property
    def missing(self) -> tuple[Group, ...]:
        """Who is not heard: those of whom the largest part of their share is missing come first."""
        found = (group for group in self.groups if group.is_missing)
        return tuple(sorted(found, key=lambda group: (_reach(group), group.id)))


def base(population: Mapping[str, int], offered: Collection[str] | None = None) -> dict[str, int]:
    """The population among whom answers are compared: the groups with people that could be `offered` as an answer.

    A group that was not offered is in OTHER when that was, else it is left out. None: every group could be given.
    """
    found: dict[str, int] = {}
    for group, people in population.items():
        to = group if offered is None or group in offered else OTHER if OTHER in offered else None
        if to is not None and people > 0:
            found[to] = found.get(to, 0) + people
    return found


def group_in(population: Mapping[str, int], group: str | None) -> str | None:
    """The group of the population that this answer belongs to; None when it is not known or not in the table."""
    if group is None or group in population:
        return group
    return OTHER if OTHER in population else None


def compare(
    dimension: str,
    spoke: Mapping[str | None, int],
    population: Mapping[str, int],
    offered: Collection[str] | None = None,
) -> Comparison:
    """Those who `spoke`, by group (None: not known), beside the people who live there, by group.

    With people in fewer than two groups there is nothing to compare, and the comparison has no groups.
    """
    lives = base(population, offered)
    counts = dict.fromkeys(lives, 0)
    left_out = 0
    for group, people in spoke.items():
        to = group_in(lives, group)
        if to is None:
            left_out += people
        else:
            counts[to] += people
    total = sum(counts.values())
    *shown, shown_left_out = hide_small([*counts.values(), left_out])
    ranges = _possible([*counts.values(), left_out], [*shown, shown_left_out])
    inhabitants = sum(lives.values())
    groups = tuple(
        _group(group, lives[group], inhabitants, number, ranges[place], total, len(lives))
        for place, (group, number) in enumerate(zip(lives, shown, strict=True))
    )
    return Comparison(
        dimension=dimension,
        groups=groups if len(groups) > 1 else (),
        lives=inhabitants,
        spoke=None if shown_left_out is None else shown_count(total),
        left_out=shown_left_out,
        not_asked=tuple(g for g, people in population.items() if people and g not in lives and OTHER not in lives),
    )


def _group(
    name: str, lives: int, inhabitants: int, spoke: int | None, possible: tuple[int, int], total: int, groups: int
) -> Group:
    population_share = lives / inhabitants
    is_small = spoke is None and possible[1] < MINIMUM_GROUP
    if total < MINIMUM_TO_CONCLUDE:
        return Group(name, lives, population_share, spoke, is_small, None, None, None, Verdict.SILENT)
    interval = Interval(
        share_among(possible[0], total, groups).low,
        share_among(min(possible[1], total), total, groups).high,
    )
    return Group(
        id=name,
        lives=lives,
        population_share=population_share,
        spoke=spoke,
        is_small=is_small,
        share=None if spoke is None else spoke / total,
        interval=interval,
        wanted=None if spoke is None else _wanted(spoke, total, population_share),
        verdict=_verdict(interval, population_share),
    )


def share_among(people: float, total: float, groups: int = 1) -> Interval:
    """Goodman's interval for the share of `people` among `total` (more than 0; both may be effective numbers).

    `groups`: how many intervals must hold at once; with 1 it is Wilson's 95 % interval.
    """
    return Interval(*share_interval(people, total, 1 - (1 - CONFIDENCE) / groups))


def _verdict(interval: Interval, population_share: float) -> Verdict:
    if interval.high < population_share:
        return Verdict.HARDLY if interval.high < population_share / 2 else Verdict.LESS
    return Verdict.MORE if interval.low > population_share else Verdict.NO_DIFFERENCE


def _wanted(spoke: int, total: int, population_share: float) -> int:
    if population_share >= 1:
        return 0
    return max(0, ceil((population_share * total - spoke) / (1 - population_share) - 1e-9))


def _reach(group: Group) -> float:
    """The most that a group is heard, as a part of its share."""
    return (group.interval.high if group.interval else 0.0) / group.population_share


def _possible(counts: Sequence[int], shown: Sequence[int | None]) -> list[tuple[int, int]]:
    """For each number what a reader knows of it: itself, 1 to 4, or for the one that hides with them what is left."""
    hidden = [number for number, kept in zip(counts, shown, strict=True) if kept is None]
    small = sum(number < MINIMUM_GROUP for number in hidden)
    together = sum(hidden)
    companion = (max(MINIMUM_GROUP, together - small * (MINIMUM_GROUP - 1)), together - small)
    return [
        (kept, kept) if kept is not None else (1, MINIMUM_GROUP - 1) if number < MINIMUM_GROUP else companion
        for number, kept in zip(counts, shown, strict=True)
    ]

"""Approval voting: each voter chooses all the options they agree with; the options with the most voters win.

Source: S. J. Brams and P. C. Fishburn, "Approval Voting", American Political Science Review 72 (1978), 831-847;
for several winners it is the rule called AV in M. Lackner and P. Skowron, "Multi-Winner Voting with Approval
Preferences" (2023), chapter 2. All arithmetic is in whole numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ApprovalRule:
    """How a poll is counted. Fixed before the first ballot.

    `seats`: how many options are chosen at most. `min_choices`, `max_choices`: how many a ballot may name.
    `threshold_percent`: an option needs the vote of at least this share of all ballots (0: no threshold).
    `draw_seed`: what ties are drawn with; published with the poll, so that anyone can repeat the draw.
    """

    seats: int
    min_choices: int
    max_choices: int
    threshold_percent: int
    draw_seed: str

    def __post_init__(self) -> None:
        if self.seats < 1 or not 1 <= self.min_choices <= self.max_choices:
            raise ValueError("a rule needs at least one seat and 1 <= min_choices <= max_choices")
        if not 0 <= self.threshold_percent <= 100:
            raise ValueError("a threshold is a percentage from 0 to 100")

    def draw(self, option: str) -> str:
        """The option's lot: SHA-256 of seed and option. Of options with as many votes, the lowest lot goes first.

        Nobody can choose it, and it does not depend on the order in which options were typed in.
        """
        return hashlib.sha256(f"{self.draw_seed}\0{option}".encode()).hexdigest()

    def votes_needed(self, ballots: int) -> int:
        """How many votes of this many ballots an option needs to be chosen at all: at least one."""
        return max(1, -(-self.threshold_percent * ballots // 100))


@dataclass(frozen=True)
class Counted:
    """One option after the count. `by_draw`: whether it was chosen or not was decided by lot."""

    option: str
    votes: int
    chosen: bool
    by_draw: bool


@dataclass(frozen=True)
class Outcome:
    """The whole count: options from most to fewest votes (ties in the order of the draw)."""

    ballots: int
    counted: tuple[Counted, ...]

    @property
    def winners(self) -> tuple[str, ...]:
        """The chosen options, most votes first."""
        return tuple(c.option for c in self.counted if c.chosen)


def count(rule: ApprovalRule, options: Sequence[str], ballots: Iterable[Iterable[str]]) -> Outcome:
    """Count approval ballots. Each ballot names options; naming one twice counts once, unknown ones not at all."""
    votes = dict.fromkeys(options, 0)
    total = 0
    for ballot in ballots:
        total += 1
        for option in set(ballot):
            if option in votes:
                votes[option] += 1
    ranking = sorted(options, key=lambda option: (-votes[option], rule.draw(option)))
    able = [option for option in ranking if votes[option] >= rule.votes_needed(total)]
    chosen = set(able[: rule.seats])
    drawn = _drawn(able, votes, rule.seats)
    return Outcome(total, tuple(Counted(o, votes[o], o in chosen, o in drawn) for o in ranking))


def _drawn(able: list[str], votes: dict[str, int], seats: int) -> set[str]:
    """The options that lay equal at the border between chosen and not chosen."""
    if len(able) <= seats or votes[able[seats - 1]] != votes[able[seats]]:
        return set()
    border = votes[able[seats]]
    return {option for option in able if votes[option] == border}


def with_a_winner(outcome: Outcome, ballots: Iterable[Iterable[str]]) -> int:
    """How many ballots name at least one of the chosen options."""
    winners = set(outcome.winners)
    return sum(1 for ballot in ballots if not winners.isdisjoint(ballot))

"""A total split into parts, shown so that no part that is too small can be worked out from the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ShownBreakdown:
    """`parts`: the parts that may be shown, largest first. `together`: how many the rest have together (0: no rest;
    None: too few to show)."""

    parts: tuple[tuple[str, int], ...]
    together: int | None


def shown_breakdown(counts: Mapping[str, int], minimum: int) -> ShownBreakdown:
    """The parts with at least `minimum` people; smaller ones are put together.

    When what is put together is still smaller than `minimum`, the smallest shown part joins it: with the total
    known, one hidden part could be found by subtraction (complementary suppression; Willenborg and de Waal,
    Elements of Statistical Disclosure Control, 2001, chapter 6).
    """
    ordered = sorted(((key, n) for key, n in counts.items() if n > 0), key=lambda part: (-part[1], part[0]))
    shown = [part for part in ordered if part[1] >= minimum]
    together = sum(n for _, n in ordered[len(shown) :])
    while 0 < together < minimum and shown:
        together += shown.pop()[1]
    return ShownBreakdown(tuple(shown), together if together == 0 or together >= minimum else None)

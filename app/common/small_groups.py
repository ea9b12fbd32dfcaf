"""Small groups are not shown, so that nobody can be found back in a number."""

from __future__ import annotations

from collections.abc import Sequence

MINIMUM_GROUP = 5


def shown_count(people: int) -> int | None:
    """The number to show: itself when it is 0 or large enough, None when it is too few to show."""
    return people if people == 0 or people >= MINIMUM_GROUP else None


def hide_small(counts: Sequence[int]) -> list[int | None]:
    """Counts that add up to a known total, with None for each that is not to be shown.

    What is hidden is never one number alone, nor fewer than five people together, as long as there is more to hide
    ("complementary suppression": Hundepool et al., Statistical Disclosure Control, 2012, chapter 4).
    """
    shown = [shown_count(people) for people in counts]
    while None in shown:
        hidden = [people for people, kept in zip(counts, shown, strict=True) if kept is None]
        rest = [people for people in shown if people]
        if not rest or (len(hidden) > 1 and sum(hidden) >= MINIMUM_GROUP):
            break
        shown[shown.index(min(rest))] = None
    return shown

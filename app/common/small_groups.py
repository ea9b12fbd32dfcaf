"""Small groups are not shown, so that nobody can be found back in a number."""

from __future__ import annotations

MINIMUM_GROUP = 5


def shown_count(people: int) -> int | None:
    """The number to show: itself when it is 0 or large enough, None when it is too few to show."""
    return people if people == 0 or people >= MINIMUM_GROUP else None

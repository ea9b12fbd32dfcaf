"""The theme of several passages together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def shared_theme(themes: Iterable[str | None]) -> str | None:
    """The theme that most of them have, when it is at least a third of all; None when there is no such theme."""
    all_of_them = list(themes)
    counts = Counter(theme for theme in all_of_them if theme)
    if not counts:
        return None
    best = min(counts, key=lambda theme: (-counts[theme], theme))
    return best if counts[best] * 3 >= len(all_of_them) else None

"""The beginning of a text, for a list."""

from __future__ import annotations

LENGTH = 240
"""Characters of a text that stand in a list."""


def excerpt(text: str, length: int = LENGTH) -> str:
    """The text itself when it is short; else whole words up to `length`, and "…" to say that there is more.

    A single word that is longer is cut.
    """
    if len(text) <= length:
        return text
    start = text[: length + 1]
    words = start[: max(start.rfind(" "), start.rfind("\n"))] if " " in start or "\n" in start else ""
    return (words.rstrip() or text[:length]) + " …"

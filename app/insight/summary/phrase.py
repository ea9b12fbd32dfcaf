"""Whether a text uses a phrase."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word) for word in phrase.casefold().split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)")


def is_used(phrase: str, text: str) -> bool:
    """Whether these words stand in the text, in this order with nothing between them; capitals do not matter."""
    return _pattern(phrase).search(text.casefold()) is not None

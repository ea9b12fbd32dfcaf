"""Which passages someone should read today: danger, self-harm, abuse, fire.

It is meant to miss little and therefore rings too often (figures in docs/decisions/insight.md). It puts nothing
aside and decides nothing: a person reads.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from app.insight.catalogue import urgency
from app.insight.learnt import Learnt
from app.insight.records import Vectors

LIKELY = 0.2
"""From this probability a passage counts as urgent."""


def find_urgent(texts: Sequence[str], vectors: Vectors, pieces: Any, learnt: Learnt) -> list[bool]:
    """For each passage, by certain words (of every language, since people mix) or by all that it says."""
    if not len(vectors):
        return []
    likely = learnt.urgent.shares(vectors, pieces)[:, learnt.urgent.labels.index("yes")] >= LIKELY
    words = _words()
    return [
        bool(is_likely) or words.search(_plain(text)) is not None
        for text, is_likely in zip(texts, likely, strict=True)
    ]


def _plain(text: str) -> str:
    """Small letters, without Arabic vowel marks."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if unicodedata.category(c) != "Mn")


@cache
def _words() -> re.Pattern[str]:
    listed = sorted({_plain(word) for words in urgency().words.values() for word in words})
    parts = [re.escape(w.rstrip("*")) + ("" if w.endswith("*") else r"\b") for w in listed]
    return re.compile(r"\b(?:" + "|".join(parts) + ")")

"""Members of a concern, and the texts they stand in, for the tests of summaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from app.insight.summary import Member

START = date(2026, 1, 5)


def member(
    n: int,
    text: str = "De lift is kapot",
    *,
    person: int | None = None,
    language: str | None = "nl",
    source: str = "idea",
    day: date = START,
    feeling: str | None = None,
    kind: str | None = None,
    urgent: bool = False,
    meaning: Sequence[float] = (1, 0, 0, 0),
) -> Member:
    vector = np.asarray(meaning, dtype=np.float32)
    length = float(np.linalg.norm(vector))
    groups = {"source": source} | ({"language": language} if language else {})
    return Member(
        id=f"m{n:03}",
        statement_id=f"s{n if person is None else person:03}",
        start=3,
        end=3 + len(text),
        text=text,
        language=language,
        groups=groups,
        day=day,
        feeling=feeling,
        kind=kind,
        urgent=urgent,
        vector=vector / length if length else vector,
    )


def statements(members: Sequence[Member]) -> dict[str, str]:
    """What each person wrote; members of one person are given with offsets that fit by `told`."""
    texts: dict[str, str] = {}
    for each in members:
        whole = texts.get(each.statement_id, "")
        texts[each.statement_id] = whole.ljust(each.start, ".")[: each.start] + each.text
    return texts


def told(members: Sequence[Member]) -> list[Member]:
    """The same members, those of one person behind each other in one text."""
    ends: dict[str, int] = {}
    placed = []
    for each in members:
        start = ends.get(each.statement_id, 0) + 2
        ends[each.statement_id] = start + len(each.text)
        placed.append(replace(each, start=start, end=start + len(each.text)))
    return placed


def group_of(size: int, unhappy: int, first: int, **more: object) -> list[Member]:
    """People of whom so many are unhappy and the others happy."""
    return [
        member(first + n, f"Woorden nummer {first + n}", feeling="negative" if n < unhappy else "positive", **more)
        for n in range(size)
    ]

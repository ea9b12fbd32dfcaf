"""Which concern of today is which of yesterday: a link to a concern keeps meaning the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID


def kept_ids(before: Mapping[UUID, UUID], groups: Sequence[Collection[UUID]]) -> list[UUID | None]:
    """The id that each new group of passages keeps, or None when it is new.

    `before` gives for a passage the concern it was in. A group keeps a concern's id when they share at least half
    of the passages of one of the two; the largest overlap goes first, and an id is kept once. The outcome depends
    on the passages only, not on the order of the groups (equal overlaps go by id).
    """
    sizes = Counter(before.values())
    overlaps = []
    for position, group in enumerate(groups):
        shared = Counter(before[passage] for passage in group if passage in before)
        for concern, count in shared.items():
            if 2 * count >= min(len(group), sizes[concern]):
                first = min(str(passage) for passage in group)
                overlaps.append((-count, len(group) + sizes[concern], str(concern), first, position, concern))
    kept: list[UUID | None] = [None] * len(groups)
    given: set[UUID] = set()
    for *_, position, concern in sorted(overlaps):
        if kept[position] is None and concern not in given:
            kept[position] = concern
            given.add(concern)
    return kept

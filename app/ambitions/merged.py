"""Where a concern went that was merged into another, which may have been merged again."""

from collections.abc import Mapping
from uuid import UUID


def final(concern: UUID, merged_into: Mapping[UUID, UUID]) -> UUID:
    """The concern that holds today what this one held. A circle (which should not be) ends where it began."""
    seen: set[UUID] = set()
    while concern in merged_into and concern not in seen:
        seen.add(concern)
        concern = merged_into[concern]
    return concern

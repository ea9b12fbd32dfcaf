"""May answers be given now? One rule, asked of the clock at every write."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Opening(StrEnum):
    """Where a survey stands at a moment."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


def opening_at(moment: datetime, opens_at: datetime, closes_at: datetime | None) -> Opening:
    """Whether a survey is open at this moment: from `opens_at` up to and including `closes_at` (None: no end)."""
    if moment < opens_at:
        return Opening.NOT_YET
    return Opening.OPEN if closes_at is None or moment <= closes_at else Opening.CLOSED

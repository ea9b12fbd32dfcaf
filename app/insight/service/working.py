"""The worker's loop: read what waits, chunk by chunk, and group what changed."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.extensions import db
from app.insight import Encoder
from app.insight.service import revisions
from app.insight.service.analysing import CHUNK, analyse_chunk, renew_vectors
from app.insight.service.encoding import encoder
from app.insight.service.regroup import regroup

CHUNKS_AT_ONCE = 16
"""After so many chunks what was read is grouped, so that a long import shows its first concerns soon."""

log = logging.getLogger(__name__)


def analyse_waiting(on_chunk: Callable[[int], None] = lambda _count: None) -> int:
    """Analyse everything that waits; gives how many contributions that were. `on_chunk` hears them as they are read.

    Safe to run in two workers at once and to be cut off at any moment: what was stored stays, the rest still waits.
    """
    total, more = 0, True
    while more:
        taken, more = analyse_round(CHUNKS_AT_ONCE, on_chunk)
        total += taken
    return total


def analyse_round(
    most: int, on_chunk: Callable[[int], None] = lambda _count: None, *, size: int = CHUNK
) -> tuple[int, bool]:
    """Analyse about `most` chunks of `size` of what waits and group what changed.

    Gives how many contributions were read, and whether more may be waiting.
    """
    chosen, taken, chunk = encoder(), 0, 0
    renew_vectors(chosen)
    while taken < most * size:  # not so many chunks: what a dead worker left behind comes one by one
        chunk = analyse_chunk(chosen, size)
        taken += chunk
        on_chunk(chunk)
        if not chunk:
            break
    _group_what_is_due(chosen)
    return taken, chunk > 0


def _group_what_is_due(chosen: Encoder) -> None:
    for neighbourhood_id in revisions.due():
        try:
            regroup(neighbourhood_id, chosen)
        except Exception as error:  # one neighbourhood must not keep the others waiting; it stays due
            db.session.rollback()
            log.exception("a neighbourhood could not be grouped: %s", type(error).__name__)

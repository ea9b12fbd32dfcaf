"""The worker's part of insight."""

from __future__ import annotations

from app.insight import service
from app.insight.service import prose
from app.insight.service.analysing import CHUNK
from app.jobs import jobs

CHUNKS_IN_A_JOB = 4
"""The worker has more to do than this: after so many chunks the other jobs have their turn."""


@jobs.every_minute
def analyse_pending(size: int = CHUNK) -> None:
    """Erase what was withdrawn, analyse a part of what waits, group what changed. A nudge runs it sooner.

    When more waits it asks to be run again at once, behind whatever else the worker has to do.
    """
    service.erase_leftovers()
    _, more = service.analyse_round(CHUNKS_IN_A_JOB, size=size)
    if more:
        jobs.hurry()


@jobs.every_minute
def write_asked() -> None:
    """Have the writer write one text that staff asked for. Here and never in a page: it may take a minute."""
    if prose.write_next():
        jobs.hurry()

"""The worker's part of insight."""

from __future__ import annotations

from app.insight import service
from app.jobs import jobs


@jobs.every_minute
def analyse_pending() -> None:
    """Erase what was withdrawn, analyse what waits, group what changed. A nudge runs it sooner."""
    service.erase_leftovers()
    service.analyse_waiting()

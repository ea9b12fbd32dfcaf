"""Counts who a subject holds for."""

from __future__ import annotations

from collections.abc import Sequence

from app.common.share_interval import share_interval
from app.insight.summary.claims import Count, Subject
from app.insight.summary.intervals import FEWEST
from app.insight.summary.members import Member, Voices


def count(subject: Subject, members: Sequence[Member], voices: Voices) -> Count:
    """How many of these members' people or voices; with an interval when there are enough to take a share of."""
    holding = [member for member in members if subject.holds(member)]
    among = [member for member in members if subject.among(member)]
    number, of = _size(subject, holding, voices), _size(subject, among, voices)
    if not among:
        return Count(subject, number, _ids(holding))
    interval = share_interval(number, of) if of >= FEWEST else None
    return Count(subject, number, _ids(holding), of, _ids(among), interval)


def _size(subject: Subject, members: Sequence[Member], voices: Voices) -> int:
    return len({member.statement_id if subject.of_people else voices.of(member) for member in members})


def _ids(members: Sequence[Member]) -> tuple[str, ...]:
    return tuple(sorted(member.id for member in members))

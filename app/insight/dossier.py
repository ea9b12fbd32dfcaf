"""What leaves the screen about a concern, on paper or in a spreadsheet: nothing by which someone could be found.

On the coordinator's screen every number is exact. Paper and files are passed on, so there the rule of small groups
holds: where someone spoke and in which month stands with a text only when enough people in this concern share it, and
urgent texts stay behind. The language stays with a text: whoever reads the text sees it. Several texts of one person
are not shown as being of one person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.insight.shown_breakdown import shown_breakdown


@dataclass(frozen=True)
class Said:
    """One text as it is in the concern. `month` is "2026-11"; `person` tells apart who spoke and goes nowhere."""

    person: str
    text: str
    language: str | None
    source: str | None
    month: str | None
    kind: str | None
    feeling: str | None
    theme: str | None
    is_read: bool
    is_urgent: bool = False


@dataclass(frozen=True)
class Dossier:
    """What may leave. In `said` no person is named, and None stands for what is not determined or too rare."""

    said: tuple[Said, ...]
    left_out: int


def dossier(said: Sequence[Said], minimum: int) -> Dossier:
    """The texts that may leave, in an order of their own; `minimum` people make a group that may be named."""
    open_to_all = [one for one in said if not one.is_urgent]
    sources = _named(open_to_all, lambda one: one.source, minimum)
    months = _named(open_to_all, lambda one: one.month, minimum)
    leaving = [
        replace(
            one,
            person="",
            source=one.source if one.source in sources else None,
            month=one.month if one.month in months else None,
        )
        for one in open_to_all
    ]
    leaving.sort(key=lambda one: (one.text.casefold(), one.text, one.source or "", one.month or ""))
    return Dossier(tuple(leaving), len(said) - len(open_to_all))


def _named(said: Sequence[Said], value: Callable[[Said], str | None], minimum: int) -> set[str]:
    people: dict[str, set[str]] = {}
    for one in said:
        people.setdefault(value(one) or "", set()).add(one.person)
    shown = shown_breakdown({key: len(persons) for key, persons in people.items()}, minimum)
    return {key for key, _number in shown.parts if key}

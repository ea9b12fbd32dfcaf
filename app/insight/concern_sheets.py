"""The sheets of a concern: in short, what was said, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from flask import g
from flask_babel import format_date
from flask_babel import gettext as _

from app.common.languages import direction, name_in
from app.common.spreadsheet import Cell, Sheet, Words
from app.insight import labels, step_words
from app.insight.dossier import Dossier, Said
from app.insight.models import Concern
from app.insight.service import Entry, PublicConcern
from app.insight.shown_breakdown import ShownBreakdown
from app.places.framework import themes


def sheets(concern: Concern, public: PublicConcern, dossier: Dossier, steps: Iterable[Entry]) -> list[Sheet]:
    """Everything behind a concern that may leave the screen, in the reader's language."""
    zone = ZoneInfo(concern.neighbourhood.municipality.time_zone)
    said = [_row(one) for one in dossier.said]
    done = [_step(one, zone) for one in steps]
    about = (_("Language"), _("Source"), _("Month"), _("Kind"), _("Feeling"), _("Theme"), _("Read by staff"))
    return [
        Sheet(_("In short"), (_("What"), _("How many")), list(_summary(concern, public, dossier)), (48, 22)),
        Sheet(_("What was said"), (_("Text"), *about), said, (80, 14, 22, 12, 14, 18, 20, 14)),
        Sheet(_("What was decided"), (_("When"), _("Who"), _("What")), done, (14, 18, 80)),
    ]


def _summary(concern: Concern, public: PublicConcern, dossier: Dossier) -> Iterable[tuple[Cell, Cell]]:
    shown = concern.title.shown(g.lang)
    yield (_("Title"), Words(shown.text, direction(shown.language) == "rtl"))
    yield (_("Neighbourhood"), concern.neighbourhood.name)
    yield (_("State"), str(labels.STATES[concern.state]))
    yield (_("Theme"), _theme(concern.theme))
    if concern.reason:
        yield (_("Reason"), concern.reason.shown(g.lang).text)
    yield (_("People"), _number(public.people))
    if public.copies != 0:
        yield (_("Sent the same text, or almost the same"), _number(public.copies))
    for name, breakdown, told in (
        (_("Language"), public.languages, _language),
        (_("Source"), public.sources, lambda key: str(labels.SOURCES[key])),
        (_("Feeling"), public.feelings, lambda key: str(labels.FEELINGS[key])),
    ):
        yield from _spread(name, breakdown, told)
    if dossier.left_out:
        yield (_("Texts that sound urgent are not in this file. Read them on the screen."), None)
    yield (_("Names, addresses and numbers were taken out. Numbers from 1 to 4 are not shown."), None)


def _spread(name: str, breakdown: ShownBreakdown, told: Any) -> Iterable[tuple[Cell, Cell]]:
    for key, number in breakdown.parts:
        yield (f"{name}: {told(key)}", number)
    if breakdown.parts and breakdown.together != 0:
        yield (f"{name}: {_('All others together')}", _number(breakdown.together))


def _number(number: int | None) -> Cell:
    return _("too few to show") if number is None else number


def _row(one: Said) -> tuple[Cell, ...]:
    return (
        Words(one.text, direction(one.language) == "rtl") if one.language else one.text,
        _language(one.language),
        str(labels.SOURCES[one.source]) if one.source else _("Not shown"),
        one.month or _("Not shown"),
        str(labels.KINDS[one.kind]) if one.kind in labels.KINDS else _("Not determined"),
        str(labels.FEELINGS[one.feeling or "unknown"]),
        _theme(one.theme),
        _("Yes") if one.is_read else _("No"),
    )


def _language(code: str | None) -> str:
    return str(_("Not determined")) if code is None or code == "unknown" else name_in(code, g.lang)


def _theme(theme: str | None) -> str:
    return themes()[theme].title.shown(g.lang).text if theme in themes() else ""


def _step(entry: Entry, zone: ZoneInfo) -> tuple[Cell, ...]:
    return (
        format_date(entry.step.at.astimezone(zone).date(), "short"),
        str(labels.ROLES[entry.step.actor.role]),
        str(step_words.told(entry.step)),
    )

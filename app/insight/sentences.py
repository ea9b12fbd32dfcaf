"""The sentences of a summary, in the reader's language. Each says one count; what was said stands there as quoted."""

from __future__ import annotations

import re
from typing import Any

from flask import g
from flask_babel import format_date, format_decimal, format_percent, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.common.languages import name_in
from app.contributions.models import Source
from app.insight import labels
from app.insight.summary.claims import (
    Count,
    Everyone,
    Feels,
    Group,
    OnSide,
    Period,
    Quote,
    Role,
    SameWords,
    Spoke,
    Uses,
)
from app.insight.summary.over_time import Unit, period_of
from app.insight.summary.summary import TOLD

ROLES: dict[Role, Any] = {
    Role.CENTRAL: _l("Most like what all of them say"),
    Role.ALSO: _l("Also said"),
    Role.COUNTER: _l("Someone who sees it differently"),
}

NOT_USED: dict[str, Any] = {
    "number": _l("it has a number that is not in the counts."),
    "quote": _l("it quotes what nobody said like that."),
    "words": _l("it says more, or less, than the counts and the people do."),
    "no_reference": _l("a sentence does not say which count or quote it tells."),
    "left_out": _l("it leaves out how many people there are, or who sees it differently."),
    "no_summary": _l("there was no summary to write it from."),
}
"""Why a writer's text was not used."""
NO_ANSWER = _l("the writer gave no answer that can be used.")
FEELINGS: dict[str, Any] = {feeling: labels.FEELINGS[feeling] for feeling in TOLD}
"""Those that a summary tells of."""
_IN_QUOTATION_MARKS = re.compile("“([^“”]*)”")


def sentence(claim: Count) -> str:
    """What is counted and how many those are, as one sentence without a full stop."""
    subject, number = claim.subject, claim.number
    if isinstance(subject, Everyone):
        return ngettext("%(num)d person said this", "%(num)d people said this", number)
    if isinstance(subject, SameWords):
        return ngettext("%(num)d person sent the same words", "%(num)d people sent the same words", number)
    if isinstance(subject, Uses):
        return _uses(number, subject.phrase)
    if isinstance(subject, Spoke):
        return _("%(who)s: %(what)s", who=_dates(subject.within), what=people(number))
    if isinstance(subject, Feels):
        said = _("%(feeling)s: %(share)s", feeling=labels.FEELINGS[subject.feeling], share=share(claim))
        return _("%(who)s: %(what)s", who=_who(subject.within), what=said) if subject.within else said
    if isinstance(subject, OnSide):
        side = _("Clearly happy with it") if subject.side == "positive" else _("Clearly unhappy with it")
        return _("%(feeling)s: %(share)s", feeling=side, share=share(claim))
    words = ", ".join(subject.matter)
    stand = (
        _("Says that it should not be done (%(words)s)", words=words)
        if subject.is_against
        else _("Says that it should be done (%(words)s)", words=words)
    )
    return _("%(feeling)s: %(share)s", feeling=stand, share=share(claim))


def _uses(number: int, words: str) -> str:
    return ngettext(
        "%(num)d person uses the words “%(words)s”",
        "%(num)d people use the words “%(words)s”",
        number,
        words=words,
    )


def with_words_apart(text: str) -> Markup:
    """A sentence in which what someone said keeps its own direction, from right to left or the other way."""
    return Markup(_IN_QUOTATION_MARKS.sub(r"“<bdi>\1</bdi>”", str(escape(text))))  # noqa: S704 - escaped before


def people(number: int) -> str:
    """So many people."""
    return ngettext("%(num)d person", "%(num)d people", number)


def share(claim: Count) -> str:
    """So many of so many; with the percentage and what chance leaves possible when that is known."""
    parts = {"number": format_decimal(claim.number), "of": people(claim.of or 0)}
    if claim.interval is None or not claim.of:
        return _("%(number)s of %(of)s", **parts)
    return _("%(number)s of %(of)s (%(percent)s, likely between %(low)s and %(high)s)", **parts, **percents(claim))


def percents(claim: Count) -> dict[str, str]:
    """`percent`, `low` and `high` of a count that has an interval."""
    low, high = claim.interval or (0.0, 1.0)
    return {
        "percent": format_percent(claim.number / (claim.of or 1)),
        "low": format_percent(low),
        "high": format_percent(high),
    }


def leading_in(quote: Quote) -> str:
    """Who says it and why it is here: what stands before a quote."""
    spoken = name_in(quote.language, g.lang) if quote.language else _("Language not determined")
    return _("%(role)s (%(language)s)", role=str(ROLES[quote.role]), language=spoken)


def of_source(quote: Quote) -> str:
    """How the person told it."""
    return str(labels.SOURCES[Source(quote.groups["source"])])


def of_unit(period: Period, unit: Unit) -> str:
    """The name of a week, month, quarter or year."""
    if unit is Unit.WEEK:
        return _("week of %(day)s", day=format_date(period.first, "medium", rebase=False))
    pattern = {Unit.MONTH: "LLLL y", Unit.QUARTER: "QQQ y", Unit.YEAR: "y"}[unit]
    return str(format_date(period.first, pattern, rebase=False))


def of_group(group: Group) -> str:
    """The name of a group."""
    if group.is_rest:
        return _("All others (%(group)s)", group=_dimension(group.dimension))
    if group.dimension == "language":
        return str(name_in(group.value, g.lang))
    return str(labels.SOURCES[Source(group.value)]) if group.dimension == "source" else group.value


def _dimension(dimension: str) -> str:
    return {"language": _("language"), "source": _("how they told us")}.get(dimension, dimension)


def _who(within: Period | Group) -> str:
    return of_group(within) if isinstance(within, Group) else _dates(within)


def _dates(period: Period) -> str:
    unit = next((unit for unit in Unit if period_of(period.first, unit) == period), None)
    if unit is not None:
        return of_unit(period, unit)
    first, last = (format_date(day, "medium", rebase=False) for day in (period.first, period.last))
    return _("%(first)s to %(last)s", first=first, last=last)

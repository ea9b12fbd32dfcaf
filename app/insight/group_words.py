"""Groups of the population, and how they are heard, in the reader's words."""

from __future__ import annotations

from flask import g
from flask_babel import format_percent
from flask_babel import gettext as _

from app.common.languages import name_in
from app.insight.raking import Reason, Why
from app.insight.representation import Group, Verdict
from app.places.population import AGE, GENDER, LANGUAGE, OTHER

BADGES = {
    Verdict.HARDLY: "warning",
    Verdict.LESS: "warning",
    Verdict.NO_DIFFERENCE: "neutral",
    Verdict.MORE: "active",
    Verdict.SILENT: "neutral",
}


def percent(share: float) -> str:
    """A share as a whole percentage; below one percent it says that, so that nobody reads it as none at all."""
    if 0 < share < 0.01:
        return str(_("less than %(percent)s", percent=format_percent(0.01)))
    return str(format_percent(share))


def dimension_name(dimension: str) -> str:
    """What people are grouped by."""
    names = {AGE: _("Age"), GENDER: _("Men and women"), LANGUAGE: _("Language")}
    return str(names.get(dimension, _("Postcode")))


def group_name(dimension: str, group: str) -> str:
    """A group, as it stands in a table."""
    if group == OTHER:
        return str(_("All others"))
    if dimension == LANGUAGE:
        return name_in(group, g.lang)
    if dimension in (AGE, GENDER):
        first, last = _ages(group)
        if first is None:
            return str(_("Men") if group == "men" else _("Women"))
        if last is None:
            return str(_("%(first)s and older", first=first))
        return str(_("%(first)s to %(last)s", first=first, last=last))
    return group


def people_name(dimension: str, group: str) -> str:
    """The people of a group, at the beginning of a sentence."""
    if group == OTHER and dimension == LANGUAGE:
        return str(_("People who speak another language"))
    if dimension == LANGUAGE:
        return str(_("People who speak %(language)s", language=name_in(group, g.lang)))
    if dimension in (AGE, GENDER):
        first, last = _ages(group)
        if first is None:
            return group_name(dimension, group)
        if last is None:
            return str(_("People of %(first)s and older", first=first))
        return str(_("People from %(first)s to %(last)s", first=first, last=last))
    if group == OTHER:
        return str(_("People with another postcode"))
    return str(_("People with postcode %(postcode)s", postcode=group))


def sentence(dimension: str, group: Group) -> str:
    """What is known of one group, in one sentence."""
    words = {"people": people_name(dimension, group.id), "lives": percent(group.population_share)}
    if group.verdict is Verdict.SILENT or group.interval is None:
        return str(_("%(people)s are %(lives)s of the neighbourhood.", **words))
    words |= {"low": percent(group.interval.low), "high": percent(group.interval.high)}
    if group.is_small:
        return str(
            _(
                "%(people)s are %(lives)s of the neighbourhood. Fewer than 5 of them answered: at most %(high)s of "
                "the answers.",
                **words,
            )
        )
    if group.share is None:
        return str(
            _(
                "%(people)s are %(lives)s of the neighbourhood and between %(low)s and %(high)s of the answers. "
                "Their number is not shown, because a smaller number could be worked out from it.",
                **words,
            )
        )
    return str(
        _(
            "%(people)s are %(lives)s of the neighbourhood and %(share)s of the answers (%(low)s to %(high)s).",
            share=percent(group.share),
            **words,
        )
    )


def verdict_name(verdict: Verdict) -> str:
    """How a group is heard, in a few words."""
    names = {
        Verdict.HARDLY: _("Hardly heard"),
        Verdict.LESS: _("Heard too little"),
        Verdict.NO_DIFFERENCE: _("No clear difference"),
        Verdict.MORE: _("Heard a lot"),
        Verdict.SILENT: _("Too few answers to say"),
    }
    return str(names[verdict])


def reason_text(reason: Reason) -> str:
    """Why answers cannot stand for the neighbourhood."""
    if reason.why is Why.CONTRADICTION:
        return str(_("No weights make all groups right at once."))
    if not reason.group:
        return str(_("Too few people answered."))
    people = people_name(reason.dimension, reason.group)
    if reason.why is Why.NOBODY:
        return str(_("%(people)s live here, and none of them answered.", people=people))
    if reason.why is Why.TOO_FEW:
        return str(_("%(people)s: fewer than 5 answered. They cannot speak for all the others.", people=people))
    return str(_("%(people)s answered, and the population table does not have them.", people=people))


def _ages(group: str) -> tuple[str | None, str | None]:
    """The first and the last age of a group such as "age_15_24" and "age_65_plus"; None for what is open."""
    parts = group.split("_")
    if len(parts) != 3:
        return None, None
    return parts[1], parts[2] if parts[2].isdigit() else None

"""Answers, mistakes and moments in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import g
from flask_babel import format_date, format_decimal, format_time
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.common.languages import direction
from app.common.localized import LocalizedText
from app.surveys.answers import MAX_TEXT, Mistake, Wrong
from app.surveys.counting import OptionRow, RangeRow
from app.surveys.definition import Kind, NoAnswer, Question, Value
from app.surveys.models import Survey


def shown(text: LocalizedText) -> Markup:
    """A text for this reader; one that is not in their language carries its own."""
    found = text.shown(g.lang)
    if not found.is_fallback:
        return escape(found.text)
    language = found.language
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction(language), found.text)


def rather_not_say() -> str:
    """The choice of giving no answer."""
    return _("I would rather not say")


def mistake_text(question: Question, wrong: Wrong) -> str:
    """What is wrong, and what to do."""
    number = format_decimal(wrong.number)
    match wrong.mistake:
        case Mistake.NOTHING_CHOSEN:
            return _("Choose an answer. You can also choose “%(choice)s”.", choice=rather_not_say())
        case Mistake.NO_NUMBER_TYPED:
            return _("Type a number. Or tick “%(choice)s”.", choice=rather_not_say())
        case Mistake.UNKNOWN_OPTION:
            return _("Choose one of the answers that are shown here.")
        case Mistake.MORE_THAN_ONE:
            return _("Choose one answer.")
        case Mistake.DECLINED_AND_ANSWERED:
            return _("You gave an answer and also chose “%(choice)s”. Keep one of the two.", choice=rather_not_say())
        case Mistake.ALONE_AND_ANOTHER:
            alone = next(option.text.shown(g.lang).text for option in question.options if option.id == wrong.option)
            return _("“%(choice)s” does not go with another answer. Untick one of them.", choice=alone)
        case Mistake.NOT_A_NUMBER:
            return _(
                "Type a whole number, for example %(number)s.",
                number=format_decimal(min(max(question.minimum, 3), question.maximum)),
            )
        case Mistake.TOO_LOW:
            return _("This number is too low. Type %(number)s or more.", number=number)
        case Mistake.TOO_HIGH:
            return _("This number is too high. Type %(number)s or less.", number=number)
        case Mistake.TOO_LONG:
            return _(
                "Your text has %(length)s characters. Make it shorter: there is room for %(most)s.",
                length=number,
                most=format_decimal(MAX_TEXT),
            )


def value_text(question: Question, value: Value) -> str | Markup:
    """An answer as its giver reads it back."""
    if value is NoAnswer.DECLINED:
        return rather_not_say()
    if value is NoAnswer.LEFT_EMPTY:
        return _("Nothing filled in")
    if question.kind is Kind.NUMBER and isinstance(value, int):
        return format_decimal(value)
    if question.kind is Kind.SCALE:
        return _("%(number)s of 5", number=value)
    if question.kind is Kind.OPEN:
        return Markup("<br>").join(str(value).split("\n"))
    chosen = value if isinstance(value, tuple) else (value,)
    return Markup(" · ").join(shown(option.text) for option in question.options if option.id in chosen)


def bar_rows(question: Question, rows: Iterable[OptionRow | RangeRow]) -> list[tuple[Markup, int | None]]:
    """The counts of a question as a chart takes them."""
    return [(row_label(question, row), row.people) for row in rows]


def row_label(question: Question, row: OptionRow | RangeRow) -> Markup:
    """What a row of counts is about: an option, a step of the scale, or a range of numbers."""
    if isinstance(row, OptionRow):
        return next(shown(option.text) for option in question.options if option.id == row.option_id)
    if question.kind is Kind.NUMBER:
        first, last = format_decimal(row.first), format_decimal(row.last)
        return escape(first) if first == last else escape(_("%(first)s to %(last)s", first=first, last=last))
    ends = {1: question.low, 5: question.high}
    return Markup("{} – {}").format(row.first, shown(ends[row.first])) if row.first in ends else escape(row.first)


def local(moment: datetime, zone: str) -> datetime:
    """A moment as the clocks of the municipality show it."""
    return moment.astimezone(ZoneInfo(zone))


def moment_text(moment: datetime, zone: str) -> str:
    """A moment in the municipality's time: day and time, so that no one has to guess which end of a day is meant."""
    there = local(moment, zone)
    day = format_date(there.date(), "full")
    return _("%(day)s at %(time)s", day=day, time=format_time(there, "short", rebase=False))


def hear_by(survey: Survey, sent_at: datetime, days: int, zone: str) -> date:
    """The day by which who sent answers at this moment hears what happens with them."""
    return local(max(sent_at, survey.closes_at or sent_at), zone).date() + timedelta(days=days)

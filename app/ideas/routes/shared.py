"""What several pages of ideas need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, request
from flask_babel import gettext as _

from app.ideas.excerpt import excerpt
from app.ideas.words import taken_out
from app.places.models import Neighbourhood


def page_number() -> int:
    """The page of a list that is asked for; 1 when that is unreadable."""
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def uuid_or_none(text: str | None) -> UUID | None:
    """The id that was sent with a form, if it is one."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def common(neighbourhood: Neighbourhood) -> dict[str, Any]:
    """What every template here needs: the neighbourhood, the day of a moment there, the beginning of a text."""
    zone = ZoneInfo(neighbourhood.municipality.time_zone)
    day_of: Callable[[datetime], date] = lambda moment: moment.astimezone(zone).date()  # noqa: E731
    return {"neighbourhood": neighbourhood, "day_of": day_of, "excerpt": excerpt}


def tell_what_was_taken_out(found: tuple[str, ...]) -> None:
    """Say on the next page which personal data others do not get to see."""
    if found:
        flash(
            _("To protect people, we took this out before others could see it: %(what)s.", what=taken_out(found)),
            "info",
        )

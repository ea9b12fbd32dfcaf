"""How far away an ambition lies: short (to 1 year), medium (to 4) or long (to 15)."""

from datetime import date
from enum import StrEnum


class Horizon(StrEnum):
    """The three horizons of an integral neighbourhood approach; the values are stored."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"

    @property
    def years(self) -> int:
        """The most years an ambition of this horizon may take."""
        return _YEARS[self]


_YEARS = {Horizon.SHORT: 1, Horizon.MEDIUM: 4, Horizon.LONG: 15}


def last_day(horizon: Horizon, start: date) -> date:
    """The last day that still falls within the horizon, for an ambition that started on ``start``.

    A start on 29 February ends on 28 February when the last year has no 29th.
    """
    year = start.year + horizon.years
    try:
        return start.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def horizon_for(start: date, due: date) -> Horizon | None:
    """The shortest horizon in which ``due`` falls; None when it lies before the start or beyond 15 years."""
    if due < start:
        return None
    return next((horizon for horizon in Horizon if due <= last_day(horizon, start)), None)

"""Which part of the queue someone goes through: in the address, so that each page of the review can carry it on."""

from __future__ import annotations

from typing import Any

from flask import request

from app.insight.models import ConcernState
from app.insight.service import Order, Way
from app.places.framework import THEME_IDS

ALL = "all"


def way() -> Way:
    """The way in this address; what is unreadable is as if it were not there."""
    state, theme, order = (request.args.get(name, "") for name in ("state", "theme", "order"))
    usual = Way()
    return Way(
        state=None if state == ALL else ConcernState(state) if state in list(ConcernState) else usual.state,
        theme=theme if theme in THEME_IDS else None,
        order=Order(order) if order in list(Order) else usual.order,
    )


def carried(this: Way | None = None) -> dict[str, Any]:
    """The same as parts of an address; what is usual is left out."""
    chosen, usual = this or way(), Way()
    parts: dict[str, Any] = {}
    if chosen.state is not usual.state:
        parts["state"] = chosen.state.value if chosen.state is not None else ALL
    if chosen.theme is not None:
        parts["theme"] = chosen.theme
    if chosen.order is not usual.order:
        parts["order"] = chosen.order.value
    return parts

"""What may be used of what was said: one condition, asked by every query of this slice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from app.contributions.service import live
from app.insight.models import Passage


def is_live() -> ColumnElement[bool]:
    """The condition of `contributions.service.live()`, for a query or an update that names Contribution."""
    condition = live().whereclause
    return true() if condition is None else condition


def spoken(*columns: Any) -> Select[Any]:
    """Columns of live passages and their contributions (default: the passages)."""
    return select(*(columns or (Passage,))).select_from(Passage).join(Passage.contribution).where(is_live())

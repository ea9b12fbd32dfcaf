"""Storing a row only when it is not there yet, decided by the database, on both kinds of database."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.common.models import Row
from app.extensions import db


def insert_once(table: type[Row], *unique: str) -> Any:
    """An INSERT that does nothing when a row with the same value in these columns exists (a unique constraint).

    Without columns: when any unique constraint of the table is in the way.
    Of two at the same moment one stores; the other waits for it and then does nothing, so no transaction fails.
    Column defaults apply. Add `.returning(table.id)` to learn which rows are new.
    """
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing(index_elements=unique or None)

"""The base of every table, and the column types that the slices share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, Dialect, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from app.common.localized import LocalizedText
from app.extensions import db


class Row(db.Model):  # type: ignore[name-defined]
    """A table with a random id, which tells nothing about order or number."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. A moment without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class LocalizedTextType(TypeDecorator[LocalizedText]):
    """A LocalizedText as a JSON object from language to text."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: LocalizedText | None, dialect: Dialect) -> dict[str, str] | None:
        return None if value is None else dict(value.texts)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> LocalizedText | None:
        return None if value is None else LocalizedText(value)

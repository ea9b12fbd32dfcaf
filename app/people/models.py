"""Tables of people: residents as pseudonyms, staff with a name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.common.clock import now
from app.common.models import Row, UtcDateTime
from app.people.roles import Role
from app.places.models import Municipality


class Resident(Row):
    """A pseudonym: all that is known is the keyed hash of the receipt code, which the resident alone holds."""

    __tablename__ = "resident"

    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class StaffAccount(Row):
    """Someone who works with what residents say, in one municipality and one role."""

    __tablename__ = "staff_account"

    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[Role] = mapped_column(
        Enum(Role, native_enum=False, length=20, values_callable=lambda e: [r.value for r in e])
    )
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey(Municipality.id), index=True)
    active: Mapped[bool] = mapped_column(default=True)

    municipality: Mapped[Municipality] = relationship(lazy="joined")

    # Flask-Login's questions
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        return str(self.id)

"""Tables of ambitions: the words in versions, the states they went through, and who promised what."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    String,
    TypeDecorator,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, object_session, relationship

from app.ambitions.horizon import Horizon
from app.ambitions.states import State
from app.ambitions.traffic_light import Direction, Outcome
from app.common.clock import now
from app.common.localized import LocalizedText
from app.common.models import LocalizedTextType, Row, UtcDateTime
from app.insight.models import Concern
from app.people.models import StaffAccount
from app.people.roles import Role
from app.places.models import Neighbourhood, Party
from app.voting.models import Poll


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal figure as text, so that it comes back exactly as typed on every database."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def _values(kind: type[StrEnum], length: int = 20) -> Enum:
    """A column of an enumeration's values (not its Python names)."""
    return Enum(kind, native_enum=False, length=length, values_callable=lambda members: [m.value for m in members])


class Ambition(Row):
    """A goal that parties and residents share. `version_number` is the version that holds now."""

    __tablename__ = "ambition"
    __table_args__ = (Index(None, "neighbourhood_id", "state"),)

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id))
    state: Mapped[State] = mapped_column(_values(State), default=State.PROPOSED)
    version_number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    neighbourhood: Mapped[Neighbourhood] = relationship(lazy="joined")
    current: Mapped[AmbitionVersion] = relationship(
        primaryjoin="and_(AmbitionVersion.ambition_id == Ambition.id, "
        "AmbitionVersion.number == Ambition.version_number)",
        foreign_keys="[AmbitionVersion.ambition_id, AmbitionVersion.number]",
        viewonly=True,
        lazy="joined",
    )
    versions: Mapped[list[AmbitionVersion]] = relationship(
        back_populates="ambition", order_by="AmbitionVersion.number.desc()"
    )
    concern_links: Mapped[list[AmbitionConcern]] = relationship(
        back_populates="ambition", order_by="AmbitionConcern.linked_at"
    )
    changes: Mapped[list[StateChange]] = relationship(back_populates="ambition", order_by="StateChange.at")
    agreements: Mapped[list[Agreement]] = relationship(
        back_populates="ambition", order_by="Agreement.due, Agreement.created_at"
    )


class AmbitionVersion(Row):
    """The words of an ambition as they were from `created_at` on. Never changed: a correction is a new version.

    `author_role` stays when the author's account is gone. `submission_id` makes a double tap one version.
    """

    __tablename__ = "ambition_version"
    __table_args__ = (
        UniqueConstraint("ambition_id", "number"),
        CheckConstraint("number = 1 OR reason IS NOT NULL", name="change_has_reason"),
    )

    ambition_id: Mapped[UUID] = mapped_column(ForeignKey(Ambition.id))
    number: Mapped[int]
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    why: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    theme: Mapped[str] = mapped_column(String(40))
    horizon: Mapped[Horizon] = mapped_column(_values(Horizon, 10))
    reason: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType(none_as_null=True))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    author_role: Mapped[Role] = mapped_column(_values(Role))
    submission_id: Mapped[UUID] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    ambition: Mapped[Ambition] = relationship(back_populates="versions", foreign_keys=[ambition_id])


class AmbitionConcern(Row):
    """An ambition rests on a concern: this is how it is walked back to the words."""

    __tablename__ = "ambition_concern"
    __table_args__ = (UniqueConstraint("ambition_id", "concern_id"),)

    ambition_id: Mapped[UUID] = mapped_column(ForeignKey(Ambition.id))
    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id), index=True)
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    linked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))

    ambition: Mapped[Ambition] = relationship(back_populates="concern_links")


class StateChange(Row):
    """An ambition came into another state: when, with which words, and why. Never changed.

    `poll_id` is the poll that it was put to, or that decided.
    """

    __tablename__ = "ambition_state_change"
    __table_args__ = (
        Index(None, "ambition_id", "at"),
        CheckConstraint("to_state <> 'dropped' OR reason IS NOT NULL", name="dropped_has_reason"),
    )

    ambition_id: Mapped[UUID] = mapped_column(ForeignKey(Ambition.id))
    to_state: Mapped[State] = mapped_column(_values(State))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version_number: Mapped[int]
    reason: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType(none_as_null=True))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    by_role: Mapped[Role | None] = mapped_column(_values(Role))
    poll_id: Mapped[UUID | None] = mapped_column(ForeignKey(Poll.id), index=True)

    ambition: Mapped[Ambition] = relationship(back_populates="changes")


class Agreement(Row):
    """What one party will deliver for an ambition, by when, measured how. Never changed: it was promised.

    `due` is the last day that is in time, in the municipality's time zone. With a `target` only figures decide
    whether it is kept; without one, a report says yes or no.
    """

    __tablename__ = "agreement"
    __table_args__ = (Index(None, "ambition_id", "due"),)

    ambition_id: Mapped[UUID] = mapped_column(ForeignKey(Ambition.id))
    party_id: Mapped[UUID] = mapped_column(ForeignKey(Party.id), index=True)
    what: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    due: Mapped[date]
    measured_how: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    target: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    direction: Mapped[Direction] = mapped_column(_values(Direction), default=Direction.AT_LEAST)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    submission_id: Mapped[UUID] = mapped_column(unique=True)

    ambition: Mapped[Ambition] = relationship(back_populates="agreements")
    party: Mapped[Party] = relationship(lazy="joined")
    reports: Mapped[list[ProgressReport]] = relationship(back_populates="agreement", order_by="ProgressReport.at")


class ProgressReport(Row):
    """How an agreement goes, in a sentence and perhaps a figure. Never changed: a newer report corrects it."""

    __tablename__ = "progress_report"
    __table_args__ = (Index(None, "agreement_id", "at"),)

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey(Agreement.id))
    sentence: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    figure: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    outcome: Mapped[Outcome] = mapped_column(_values(Outcome), default=Outcome.UNDER_WAY)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    submission_id: Mapped[UUID] = mapped_column(unique=True)

    agreement: Mapped[Agreement] = relationship(back_populates="reports")


class NeverChanges(RuntimeError):
    """Someone relied on this row; a correction is a new row."""


@event.listens_for(AmbitionVersion, "before_update")
@event.listens_for(StateChange, "before_update")
@event.listens_for(Agreement, "before_update")
@event.listens_for(ProgressReport, "before_update")
def _refuse(_mapper: Mapper[Any], _connection: Any, row: Row) -> None:
    # A row counts as touched also when something was only hung under it.
    session = object_session(row)
    if session is not None and session.is_modified(row, include_collections=False):
        raise NeverChanges(row.__tablename__)

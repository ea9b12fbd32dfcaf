"""Tables of places and of who acts there."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.common.localized import LocalizedText
from app.common.models import LocalizedTextType, Row

SECTORS = ("municipality", "housing", "care", "social", "safety", "work", "youth", "residents", "other")


class Municipality(Row):
    """A municipality, with its CBS code ("GM0344") and its time zone."""

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="Europe/Amsterdam")

    neighbourhoods: Mapped[list[Neighbourhood]] = relationship(
        back_populates="municipality", order_by="Neighbourhood.name"
    )
    parties: Mapped[list[Party]] = relationship(back_populates="municipality", order_by="Party.name")


class Neighbourhood(Row):
    """A neighbourhood (wijk or buurt), with its CBS code ("WK034401")."""

    __tablename__ = "neighbourhood"

    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str]
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey(Municipality.id), index=True)

    municipality: Mapped[Municipality] = relationship(back_populates="neighbourhoods", lazy="joined")


class Party(Row):
    """An organisation that acts in a municipality: housing corporation, care, police, school, residents' group.

    `sector`: one of SECTORS.
    """

    __tablename__ = "party"

    municipality_id: Mapped[UUID] = mapped_column(ForeignKey(Municipality.id), index=True)
    name: Mapped[str]
    sector: Mapped[str] = mapped_column(String(40))
    description: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText({}))

    municipality: Mapped[Municipality] = relationship(back_populates="parties")


class PopulationGroup(Row):
    """How many people of one group live in a neighbourhood.

    `dimension` and `group_id` are those of `app.places.population`; `source`: who counted them, and when. The groups
    of one dimension come and go together, in the order of `position`.
    """

    __tablename__ = "population_group"
    __table_args__ = (
        UniqueConstraint("neighbourhood_id", "dimension", "group_id"),
        CheckConstraint("people >= 0", name="people_not_negative"),
    )

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id))
    dimension: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(200), default="")

"""Tables of the stream."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Enum, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.common.clock import now
from app.common.models import Row, UtcDateTime
from app.people.models import Resident
from app.places.models import Neighbourhood


class Source(StrEnum):
    """Where a contribution came from."""

    SURVEY_ANSWER = "survey_answer"
    IDEA = "idea"
    COMMENT = "comment"
    NOTE = "note"
    IMPORT = "import"


class Contribution(Row):
    """One piece of resident text. It waits for analysis as long as `analysed_at` is empty (the outbox).

    `source_key` is unique ("idea:<id>"), so the same words sent twice are one contribution. `redacted_text` is
    what others may read, once it is there; `language` is a hint at first and what was found afterwards.
    `hidden_at` is set while staff keeps the words from others; unlike a withdrawal it can be undone.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        Index(None, "neighbourhood_id", "created_at"),
        Index(None, "neighbourhood_id", "analysed_at"),
        Index(
            "ix_contribution_waiting",
            "created_at",
            postgresql_where=text("analysed_at IS NULL"),
            sqlite_where=text("analysed_at IS NULL"),
        ),
    )

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id))
    resident_id: Mapped[UUID | None] = mapped_column(ForeignKey(Resident.id), index=True)
    source: Mapped[Source] = mapped_column(
        Enum(Source, native_enum=False, length=20, values_callable=lambda e: [s.value for s in e])
    )
    source_key: Mapped[str] = mapped_column(String(120), unique=True)
    redacted_text: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    analysed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    original: Mapped[ContributionOriginal | None] = relationship(
        back_populates="contribution", cascade="all, delete-orphan", single_parent=True
    )

    @property
    def is_live(self) -> bool:
        """Whether it may be used: what `service.live()` asks of the database."""
        return self.withdrawn_at is None and self.hidden_at is None


class ContributionOriginal(Row):
    """The words exactly as typed, kept apart: only redaction reads them, and staff with that permission."""

    __tablename__ = "contribution_original"

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey(Contribution.id), unique=True)
    text: Mapped[str] = mapped_column(Text)

    contribution: Mapped[Contribution] = relationship(back_populates="original")

"""Tables of ideas. What stands here is public: the words without personal data.

Whether something may be seen is not stored here: it follows from its contribution (`contributions.service.live`),
so words that are withdrawn or hidden are so everywhere at once.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.common.clock import now
from app.common.models import Row, UtcDateTime
from app.contributions.models import Contribution
from app.people.models import Resident
from app.places.models import Neighbourhood


class Posted(Row):
    """What ideas and comments share. `submission_id` is unique: a double tap or a resend is one row."""

    __abstract__ = True

    resident_id: Mapped[UUID] = mapped_column(ForeignKey(Resident.id), index=True)
    contribution_id: Mapped[UUID] = mapped_column(ForeignKey(Contribution.id), unique=True)
    submission_id: Mapped[UUID] = mapped_column(unique=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    hidden_reason: Mapped[str | None] = mapped_column(Text)

    @declared_attr
    def contribution(cls) -> Mapped[Contribution]:  # noqa: N805
        return relationship(Contribution)

    @property
    def language(self) -> str | None:
        """The language it is in, as far as that could be found."""
        return self.contribution.language

    @property
    def is_hidden(self) -> bool:
        """Whether staff keeps it from others."""
        return self.contribution.hidden_at is not None


class Idea(Posted):
    """What a resident proposes. The title says it in a few words; more text is not required."""

    __tablename__ = "idea"
    __table_args__ = (Index(None, "neighbourhood_id", "created_at"),)

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id))
    title: Mapped[str] = mapped_column(Text)


class Comment(Posted):
    """What a resident says about an idea."""

    __tablename__ = "idea_comment"
    __table_args__ = (Index(None, "idea_id", "created_at"),)

    idea_id: Mapped[UUID] = mapped_column(ForeignKey(Idea.id))

    idea: Mapped[Idea] = relationship()


class Support(Row):
    """That a resident finds an idea good: once, and to be taken back."""

    __tablename__ = "idea_support"
    __table_args__ = (UniqueConstraint("idea_id", "resident_id"),)

    idea_id: Mapped[UUID] = mapped_column(ForeignKey(Idea.id))
    resident_id: Mapped[UUID] = mapped_column(ForeignKey(Resident.id), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

"""Tables of voting."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Enum, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.common.clock import now
from app.common.localized import LocalizedText
from app.common.models import LocalizedTextType, Row, UtcDateTime
from app.places.models import Neighbourhood
from app.voting.approval import ApprovalRule


class PollState(StrEnum):
    """Where a poll is. `OPEN` also has to be asked of the clock: see `Poll.takes_ballots`."""

    DRAFT = "draft"
    OPEN = "open"
    COUNTED = "counted"
    CANCELLED = "cancelled"


class Poll(Row):
    """A vote in a neighbourhood. Its question, options and rule cannot change once it is open."""

    __tablename__ = "poll"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "slug"),)

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    submission_id: Mapped[str] = mapped_column(String(36), unique=True)
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    question: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    seats: Mapped[int]
    min_choices: Mapped[int]
    max_choices: Mapped[int]
    threshold_percent: Mapped[int]
    last_day: Mapped[date]
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[PollState] = mapped_column(
        Enum(PollState, native_enum=False, length=20, values_callable=lambda e: [s.value for s in e]),
        default=PollState.DRAFT,
        index=True,
    )
    cancel_reason: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    locked_key: Mapped[bytes | None] = mapped_column(LargeBinary)

    neighbourhood: Mapped[Neighbourhood] = relationship()
    options: Mapped[list[PollOption]] = relationship(back_populates="poll", order_by="PollOption.position")
    result: Mapped[PollResult | None] = relationship(back_populates="poll")

    @property
    def rule(self) -> ApprovalRule:
        """The tally rule; ties are drawn with the poll's own id."""
        return ApprovalRule(
            seats=self.seats,
            min_choices=self.min_choices,
            max_choices=self.max_choices,
            threshold_percent=self.threshold_percent,
            draw_seed=str(self.id),
        )

    @property
    def is_on_ambitions(self) -> bool:
        """Whether options stand for ambitions, so that the result can be taken over."""
        return any(option.subject.startswith("ambition:") for option in self.options)

    @property
    def takes_ballots(self) -> bool:
        """Whether a ballot may be cast at this moment."""
        return self.state is PollState.OPEN and now() <= self.closes_at

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed, counted already or not."""
        return self.state is PollState.COUNTED or (self.state is PollState.OPEN and now() > self.closes_at)


class PollOption(Row):
    """What can be chosen. `subject` says what it stands for ("ambition:<id>"), empty when it was typed in."""

    __tablename__ = "poll_option"
    __table_args__ = (UniqueConstraint("poll_id", "key"),)

    poll_id: Mapped[UUID] = mapped_column(ForeignKey(Poll.id), index=True)
    key: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]
    subject: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    description: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText({}))

    poll: Mapped[Poll] = relationship(back_populates="options")


class AccessCode(Row):
    """The right to one vote: the keyed hash of a code on paper. `replaced_at`: it was lost and no longer counts."""

    __tablename__ = "access_code"
    __table_args__ = (UniqueConstraint("poll_id", "code_hash"), UniqueConstraint("poll_id", "number"))

    poll_id: Mapped[UUID] = mapped_column(ForeignKey(Poll.id))
    code_hash: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    batch: Mapped[str] = mapped_column(String(36), index=True)
    area: Mapped[str] = mapped_column(String(80), default="")
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Envelope(Row):
    """A cast ballot before the count: outside the keyed hash of the code, inside a sealed box. No time is kept."""

    __tablename__ = "envelope"
    __table_args__ = (UniqueConstraint("poll_id", "code_hash"),)

    poll_id: Mapped[UUID] = mapped_column(ForeignKey(Poll.id))
    code_hash: Mapped[str] = mapped_column(String(64))
    box: Mapped[bytes] = mapped_column(LargeBinary)
    submission_hash: Mapped[str] = mapped_column(String(64))


class Ballot(Row):
    """An opened ballot: a random id and the choices, and nothing that leads back to a code or a moment."""

    __tablename__ = "ballot"

    poll_id: Mapped[UUID] = mapped_column(ForeignKey(Poll.id), index=True)
    choices: Mapped[list[str]] = mapped_column(JSON)


class PollResult(Row):
    """The outcome as it was on the day of the count; never changed."""

    __tablename__ = "poll_result"

    poll_id: Mapped[UUID] = mapped_column(ForeignKey(Poll.id), unique=True)
    codes_given: Mapped[int]
    unreadable: Mapped[int]
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)

    poll: Mapped[Poll] = relationship(back_populates="result")

"""Tables of insight: what residents said, piece by piece, and the concerns it adds up to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.common.clock import now
from app.common.localized import LocalizedText
from app.common.models import LocalizedTextType, Row, UtcDateTime
from app.contributions.models import Contribution
from app.insight.reading_notes import Why
from app.insight.undoing import StepKind
from app.people.models import StaffAccount
from app.places.models import Neighbourhood


class ConcernState(StrEnum):
    """How far the review of a concern is."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    MERGED = "merged"


class Concern(Row):
    """Passages of one neighbourhood that say the same thing.

    `reviewed_at` is set by the first thing that staff decides about it; from then on the analysis may add
    passages but leaves the concern itself alone. `read_until`: staff has read what came in up to that moment, and
    nothing when it is empty. `theme_by_staff`: the theme does not follow the passages any more. `version` counts
    changes: of two people who change it at the same moment, the second is told. `catalogue_id` is its type in the
    catalogue of known concerns, when it has one. `submission_id` is set when staff added it, so that a double tap is
    one concern.
    """

    __tablename__ = "concern"
    __table_args__ = (
        Index(None, "neighbourhood_id", "state"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_has_target"),
        CheckConstraint("state <> 'dismissed' OR reason IS NOT NULL", name="dismissed_has_reason"),
        CheckConstraint("state = 'found' OR reviewed_at IS NOT NULL", name="decided_is_reviewed"),
    )

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id))
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    state: Mapped[ConcernState] = mapped_column(
        Enum(ConcernState, native_enum=False, length=12, values_callable=lambda e: [s.value for s in e]),
        default=ConcernState.FOUND,
    )
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("concern.id"), index=True)
    reason: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType(none_as_null=True))
    theme: Mapped[str | None] = mapped_column(String(40))
    catalogue_id: Mapped[str | None] = mapped_column(String(80))
    named_by_staff: Mapped[bool] = mapped_column(default=False)
    theme_by_staff: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    read_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    submission_id: Mapped[UUID | None] = mapped_column(unique=True)

    neighbourhood: Mapped[Neighbourhood] = relationship()
    reviewed_by: Mapped[StaffAccount | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Passage(Row):
    """A part of one contribution that says one thing, without personal data.

    `start` and `end` are positions in the contribution's redacted text. `vector` is its meaning, as little-endian
    float32, made by `encoder`. A passage in no concern is a single voice. `pinned` means that a person put it
    where it is. `created_at` moves on when it comes into another concern unread: it is new there.
    `quote_rank` orders the few passages that speak for their concern, 1 first. `campaign` is the same in all copies,
    or nearly copies, of a text that many people of the neighbourhood sent; empty in all others.
    """

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("contribution_id", "start"),
        Index(None, "concern_id", "quote_rank"),
    )

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey(Contribution.id, ondelete="CASCADE"))
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey(Concern.id))
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(12))
    theme: Mapped[str | None] = mapped_column(String(40))
    theme_score: Mapped[float | None]
    kind: Mapped[str | None] = mapped_column(String(20))
    feeling: Mapped[str | None] = mapped_column(String(20))
    urgent: Mapped[bool] = mapped_column(default=False)
    pinned: Mapped[bool] = mapped_column(default=False)
    quote_rank: Mapped[int | None]
    campaign: Mapped[str | None] = mapped_column(String(16))
    vector: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    encoder: Mapped[str] = mapped_column(String(80), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    contribution: Mapped[Contribution] = relationship()
    concern: Mapped[Concern | None] = relationship()


class AnalysisAttempt(Row):
    """A contribution that a worker has in hand, or that could not be analysed.

    Taking it in hand is a row here, so two workers never do the same one. A worker that dies leaves `held_until`
    behind; after that moment another tries again. `failed_at` ends the trying until staff asks for it again;
    `failure` names the kind of error, never the words.
    """

    __tablename__ = "analysis_attempt"

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey(Contribution.id, ondelete="CASCADE"), unique=True)
    held_until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=1)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str | None] = mapped_column(String(200))

    contribution: Mapped[Contribution] = relationship()


class ReadingNote(Row):
    """A reason why the computer reads this contribution less well than others: staff looks at it themselves."""

    __tablename__ = "reading_note"
    __table_args__ = (UniqueConstraint("contribution_id", "why"),)

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey(Contribution.id, ondelete="CASCADE"))
    why: Mapped[Why] = mapped_column(
        Enum(Why, native_enum=False, length=12, values_callable=lambda e: [w.value for w in e])
    )


class Grouping(Row):
    """Where one neighbourhood's grouping into concerns stands.

    `revision` counts everything that changes the outcome: new passages, erased ones, decisions of staff. Grouping
    writes only when it is still the number it started with. `due` is the outbox: there is something to group.
    """

    __tablename__ = "neighbourhood_grouping"

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id), unique=True)
    revision: Mapped[int] = mapped_column(default=0)
    due: Mapped[bool] = mapped_column(default=False)


class ReviewStep(Row):
    """One thing that staff decided in the review: who, what, when, and what it takes to undo it.

    `number` orders the steps of a neighbourhood. `concern` is what it was about, `other` the concern that words went
    to. `before` has, of each concern that it changed, the fields as they were; `made` in it is a concern that this
    step made. `undoes` is the step that this one took back: each is taken back once.
    """

    __tablename__ = "review_step"
    __table_args__ = (
        UniqueConstraint("neighbourhood_id", "number"),
        CheckConstraint("(kind = 'undo') = (undoes_id IS NOT NULL)", name="undo_undoes"),
    )

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id))
    number: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(
        Enum(StepKind, native_enum=False, length=12, values_callable=lambda e: [k.value for k in e])
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    actor_id: Mapped[UUID] = mapped_column(ForeignKey(StaffAccount.id))
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey(Concern.id), index=True)
    other_id: Mapped[UUID | None] = mapped_column(ForeignKey(Concern.id), index=True)
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("review_step.id"), unique=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)

    actor: Mapped[StaffAccount] = relationship()
    concern: Mapped[Concern | None] = relationship(foreign_keys=[concern_id])
    other: Mapped[Concern | None] = relationship(foreign_keys=[other_id])
    undoes: Mapped[ReviewStep | None] = relationship(remote_side="ReviewStep.id")


class MovedPassage(Row):
    """A passage that a step of the review put elsewhere. It goes when the words are taken back."""

    __tablename__ = "moved_passage"
    __table_args__ = (UniqueConstraint("step_id", "passage_id"),)

    step_id: Mapped[UUID] = mapped_column(ForeignKey(ReviewStep.id))
    passage_id: Mapped[UUID] = mapped_column(ForeignKey(Passage.id, ondelete="CASCADE"), index=True)
    was_pinned: Mapped[bool]


class ConcernExample(Row):
    """A sentence by staff that shows the computer what belongs in a concern.

    Nobody said it, so it is counted, quoted and exported nowhere. `vector` and `encoder` as for a passage.
    `added_in` is the step of the review that wrote it, `removed_in` the one that took it away: from then on it does
    not count.
    """

    __tablename__ = "concern_example"

    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(12))
    vector: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    encoder: Mapped[str] = mapped_column(String(80), index=True)
    added_in_id: Mapped[UUID] = mapped_column(ForeignKey(ReviewStep.id), index=True)
    removed_in_id: Mapped[UUID | None] = mapped_column(ForeignKey(ReviewStep.id), index=True)

    concern: Mapped[Concern] = relationship()
    added_in: Mapped[ReviewStep] = relationship(foreign_keys=[added_in_id])


class ConcernProse(Row):
    """A running text about a concern that staff asked the writer for, in one language.

    It waits for the worker until it has a `text`, or `refused` says why there is none. A worker that has it in hand
    holds it until `held_until`. The text is checked again against the words whenever it is shown.
    """

    __tablename__ = "concern_prose"
    __table_args__ = (UniqueConstraint("concern_id", "language"),)

    concern_id: Mapped[UUID] = mapped_column(ForeignKey(Concern.id, ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    text: Mapped[str | None] = mapped_column(Text)
    refused: Mapped[str | None] = mapped_column(String(20))

    concern: Mapped[Concern] = relationship()

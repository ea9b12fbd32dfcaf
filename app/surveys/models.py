"""Tables of surveys."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.common.clock import now
from app.common.models import Row, UtcDateTime
from app.people.models import Resident
from app.places.models import Neighbourhood
from app.surveys.opening import Opening, opening_at


class Survey(Row):
    """A survey in one neighbourhood: what it asks is in its versions, when it can be filled in is here.

    `slug` is the `survey:` of its file. `closes_at` is its last moment, empty when it stays open.
    """

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "slug"),)

    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey(Neighbourhood.id))
    slug: Mapped[str] = mapped_column(String(40))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    neighbourhood: Mapped[Neighbourhood] = relationship()

    @property
    def opening(self) -> Opening:
        """Whether it can be filled in at this moment."""
        return opening_at(now(), self.opens_at, self.closes_at)


class SurveyVersion(Row):
    """A published file. It never changes: other words are a next version, and answers belong to a version.

    `checksum` is the SHA-256 of `definition` (the YAML text) and is checked each time that it is read.
    """

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id))
    number: Mapped[int]
    definition: Mapped[str] = mapped_column(Text, deferred=True)
    checksum: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Response(Row):
    """One resident's answers to one version. It counts once `submitted_at` is set, until it is withdrawn.

    A resident has one response to a survey that is not withdrawn: the database holds that, so a double tap makes one.
    """

    __tablename__ = "survey_response"
    __table_args__ = (
        Index(
            "ix_survey_response_one_each",
            "survey_id",
            "resident_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
            sqlite_where=text("withdrawn_at IS NULL"),
        ),
    )

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id))
    survey_version_id: Mapped[UUID] = mapped_column(ForeignKey(SurveyVersion.id), index=True)
    resident_id: Mapped[UUID] = mapped_column(ForeignKey(Resident.id), index=True)
    language: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Answer(Row):
    """One answer as `app.surveys.answers.to_json` gives it. Once sent, an open one holds no words (`TOLD`)."""

    __tablename__ = "survey_answer"
    __table_args__ = (UniqueConstraint("response_id", "question_id"),)

    response_id: Mapped[UUID] = mapped_column(ForeignKey(Response.id))
    question_id: Mapped[str] = mapped_column(String(40))
    value: Mapped[Any] = mapped_column(JSON)


def source_key(answer_id: UUID) -> str:
    """The key of the contribution that the words of this answer become."""
    return f"survey-answer:{answer_id}"


class PublishedIsFixed(Exception):
    """A published version of a survey was about to be changed."""


@event.listens_for(SurveyVersion, "before_update")
def _refuse_change(_mapper: Mapper[Any], _connection: Connection, _version: SurveyVersion) -> None:
    raise PublishedIsFixed

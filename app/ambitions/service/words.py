"""Making an ambition and changing its words: every change is a new version with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.ambitions.horizon import Horizon
from app.ambitions.models import Ambition, AmbitionVersion
from app.ambitions.service.links import add_link, check_concern
from app.ambitions.states import State, may_be_edited
from app.common.audit import record
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight.models import Concern
from app.people.models import StaffAccount
from app.places.models import Neighbourhood


@dataclass(frozen=True)
class Words:
    """What an ambition says."""

    title: LocalizedText
    why: LocalizedText
    theme: str
    horizon: Horizon


class EditedMeanwhile(Exception):
    """Someone else made a new version while this one was being typed. `current` is theirs."""

    def __init__(self, current: AmbitionVersion) -> None:
        super().__init__(current.number)
        self.current = current


class WordsAreFixed(Exception):
    """Residents are voting on these words, or the ambition is over."""


class NothingChanged(Exception):
    """The new version would say the same as the one before."""


def words_of(version: AmbitionVersion) -> Words:
    """What this version says."""
    return Words(version.title, version.why, version.theme, version.horizon)


def _version_sent(submission_id: UUID) -> AmbitionVersion | None:
    return db.session.scalar(select(AmbitionVersion).where(AmbitionVersion.submission_id == submission_id))


def _version(
    ambition: Ambition, number: int, words: Words, reason: LocalizedText | None, by: StaffAccount, sent: UUID
) -> AmbitionVersion:
    return AmbitionVersion(
        ambition_id=ambition.id,
        number=number,
        title=words.title,
        why=words.why,
        theme=words.theme,
        horizon=words.horizon,
        reason=reason,
        author_id=by.id,
        author_role=by.role,
        submission_id=sent,
    )


def create(
    neighbourhood: Neighbourhood,
    words: Words,
    *,
    by: StaffAccount,
    submission_id: UUID,
    concern: Concern | None = None,
) -> Ambition:
    """Propose an ambition, resting on a concern when one is given. The same submission again gives the same one.

    Raises NotTheSamePlace or NotConfirmed when it cannot rest on that concern.
    """
    sent_before = _version_sent(submission_id)
    if sent_before is not None:
        return sent_before.ambition
    if concern is not None:
        check_concern(concern, neighbourhood.id)
    ambition = Ambition(neighbourhood_id=neighbourhood.id)
    db.session.add(ambition)
    db.session.flush()
    db.session.add(_version(ambition, 1, words, None, by, submission_id))
    record(by, "ambition.created", ambition)
    try:
        if concern is not None:
            add_link(ambition, concern, by)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        sent_before = _version_sent(submission_id)
        if sent_before is None:
            raise
        return sent_before.ambition
    return ambition


def edit(
    ambition: Ambition,
    words: Words,
    *,
    reason: LocalizedText,
    seen_version: int,
    by: StaffAccount,
    submission_id: UUID,
) -> Ambition:
    """Make a new version of the words, on top of the version that the editor saw.

    Raises EditedMeanwhile when that is not the newest any more, WordsAreFixed when the words may not change now,
    and NothingChanged. The same submission again changes nothing.
    """
    sent_before = _version_sent(submission_id)
    if sent_before is not None:
        return sent_before.ambition
    if ambition.version_number == seen_version and words_of(ambition.current) == words:
        raise NothingChanged
    editable = [state for state in State if may_be_edited(state)]
    # The condition is in the update itself, so that of two people at the same moment only one is first.
    moved: Any = db.session.execute(
        update(Ambition)
        .where(Ambition.id == ambition.id, Ambition.version_number == seen_version, Ambition.state.in_(editable))
        .values(version_number=seen_version + 1)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        db.session.rollback()
        sent_before = _version_sent(submission_id)
        if sent_before is not None:
            return sent_before.ambition
        if not may_be_edited(ambition.state):
            raise WordsAreFixed
        raise EditedMeanwhile(ambition.current)
    db.session.add(_version(ambition, seen_version + 1, words, reason, by, submission_id))
    record(by, "ambition.edited", ambition, version=seen_version + 1)
    db.session.commit()
    return ambition

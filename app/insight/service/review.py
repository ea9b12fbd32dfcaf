"""What a coordinator decides about concerns. Each function is one decision and one transaction.

Each takes the version of the concern that the person saw. When someone else changed it since, nothing is written
and `ChangedMeanwhile` says so. Each decision is in the audit trail, and the analysis leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm.exc import StaleDataError

from app.common.audit import record
from app.common.clock import now
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight.models import Concern, ConcernState, Passage
from app.insight.service import quoting, revisions
from app.insight.service.came_in import came_in
from app.people.models import StaffAccount


class ChangedMeanwhile(Exception):
    """Someone else, or the analysis, changed this since the page was opened. Nothing was written."""


class NotPossible(Exception):
    """The decision does not fit the state of the concern. Nothing was written."""


@contextmanager
def _deciding(concern_id: UUID, version: int, actor: StaffAccount) -> Iterator[Concern]:
    """One decision about one concern: alone in its neighbourhood, on the version that the person saw."""
    try:
        seen = db.session.get_one(Concern, concern_id)
        revisions.changed([seen.neighbourhood_id], due=False)
        concern = db.session.get_one(Concern, concern_id, populate_existing=True)
        if concern.version != version:
            raise ChangedMeanwhile
        if concern.state is ConcernState.MERGED:
            raise NotPossible
        _reviewed(concern, actor)
        yield concern
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise ChangedMeanwhile from error
    except (ChangedMeanwhile, NotPossible):
        db.session.rollback()
        raise


def _reviewed(concern: Concern, actor: StaffAccount) -> None:
    if concern.state is ConcernState.CONFIRMED and came_in(concern.id)[0]:
        return  # a new title, or one more passage, does not mean that what came in was read
    _read_by(concern, actor)


def _read_by(concern: Concern, actor: StaffAccount) -> None:
    concern.reviewed_at = now()
    concern.reviewed_by_id = actor.id


def confirm(concern_id: UUID, version: int, actor: StaffAccount) -> Concern:
    """This is a concern of residents: from now on everyone can see it."""
    with _deciding(concern_id, version, actor) as concern:
        if concern.state is not ConcernState.FOUND:
            raise NotPossible
        concern.state = ConcernState.CONFIRMED
        _read_by(concern, actor)
        record(actor, "concern.confirm", concern)
    return concern


def read_new(concern_id: UUID, version: int, until: datetime | None, actor: StaffAccount) -> Concern:
    """What came into a confirmed concern, up to and including `until`, has been read: it may be quoted.

    When more came in since the person opened the page, nothing is written: they have not seen that.
    """
    with _deciding(concern_id, version, actor) as concern:
        people, last = came_in(concern.id)
        if concern.state is not ConcernState.CONFIRMED or not people or last is None:
            raise NotPossible
        if until is None or last > until:
            raise ChangedMeanwhile
        _read_by(concern, actor)
        record(actor, "concern.read_new", concern, people=people)
    return concern


def rename(concern_id: UUID, version: int, title: LocalizedText, actor: StaffAccount) -> Concern:
    """Give the concern a title of the coordinator's own, in one or more languages."""
    with _deciding(concern_id, version, actor) as concern:
        concern.title = title
        concern.named_by_staff = True
        record(actor, "concern.rename", concern, languages=sorted(title.texts))
    return concern


def dismiss(concern_id: UUID, version: int, reason: LocalizedText, actor: StaffAccount) -> Concern:
    """This is taken no further. The people who said it read the reason."""
    with _deciding(concern_id, version, actor) as concern:
        if concern.state is ConcernState.DISMISSED or not reason:
            raise NotPossible
        concern.state, concern.reason = ConcernState.DISMISSED, reason
        record(actor, "concern.dismiss", concern, languages=sorted(reason.texts))
    return concern


def reopen(concern_id: UUID, version: int, actor: StaffAccount) -> Concern:
    """Take a decision back: the concern is to be reviewed again, and no longer public."""
    with _deciding(concern_id, version, actor) as concern:
        if concern.state is ConcernState.FOUND:
            raise NotPossible
        record(actor, "concern.reopen", concern, was=concern.state.value)
        concern.state, concern.reason = ConcernState.FOUND, None
    return concern


def merge(concern_id: UUID, version: int, target_id: UUID, actor: StaffAccount) -> Concern:
    """Put everything of this concern into another one of the same neighbourhood; gives that other one.

    What was merged into this concern earlier follows: a merged concern always points at one that is not merged.
    """
    with _deciding(concern_id, version, actor) as concern:
        target = db.session.get(Concern, target_id, populate_existing=True)
        if (
            target is None
            or target.id == concern.id
            or target.neighbourhood_id != concern.neighbourhood_id
            or target.state is ConcernState.MERGED
        ):
            raise NotPossible
        passages = update(Passage).where(Passage.concern_id == concern.id)
        db.session.execute(passages.values(concern_id=target.id, pinned=True, quote_rank=None))
        followers = update(Concern).where(Concern.merged_into_id == concern.id)
        db.session.execute(followers.values(merged_into_id=target.id))
        concern.state, concern.merged_into_id, concern.reason = ConcernState.MERGED, target.id, None
        _reviewed(target, actor)
        record(actor, "concern.merge", concern, into=str(target.id))
        quoting.choose_again(target.id)
    return target


def split(
    concern_id: UUID, version: int, passage_ids: Collection[UUID], title: LocalizedText, actor: StaffAccount
) -> Concern:
    """Take these passages out of the concern into a new one, which is still to be confirmed; gives the new one."""
    with _deciding(concern_id, version, actor) as concern:
        here = Passage.concern_id == concern.id
        chosen = set(db.session.scalars(select(Passage.id).where(here, Passage.id.in_(passage_ids))))
        total = db.session.scalar(select(func.count()).select_from(Passage).where(here)) or 0
        if len(chosen) != len(set(passage_ids)):
            raise ChangedMeanwhile  # a ticked passage is no longer here
        if not chosen or len(chosen) == total or not title:
            raise NotPossible
        part = Concern(
            neighbourhood_id=concern.neighbourhood_id, title=title, theme=concern.theme, named_by_staff=True
        )
        _reviewed(part, actor)
        db.session.add(part)
        db.session.flush()
        moving = update(Passage).where(Passage.id.in_(chosen))
        db.session.execute(moving.values(concern_id=part.id, pinned=True, quote_rank=None))
        record(actor, "concern.split", concern, into=str(part.id), passages=len(chosen))
        quoting.choose_again(concern.id)
        quoting.choose_again(part.id)
    return part


def move(
    passage_id: UUID,
    was_in: UUID | None,
    actor: StaffAccount,
    *,
    to: UUID | None = None,
    new_title: LocalizedText | None = None,
) -> Concern | None:
    """Put one passage into the concern `to`, or into a new one with `new_title`, or (neither) into none.

    `was_in` is where the person saw it. Gives the concern it is in now.
    """
    try:
        passage = db.session.get_one(Passage, passage_id)
        neighbourhood_id = passage.contribution.neighbourhood_id
        revisions.changed([neighbourhood_id], due=False)
        passage = db.session.get_one(Passage, passage_id, populate_existing=True)
        if passage.concern_id != was_in:
            raise ChangedMeanwhile
        target: Concern | None = None
        if new_title:
            target = Concern(
                neighbourhood_id=neighbourhood_id, title=new_title, theme=passage.theme, named_by_staff=True
            )
            db.session.add(target)
        elif to is not None:
            target = db.session.get(Concern, to, populate_existing=True)
            if target is None or target.neighbourhood_id != neighbourhood_id:
                raise NotPossible
            if target.state is ConcernState.MERGED:
                raise ChangedMeanwhile
        if target is not None:
            _reviewed(target, actor)
            db.session.flush()
        passage.concern_id = target.id if target is not None else None
        passage.pinned, passage.quote_rank = True, None
        record(
            actor,
            "passage.move",
            passage,
            was=str(was_in) if was_in else None,
            to=str(target.id) if target is not None else None,
        )
        db.session.flush()
        for concern_id in filter(None, (was_in, passage.concern_id)):
            quoting.choose_again(concern_id)
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise ChangedMeanwhile from error
    except (ChangedMeanwhile, NotPossible):
        db.session.rollback()
        raise
    return target

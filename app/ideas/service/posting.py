"""Posting ideas and comments, and taking them back."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, event, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapper

from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.ideas.models import Comment, Idea, Posted, Support
from app.insight import redact
from app.insight.language import find_language
from app.people.models import Resident

Kind = TypeVar("Kind", bound=Posted)


def idea_by_submission(submission_id: UUID) -> Idea | None:
    """The idea that was posted with this submission, if any."""
    return _by_submission(Idea, submission_id)


def comment_by_submission(submission_id: UUID) -> Comment | None:
    """The comment that was posted with this submission, if any."""
    return _by_submission(Comment, submission_id)


def post_idea(
    resident: Resident,
    neighbourhood_id: UUID,
    *,
    submission_id: UUID,
    title: str,
    text: str,
    language: str | None = None,
) -> tuple[Idea, tuple[str, ...]]:
    """Post an idea; gives it with the kinds of personal data that were left out of its public words.

    The same submission again gives the same idea, whatever the words. `language` is a hint: that of the page.
    """
    whole = _whole(title, text)
    spoken = find_language(whole, language)
    public_title, public_text = redact(title, spoken), redact(text, spoken)
    idea = Idea(
        id=uuid4(),
        neighbourhood_id=neighbourhood_id,
        submission_id=submission_id,
        title=public_title.text,
        text=public_text.text,
    )
    posted = _post(idea, resident, neighbourhood_id, Source.IDEA, f"idea:{idea.id}", whole, spoken)
    return posted, _kinds(*public_title.found, *public_text.found)


def post_comment(
    resident: Resident, idea: Idea, *, submission_id: UUID, text: str, language: str | None = None
) -> tuple[Comment, tuple[str, ...]]:
    """Post a comment on an idea; otherwise as `post_idea`."""
    spoken = find_language(text, language)
    public = redact(text, spoken)
    comment = Comment(id=uuid4(), idea_id=idea.id, submission_id=submission_id, text=public.text)
    key, place_id = f"comment:{comment.id}", idea.neighbourhood_id
    return _post(comment, resident, place_id, Source.COMMENT, key, text, spoken), _kinds(*public.found)


def is_resend_of(posted: Idea | Comment, *words: str, language: str | None = None) -> bool:
    """Whether it was posted with these words (title and text, or text): then they are a resend and not new."""
    public = (posted.title, posted.text) if isinstance(posted, Idea) else (posted.text,)
    spoken = find_language(_whole(*words), language)
    return public == tuple(redact(part, spoken).text for part in words)


def withdraw_idea(resident: Resident, idea_id: UUID) -> bool:
    """Take back an idea; False when this resident has no such idea. Twice is once."""
    return _withdraw(Idea, resident, idea_id)


def withdraw_comment(resident: Resident, comment_id: UUID) -> bool:
    """Take back a comment; otherwise as `withdraw_idea`."""
    return _withdraw(Comment, resident, comment_id)


def _by_submission(kind: type[Kind], submission_id: UUID) -> Kind | None:
    return db.session.scalar(select(kind).where(kind.submission_id == submission_id))


def _whole(*words: str) -> str:
    return "\n".join(part for part in words if part)


def _post(
    row: Kind, resident: Resident, place_id: UUID, source: Source, key: str, text: str, language: str | None
) -> Kind:
    kind, submission_id = type(row), row.submission_id
    earlier = _by_submission(kind, submission_id)
    if earlier is not None:
        return earlier
    contribution = contributions.add(
        neighbourhood_id=place_id,
        source=source,
        source_key=key,
        text=text,
        language=language,
        resident_id=resident.id,
    )
    row.resident_id, row.contribution_id = resident.id, contribution.id
    db.session.add(row)
    try:
        db.session.commit()
    except IntegrityError:  # the same submission came twice at one moment, and the other was first
        db.session.rollback()
        earlier = _by_submission(kind, submission_id)
        if earlier is None:
            raise
        return earlier
    contributions.nudge()
    return row


def _withdraw(kind: type[Kind], resident: Resident, row_id: UUID) -> bool:
    row = db.session.scalar(select(kind).where(kind.id == row_id, kind.resident_id == resident.id))
    if row is None:
        return False
    contributions.withdraw(row.contribution)
    db.session.commit()
    return True


def _kinds(*found: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


@event.listens_for(Contribution, "after_update")
def _erase_withdrawn(_mapper: Mapper[Any], connection: Connection, contribution: Contribution) -> None:
    """However a contribution is withdrawn, its public words, why it was hidden and its supports go with it."""
    if contribution.withdrawn_at is None:
        return
    mine = select(Idea.id).where(Idea.contribution_id == contribution.id)
    connection.execute(delete(Support).where(Support.idea_id.in_(mine)))
    for kind, words in ((Idea, {"title": "", "text": ""}), (Comment, {"text": ""})):
        of_it = kind.contribution_id == contribution.id
        connection.execute(update(kind).where(of_it).values(**words, hidden_reason=None))

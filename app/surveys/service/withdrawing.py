"""Taking answers back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select

from app.common.clock import now
from app.contributions import service as contributions
from app.contributions.models import Contribution
from app.extensions import db
from app.people.models import Resident
from app.surveys.models import Answer, Response, source_key


def withdraw_response(resident: Resident, response_id: UUID) -> bool:
    """Take back all of this resident's answers in one response, sent or not: answers and words are erased.

    May be done at any time, after closing too, and twice without harm. False when this is no response of theirs.
    """
    mine = select(Response).where(Response.id == response_id, Response.resident_id == resident.id)
    response = db.session.scalar(mine.with_for_update())
    if response is None:
        return False
    if response.withdrawn_at is None:
        answer_ids = db.session.scalars(select(Answer.id).where(Answer.response_id == response.id)).all()
        keys = [source_key(answer_id) for answer_id in answer_ids]
        for contribution in db.session.scalars(select(Contribution).where(Contribution.source_key.in_(keys))):
            contributions.withdraw(contribution)
        db.session.execute(delete(Answer).where(Answer.response_id == response.id))
        response.withdrawn_at = now()
    db.session.commit()
    return True

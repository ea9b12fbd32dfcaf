"""Supporting an idea: once for each resident, and to be taken back."""

from __future__ import annotations

from sqlalchemy import delete

from app.common.insert_once import insert_once
from app.extensions import db
from app.ideas.models import Idea, Support
from app.people.models import Resident


def support(resident: Resident, idea: Idea) -> None:
    """Support an idea. Twice is once; who posted it supports it already and is not counted."""
    if idea.resident_id != resident.id:
        once = insert_once(Support, "idea_id", "resident_id")
        db.session.execute(once.values(idea_id=idea.id, resident_id=resident.id))
    db.session.commit()


def stop_supporting(resident: Resident, idea: Idea) -> None:
    """Take the support back. Without one nothing happens."""
    db.session.execute(delete(Support).where(Support.idea_id == idea.id, Support.resident_id == resident.id))
    db.session.commit()

"""Staff keeps an idea or a comment from others, with a reason that its writer can read."""

from __future__ import annotations

from app.common.audit import record
from app.contributions import service as contributions
from app.extensions import db
from app.ideas.models import Posted
from app.people.models import StaffAccount


def hide(actor: StaffAccount, posted: Posted, reason: str) -> None:
    """Keep it from others, and its words out of the analysis.

    The audit trail holds who and when. The reason stands only with the words: it may name people, and goes with them.
    """
    contributions.hide(posted.contribution)
    posted.hidden_reason = reason
    record(actor, f"{posted.__tablename__}.hide", posted)
    db.session.commit()


def show_again(actor: StaffAccount, posted: Posted) -> None:
    """Undo hiding. Without it nothing happens."""
    if not posted.is_hidden:
        return
    contributions.show_again(posted.contribution)
    posted.hidden_reason = None
    record(actor, f"{posted.__tablename__}.show_again", posted)
    db.session.commit()
    contributions.nudge()

"""Reading the words as they were typed: for staff with that permission, and never unseen."""

from __future__ import annotations

from app.common.audit import record
from app.contributions.models import Contribution
from app.extensions import db
from app.people.models import StaffAccount


def show_original(contribution: Contribution, actor: StaffAccount) -> str | None:
    """The original words, or None when they were taken back. That they were read is in the audit trail first."""
    if contribution.original is None:
        return None
    text = contribution.original.text
    record(actor, "contribution.read_original", contribution)
    db.session.commit()
    return text

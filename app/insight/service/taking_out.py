"""Everything behind a concern, to print or to take along as a spreadsheet."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from app.common.audit import record
from app.common.small_groups import MINIMUM_GROUP
from app.contributions.models import Contribution
from app.extensions import db
from app.insight.dossier import Dossier, Said, dossier
from app.insight.models import Concern, Passage
from app.insight.service.came_in import came_in_later
from app.insight.service.spoken import spoken
from app.people.models import StaffAccount


def dossier_of(concern: Concern) -> Dossier:
    """What may leave the screen about this concern. Redacted texts only, never the original words."""
    zone = ZoneInfo(concern.neighbourhood.municipality.time_zone)
    rows = db.session.execute(
        spoken(Passage, Contribution, came_in_later())
        .join(Concern, Passage.concern_id == Concern.id)
        .where(Passage.concern_id == concern.id)
    )
    said = [
        Said(
            person=str(contribution.id),
            text=passage.text,
            language=passage.language,
            source=contribution.source.value,
            month=contribution.created_at.astimezone(zone).strftime("%Y-%m"),
            kind=passage.kind,
            feeling=passage.feeling,
            theme=passage.theme,
            is_read=not is_new,
            is_urgent=passage.urgent,
        )
        for passage, contribution, is_new in rows
    ]
    return dossier(said, MINIMUM_GROUP)


def note_taken_out(concern_id: UUID, actor: StaffAccount) -> None:
    """Write down who took a spreadsheet of this concern along."""
    concern = db.session.get_one(Concern, concern_id)
    record(actor, "concern.spreadsheet", concern)
    db.session.commit()

"""Finding what a coordinator may see, and what every page of the review needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort, request
from flask_babel import format_datetime

from app.contributions.models import Contribution
from app.extensions import db
from app.insight import labels, service
from app.insight.models import Concern, Passage, ReviewStep
from app.insight.routes.way import carried
from app.people.access import current_staff, in_scope, staff_neighbourhood_id_or_404
from app.people.models import StaffAccount
from app.places.models import Neighbourhood


def staff() -> StaffAccount:
    """The member of staff who is signed in; pages of the review are not reached without."""
    return current_staff() or abort(403)


def concern_in_scope(concern_id: UUID) -> Concern:
    """The concern, when it is in the own municipality; else the request ends with 404."""
    concern = db.session.get(Concern, concern_id) or abort(404)
    in_scope(concern.neighbourhood)
    return concern


def passage_in_scope(passage_id: UUID) -> tuple[Passage, Neighbourhood]:
    """The live passage and its neighbourhood, when that is in the own municipality; else 404."""
    passage = service.live_passage(passage_id) or abort(404)
    return passage, staff_neighbourhood_id_or_404(passage.contribution.neighbourhood_id)


def step_in_scope(step_id: UUID) -> tuple[ReviewStep, Neighbourhood]:
    """The step of the review and its neighbourhood, when that is in the own municipality; else 404."""
    step = db.session.get(ReviewStep, step_id) or abort(404)
    return step, staff_neighbourhood_id_or_404(step.neighbourhood_id)


def contribution_in_scope(contribution_id: UUID) -> tuple[Contribution, Neighbourhood]:
    """The contribution and its neighbourhood, when that is in the own municipality; else 404."""
    contribution = db.session.get(Contribution, contribution_id) or abort(404)
    return contribution, staff_neighbourhood_id_or_404(contribution.neighbourhood_id)


def page_number() -> int:
    """The page of a list that is asked for; 1 when that is unreadable."""
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def common(neighbourhood: Neighbourhood) -> dict[str, Any]:
    """What every template of the review needs."""
    zone = ZoneInfo(neighbourhood.municipality.time_zone)

    def moment(when: datetime) -> str:
        return format_datetime(when.astimezone(zone), "short", rebase=False)

    return {"neighbourhood": neighbourhood, "labels": labels, "moment": moment, "way": carried()}

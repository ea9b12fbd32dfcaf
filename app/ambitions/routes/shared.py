"""What the pages have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort

from app.ambitions import labels
from app.ambitions.models import Ambition
from app.ambitions.service import with_promises
from app.ambitions.standing import local_day
from app.extensions import db
from app.people.access import current_staff, in_scope
from app.people.models import StaffAccount
from app.people.roles import Role
from app.places.models import Neighbourhood


def staff() -> StaffAccount:
    """The member of staff who is signed in; only for views that staff alone can reach."""
    return current_staff() or abort(403)


def staff_ambition_or_404(ambition_id: UUID) -> Ambition:
    """The ambition with its promises, when it is in the signed-in member of staff's own municipality."""
    ambition = db.session.get(Ambition, ambition_id) or abort(404)
    in_scope(ambition.neighbourhood)
    return with_promises(Ambition.id == ambition_id)[0]


def role_in_public(role: Role | None, neighbourhood: Neighbourhood) -> str:
    """Who did something, without a name: "A coordinator of Voorbeeldstad"."""
    municipality = neighbourhood.municipality.name
    return municipality if role is None else str(labels.ROLES[role]) % {"municipality": municipality}


def page(neighbourhood: Neighbourhood, **context: Any) -> dict[str, Any]:
    """The context that every template here needs."""
    zone = neighbourhood.municipality.time_zone
    return {
        "neighbourhood": neighbourhood,
        "labels": labels,
        "day_of": lambda moment: local_day(moment, zone),
        "by_whom": lambda role: role_in_public(role, neighbourhood),
        **context,
    }

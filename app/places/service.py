"""Finding places."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select

from app.extensions import db
from app.places.models import Municipality, Neighbourhood


def neighbourhood_by_code(code: str) -> Neighbourhood | None:
    """The neighbourhood with this CBS code."""
    return db.session.scalar(select(Neighbourhood).where(Neighbourhood.code == code))


def neighbourhood_or_404(code: str) -> Neighbourhood:
    """The neighbourhood with this CBS code; ends the request with 404 when there is none."""
    return neighbourhood_by_code(code) or abort(404)


def municipalities() -> list[Municipality]:
    """All municipalities of this installation, by name."""
    return list(db.session.scalars(select(Municipality).order_by(Municipality.name)))

"""What everyone can read of concerns."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.extensions import db
from app.insight import campaign_words, labels, service
from app.insight.models import Concern
from app.insight.routes import bp
from app.people.roles import public
from app.places.service import neighbourhood_or_404


@bp.get("/neighbourhoods/<code>/concerns")
@public
def concerns(code: str) -> ResponseReturnValue:
    """What people in a neighbourhood say, as far as it has been looked at."""
    neighbourhood = neighbourhood_or_404(code)
    found = service.public_concerns(neighbourhood.id)
    return render_template("insight/concerns.html", neighbourhood=neighbourhood, concerns=found)


@bp.get("/neighbourhoods/<code>/concerns/<uuid:concern_id>")
@public
def concern(code: str, concern_id: UUID) -> ResponseReturnValue:
    """One concern: how many people, in their own words."""
    neighbourhood = neighbourhood_or_404(code)
    found = service.concern_or_404(concern_id)
    if found.id != concern_id:
        return redirect(url_for("insight.concern", code=code, concern_id=found.id))
    if db.session.get_one(Concern, found.id).neighbourhood_id != neighbourhood.id:
        abort(404)
    return render_template(
        "insight/concern.html",
        neighbourhood=neighbourhood,
        concern=found,
        campaign_words=campaign_words,
        quotes=service.quotes(found.id),
        labels=labels,
    )

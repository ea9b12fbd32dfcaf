"""Taking back an idea or a comment: the page asks first, a button does it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ideas import service
from app.ideas.models import Posted
from app.ideas.routes import bp
from app.ideas.routes.shared import common
from app.people.models import Resident
from app.people.residents import current_resident
from app.people.roles import public_write
from app.places.service import neighbourhood_or_404


@bp.route("/neighbourhoods/<code>/ideas/<uuid:idea_id>/take-back", methods=["GET", "POST"])
@public_write
def take_back(code: str, idea_id: UUID) -> ResponseReturnValue:
    """Take back one's own idea."""
    neighbourhood = neighbourhood_or_404(code)
    idea = service.kept_idea(neighbourhood.id, idea_id)
    resident = _writer_or_404(idea)
    if request.method == "GET":
        return render_template("ideas/take_back.html", idea=idea, posted=idea, **common(neighbourhood))
    service.withdraw_idea(resident, idea_id)
    flash(_("Your idea is taken back. Nobody can read it any more."), "success")
    return redirect(url_for("ideas.index", code=code))


@bp.route("/neighbourhoods/<code>/ideas/comments/<uuid:comment_id>/take-back", methods=["GET", "POST"])
@public_write
def take_back_comment(code: str, comment_id: UUID) -> ResponseReturnValue:
    """Take back one's own comment."""
    neighbourhood = neighbourhood_or_404(code)
    comment = service.kept_comment(neighbourhood.id, comment_id) or abort(404)
    resident, idea_id = _writer_or_404(comment), comment.idea_id
    if request.method == "GET":
        idea = comment.idea
        return render_template("ideas/take_back.html", idea=idea, posted=comment, **common(neighbourhood))
    service.withdraw_comment(resident, comment_id)
    flash(_("Your comment is taken back. Nobody can read it any more."), "success")
    return redirect(url_for("ideas.show", code=code, idea_id=idea_id))


def _writer_or_404(posted: Posted | None) -> Resident:
    resident = current_resident()
    if posted is None or resident is None or posted.resident_id != resident.id:
        abort(404)
    return resident

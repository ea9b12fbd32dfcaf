"""Staff looks after the board: hides an idea or a comment with a reason, and shows it again."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ideas import service
from app.ideas.forms import HideForm
from app.ideas.models import Posted
from app.ideas.routes import bp
from app.ideas.routes.shared import common, page_number
from app.people.access import current_staff, staff_neighbourhood_or_404
from app.people.models import StaffAccount
from app.people.roles import Permission, allowed
from app.places.models import Neighbourhood


@bp.get("/staff/neighbourhoods/<code>/ideas")
@allowed(Permission.MODERATE_IDEAS)
def moderate(code: str) -> ResponseReturnValue:
    """Every idea and comment of a neighbourhood, also what is hidden, with the reason."""
    neighbourhood = staff_neighbourhood_or_404(code)
    posted = service.everything_posted(neighbourhood.id, page_number())
    return render_template("ideas/moderate.html", posted=posted, **common(neighbourhood))


@bp.route("/staff/neighbourhoods/<code>/ideas/<uuid:idea_id>/hide", methods=["GET", "POST"])
@allowed(Permission.MODERATE_IDEAS)
def hide(code: str, idea_id: UUID) -> ResponseReturnValue:
    """Hide an idea."""
    neighbourhood = staff_neighbourhood_or_404(code)
    return _hide(neighbourhood, service.kept_idea(neighbourhood.id, idea_id) or abort(404))


@bp.route("/staff/neighbourhoods/<code>/ideas/comments/<uuid:comment_id>/hide", methods=["GET", "POST"])
@allowed(Permission.MODERATE_IDEAS)
def hide_comment(code: str, comment_id: UUID) -> ResponseReturnValue:
    """Hide a comment."""
    neighbourhood = staff_neighbourhood_or_404(code)
    return _hide(neighbourhood, service.kept_comment(neighbourhood.id, comment_id) or abort(404))


@bp.post("/staff/neighbourhoods/<code>/ideas/<uuid:idea_id>/show-again")
@allowed(Permission.MODERATE_IDEAS)
def show_again(code: str, idea_id: UUID) -> ResponseReturnValue:
    """Show an idea again."""
    neighbourhood = staff_neighbourhood_or_404(code)
    return _show_again(neighbourhood, service.kept_idea(neighbourhood.id, idea_id) or abort(404))


@bp.post("/staff/neighbourhoods/<code>/ideas/comments/<uuid:comment_id>/show-again")
@allowed(Permission.MODERATE_IDEAS)
def show_comment_again(code: str, comment_id: UUID) -> ResponseReturnValue:
    """Show a comment again."""
    neighbourhood = staff_neighbourhood_or_404(code)
    return _show_again(neighbourhood, service.kept_comment(neighbourhood.id, comment_id) or abort(404))


def _hide(neighbourhood: Neighbourhood, posted: Posted) -> ResponseReturnValue:
    form = HideForm()
    if form.validate_on_submit():
        service.hide(_staff(), posted, form.reason_words)
        flash(_("It is hidden. The person who wrote it can read your reason."), "success")
        return redirect(url_for("ideas.moderate", code=neighbourhood.code))
    page = render_template("ideas/hide.html", form=form, posted=posted, **common(neighbourhood))
    return page, 422 if form.is_submitted() else 200


def _show_again(neighbourhood: Neighbourhood, posted: Posted) -> ResponseReturnValue:
    service.show_again(_staff(), posted)
    flash(_("Everyone can see it again."), "success")
    return redirect(url_for("ideas.moderate", code=neighbourhood.code))


def _staff() -> StaffAccount:
    return current_staff() or abort(403)

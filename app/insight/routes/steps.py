"""Taking a decision back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.insight import service, step_words
from app.insight.routes import bp
from app.insight.routes.scope import staff, step_in_scope
from app.insight.routes.way import carried
from app.insight.undoing import StepKind
from app.people.roles import Permission, allowed


@bp.post("/staff/steps/<uuid:step_id>/undo")
@allowed(Permission.REVIEW_CONCERNS)
def undo(step_id: UUID) -> ResponseReturnValue:
    """As if this step had not been made, when nothing was built upon it."""
    step, neighbourhood = step_in_scope(step_id)
    told = step_words.told(step)
    shown = step.concern_id or step.other_id
    nowhere = "insight.queue" if step.kind is StepKind.ADD else "insight.voices"
    try:
        concern = service.undo(step_id, staff())
    except service.CannotUndo as error:
        flash(step_words.refused(error), "warning")
    else:
        shown = concern.id if concern is not None else None
        flash(_("Undone: %(what)s", what=told), "success")
    if shown is None:
        return redirect(url_for(nowhere, code=neighbourhood.code, **carried()))
    return redirect(url_for("insight.review", concern_id=shown, **carried()))

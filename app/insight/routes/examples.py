"""A concern that a coordinator adds, and its example sentences."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.insight import service
from app.insight.example_forms import AddConcernForm, ExamplesForm
from app.insight.example_texts import FEWEST, MOST
from app.insight.forms import NONE
from app.insight.routes import bp
from app.insight.routes.decisions import back_to, form_page, title_of
from app.insight.routes.scope import common, concern_in_scope, staff
from app.insight.routes.way import carried
from app.people.access import staff_neighbourhood_or_404
from app.people.roles import Permission, allowed
from app.places.framework import themes


@bp.route("/staff/neighbourhoods/<code>/concerns/add", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def add_concern(code: str) -> ResponseReturnValue:
    """Say what to look for, with examples: what residents say like them comes together there."""
    neighbourhood = staff_neighbourhood_or_404(code)
    form = AddConcernForm()
    form.offer({key: known.title.shown(g.lang).text for key, known in themes().items()})
    if form.validate_on_submit():
        theme = None if form.theme.data == NONE else form.theme.data
        concern = service.add_concern(
            neighbourhood.id, UUID(form.submission_id.data), form.title.form.text, theme, form.sentences, staff()
        )
        flash(
            _(
                "You added “%(title)s”. What residents said that is like your examples joins it in a few minutes.",
                title=title_of(concern),
            ),
            "success",
        )
        return redirect(url_for("insight.review", concern_id=concern.id, **carried()))
    page = render_template("insight/add_concern.html", form=form, fewest=FEWEST, most=MOST, **common(neighbourhood))
    return page, 422 if request.method == "POST" else 200


@bp.route("/staff/concerns/<uuid:concern_id>/examples", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def change_examples(concern_id: UUID) -> ResponseReturnValue:
    """Change the examples of a concern that has them."""
    concern = concern_in_scope(concern_id)
    there = service.examples_of(concern_id)
    if not there and concern.merged_into_id is None:
        abort(404)
    form = ExamplesForm()
    form.offer(there)

    def decide() -> ResponseReturnValue:
        changed = service.change_examples(concern_id, form.seen, form.sentences, staff())
        flash(
            _("The examples were changed. The computer looks again within a few minutes."),
            "success",
        )
        return back_to(changed)

    return form_page("insight/examples.html", concern, form, decide, fewest=FEWEST, most=form.most)

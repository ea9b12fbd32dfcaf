"""Before and after the questions: what it is about, going on elsewhere, and the results."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.insight import group_words
from app.people.access import current_staff
from app.people.codes import CodeMistyped, read_code
from app.people.residents import (
    current_resident,
    ensure_resident,
    expect_resident,
    forget,
    remember,
    resident_by_code,
)
from app.people.roles import code_entry, public, public_write
from app.surveys import service
from app.surveys.forms import ResumeForm
from app.surveys.opening import Opening
from app.surveys.routes import bp
from app.surveys.routes.common import PATH, render, to, visit_or_404
from app.surveys.routing import first_to_do


@bp.get(PATH)
@public
def intro(code: str, slug: str) -> ResponseReturnValue:
    """Why we ask, how long it takes, what happens with the answers, and until when."""
    here = visit_or_404(code, slug)
    if here.survey.opening is Opening.OPEN:
        expect_resident()
    return render("intro", here)


@bp.post(PATH + "/begin")
@public_write
def begin(code: str, slug: str) -> ResponseReturnValue:
    """Begin, or go on with what was begun."""
    here = visit_or_404(code, slug)
    if here.response is None:
        try:
            service.begin(here, ensure_resident()[0], g.lang)
        except service.NotOpen:
            return render("closed", here, kept=[]), 409
    first = first_to_do(here.definition, here.answers)
    if here.response is not None or first is None:
        return to("summary", code=code, slug=slug)
    return to("questions", code=code, slug=slug, page_id=first.id)


@bp.post(PATH + "/someone-else")
@public_write
def someone_else(code: str, slug: str) -> ResponseReturnValue:
    """Another person takes this phone: what was sent stays, this phone forgets whose it was."""
    forget()
    return to("intro", code=code, slug=slug)


@bp.route(PATH + "/resume", methods=["GET", "POST"])
@code_entry
def resume(code: str, slug: str) -> ResponseReturnValue:
    """Go on with answers that were begun on another phone."""
    here = visit_or_404(code, slug)
    form = ResumeForm()
    if form.validate_on_submit():
        try:
            typed = read_code(form.code.data or "")
        except CodeMistyped:
            form.code.errors = [_("This is not a code. A code has 12 letters and digits. Check what you typed.")]
        else:
            resident = resident_by_code(typed)
            found = service.visit(code, slug, resident) if resident is not None else None
            if found is not None and found.response is not None:
                remember(resident, typed)
                return to("summary", code=code, slug=slug)
            form.code.errors = [_("With this code we find no answers to these questions. Check what you typed.")]
    return render("resume", here, form=form), 422 if request.method == "POST" else 200


@bp.get(PATH + "/results")
@public
def results(code: str, slug: str) -> ResponseReturnValue:
    """What people answered, in numbers in which nobody can be found back; for staff also weighted."""
    here = visit_or_404(code, slug)
    counted = service.results(here.survey, here.newest_id)
    staff = current_staff()
    is_ours = staff is not None and staff.municipality_id == here.neighbourhood.municipality_id
    return render(
        "results",
        here,
        results=counted,
        resident=current_resident(),
        weighted=service.weighted(here.survey, here.newest_id, counted) if is_ours else None,
        groups=group_words,
    )

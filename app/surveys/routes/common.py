"""What the pages of a survey share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.people.codes import CodeMistyped, read_code, shown_code
from app.people.models import Resident
from app.people.residents import current_code, current_resident, remember, resident_by_code
from app.surveys import words
from app.surveys.definition import Page, Question
from app.surveys.opening import Opening
from app.surveys.routing import counting_answers
from app.surveys.service import Visit, visit

PATH = "/neighbourhoods/<code>/surveys/<slug>"
FROM_SUMMARY = "summary"


def visit_or_404(code: str, slug: str) -> Visit:
    """The survey and this phone's response to it. A form that outlived its session brings its code along."""
    resident = current_resident()
    if resident is None and request.form.get("receipt"):
        resident = _resident_of_form(request.form["receipt"])
    return visit(code, slug, resident) or abort(404)


def _resident_of_form(typed: str) -> Resident | None:
    try:
        code = read_code(typed)
    except CodeMistyped:
        return None
    resident = resident_by_code(code)
    if resident is not None:
        remember(resident, code)
    return resident


def render(template: str, here: Visit, **values: Any) -> str:
    """A page of this survey."""
    return render_template(
        f"surveys/{template}.html",
        here=here,
        survey=here.survey,
        definition=here.definition,
        neighbourhood=here.neighbourhood,
        zone=here.neighbourhood.municipality.time_zone,
        opening=here.survey.opening,
        Opening=Opening,
        words=words,
        **values,
    )


def my_code() -> str:
    """This phone's receipt code as people read it; "" when it has none."""
    code = current_code()
    return shown_code(code.replace("-", "")) if code else ""


def to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """On to another page, with GET."""
    return redirect(url_for(f"surveys.{endpoint}", **values), 303)


def to_page(page: Page | None, *, code: str, slug: str, then_summary: bool = False) -> ResponseReturnValue:
    """On to a page of questions, or to the summary when there is none."""
    if page is None:
        return to("summary", code=code, slug=slug)
    back = {"from": FROM_SUMMARY} if then_summary else {}
    return to("questions", code=code, slug=slug, page_id=page.id, **back)


def not_open(here: Visit, typed: Sequence[tuple[Question, Any]] = ()) -> ResponseReturnValue:
    """The survey is closed, or not open yet: says so, with everything that this person typed."""
    latest = {question.id for question, _text in typed}
    earlier = [
        (here.definition.by_id[name], words.value_text(here.definition.by_id[name], value))
        for name, value in counting_answers(here.definition, here.answers).items()
        if name not in latest
    ]
    return render("closed", here, kept=[*earlier, *typed]), 409 if request.method == "POST" else 200

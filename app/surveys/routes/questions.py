"""One page of questions: shown, checked, saved, and on to the next."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.people.roles import public_write
from app.surveys import service
from app.surveys.answers import DECLINE
from app.surveys.definition import Kind, Page, Question
from app.surveys.forms import PageForm, page_form
from app.surveys.opening import Opening
from app.surveys.routes import bp
from app.surveys.routes.common import FROM_SUMMARY, PATH, my_code, not_open, render, to, to_page, visit_or_404
from app.surveys.routing import asked_pages, first_to_do, page_after, page_before
from app.surveys.service import Visit
from app.surveys.words import rather_not_say, shown


@bp.route(PATH + "/questions/<page_id>", methods=["GET", "POST"])
@public_write
def questions(code: str, slug: str, page_id: str) -> ResponseReturnValue:
    """A page of questions."""
    here = visit_or_404(code, slug)
    whole = next((page for page in here.definition.pages if page.id == page_id), None) or abort(404)
    if request.method == "POST":
        return _answered(here, whole, code, slug)
    if here.response is None:
        return to("intro", code=code, slug=slug)
    if here.response.submitted_at is not None:
        return to("thanks", code=code, slug=slug)
    if here.survey.opening is not Opening.OPEN:
        return not_open(here)
    page = _as_asked(here, whole)
    first = first_to_do(here.definition, here.answers)
    if page is None or (first is not None and _place(here, first) < _place(here, whole)):
        return to_page(first, code=code, slug=slug)
    return _show(here, page, page_form(page, here.answers))


def _answered(here: Visit, whole: Page, code: str, slug: str) -> ResponseReturnValue:
    # What was asked when the page was opened may not be asked any more; the answers are kept all the same.
    page = (_as_asked(here, whole) if here.response is not None else None) or whole
    form = page_form(page, {})
    is_right = form.validate()
    if here.response is None:
        return render("lost", here, kept=_typed(form)), 409
    going_back = "back" in request.form
    if not is_right and not going_back and here.survey.opening is Opening.OPEN and not here.response.submitted_at:
        return _show(here, page, form), 422
    try:
        service.save(here, form.given)
    except service.NotOpen:
        return not_open(here, _typed(form))
    except service.AlreadySent:
        flash(_("You sent your answers before. They did not change."), "info")
        return to("thanks", code=code, slug=slug)
    where: dict[str, Any] = {"code": code, "slug": slug}
    if going_back:
        before = page_before(here.definition, here.answers, page.id)
        return to_page(before, **where) if before is not None else to("intro", **where)
    if request.args.get("from") == FROM_SUMMARY:
        return to_page(first_to_do(here.definition, here.answers), then_summary=True, **where)
    return to_page(page_after(here.definition, here.answers, page.id), **where)


def _show(here: Visit, page: Page, form: PageForm) -> str:
    pages = here.definition.pages
    return render(
        "questions",
        here,
        page=page,
        form=form,
        number=_place(here, page) + 1,
        total=len(pages),
        is_first=page_before(here.definition, here.answers, page.id) is None,
        my_code=my_code(),
        Kind=Kind,
    )


def _as_asked(here: Visit, page: Page) -> Page | None:
    """The page with only what is asked now; None when nothing of it is."""
    return next((each for each in asked_pages(here.definition, here.answers) if each.id == page.id), None)


def _place(here: Visit, page: Page) -> int:
    return [each.id for each in here.definition.pages].index(page.id)


def _typed(form: PageForm) -> list[tuple[Question, Any]]:
    """What was sent, right or wrong, in the reader's words, so that nothing typed is lost."""
    return [
        (question, text) for question in form.page.questions if (text := _readable(question, form.typed(question)))
    ]


def _readable(question: Question, typed: list[str]) -> Markup:
    texts = {option.id: shown(option.text) for option in question.options} | {DECLINE: escape(rather_not_say())}
    return Markup(" · ").join(texts.get(value, value) for value in typed if value.strip())

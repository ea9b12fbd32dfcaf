"""The summary, sending, and thanks with the receipt code."""

from __future__ import annotations

from itertools import groupby

from flask import g
from flask.typing import ResponseReturnValue

from app.people.roles import public, public_write
from app.surveys import service
from app.surveys.opening import Opening
from app.surveys.routes import bp
from app.surveys.routes.common import FROM_SUMMARY, PATH, my_code, not_open, render, to, to_page, visit_or_404
from app.surveys.routing import asked_pages, first_to_do
from app.surveys.words import hear_by


@bp.get(PATH + "/summary")
@public
def summary(code: str, slug: str) -> ResponseReturnValue:
    """All that was asked with the answers; what is still to do comes first."""
    here = visit_or_404(code, slug)
    if here.response is None:
        return to("intro", code=code, slug=slug)
    if here.response.submitted_at is not None:
        return to("thanks", code=code, slug=slug)
    if here.survey.opening is not Opening.OPEN:
        return not_open(here)
    first = first_to_do(here.definition, here.answers)
    if first is not None:
        return to_page(first, code=code, slug=slug)
    pages = groupby(asked_pages(here.definition, here.answers), key=lambda page: page.title)
    parts = [(title, [(page, question) for page in same for question in page.questions]) for title, same in pages]
    return render("summary", here, parts=parts, answers=here.answers, from_summary=FROM_SUMMARY, my_code=my_code())


@bp.post(PATH + "/send")
@public_write
def send(code: str, slug: str) -> ResponseReturnValue:
    """Send the answers. Sending twice is sending once."""
    here = visit_or_404(code, slug)
    if here.response is None:
        return to("intro", code=code, slug=slug)
    try:
        service.submit(here, g.lang)
    except service.NotOpen:
        return not_open(here)
    except service.Incomplete as error:
        return to_page(error.page, code=code, slug=slug, then_summary=True)
    except service.AlreadySent:
        pass  # the next page says how things are
    return to("thanks", code=code, slug=slug)


@bp.get(PATH + "/thanks")
@public
def thanks(code: str, slug: str) -> ResponseReturnValue:
    """Thank you, your code, and when you hear."""
    here = visit_or_404(code, slug)
    if here.response is None:
        return to("intro", code=code, slug=slug)
    if here.response.submitted_at is None:
        return to("summary", code=code, slug=slug)
    zone = here.neighbourhood.municipality.time_zone
    day = hear_by(here.survey, here.response.submitted_at, here.definition.hear_within_days, zone)
    return render("thanks", here, my_code=my_code(), hear_by=day)

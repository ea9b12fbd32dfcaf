"""A concern on paper and as a spreadsheet, with everything behind it that may leave the screen."""

from __future__ import annotations

from uuid import UUID

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from app.common.languages import direction
from app.common.spreadsheet import xlsx
from app.insight import campaign_words, service, step_words
from app.insight.concern_sheets import sheets
from app.insight.models import ConcernState
from app.insight.routes import bp
from app.insight.routes.scope import common, concern_in_scope, staff
from app.people.roles import Permission, allowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/staff/concerns/<uuid:concern_id>/print")
@allowed(Permission.REVIEW_CONCERNS)
def on_paper(concern_id: UUID) -> ResponseReturnValue:
    """Everything about a concern on one page, made to be printed."""
    concern = concern_in_scope(concern_id)
    return render_template(
        "insight/on_paper.html",
        concern=concern,
        public=service.shown(concern),
        dossier=service.dossier_of(concern),
        steps=service.history(concern.id),
        told=step_words.told,
        campaign_words=campaign_words,
        ConcernState=ConcernState,
        **common(concern.neighbourhood),
    )


@bp.post("/staff/concerns/<uuid:concern_id>/spreadsheet")
@allowed(Permission.REVIEW_CONCERNS)
def spreadsheet(concern_id: UUID) -> ResponseReturnValue:
    """The same as a workbook. A button and not a link: who took it along is written down."""
    concern = concern_in_scope(concern_id)
    here = concern.neighbourhood
    made = sheets(concern, service.shown(concern), service.dossier_of(concern), service.history(concern.id))
    book = xlsx(made, right_to_left=direction(g.lang) == "rtl")
    service.note_taken_out(concern.id, staff())
    name = f"{here.code}-{str(concern_id)[:8]}.xlsx"
    return Response(book, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""Who is behind a sentence of a summary; and asking for it as a running text."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.insight import sentences
from app.insight.routes import bp
from app.insight.routes.scope import common, concern_in_scope, page_number, staff
from app.insight.routes.way import carried
from app.insight.service import prose as texts
from app.insight.service import summary as summaries
from app.insight.service.deciding import NotPossible
from app.jobs import jobs
from app.people.roles import Permission, allowed


@bp.get("/staff/concerns/<uuid:concern_id>/behind/<key>")
@allowed(Permission.REVIEW_CONCERNS)
def behind(concern_id: UUID, key: str) -> ResponseReturnValue:
    """The contributions that one count of the summary counts."""
    concern = concern_in_scope(concern_id)
    summary = summaries.summary_of(concern, g.lang) or abort(404)
    claim = summary.count_of(key) or abort(404)
    return render_template(
        "insight/behind.html",
        concern=concern,
        claim=claim,
        summary=summary,
        sentences=sentences,
        page=summaries.behind(claim, page_number()),
        **common(concern.neighbourhood),
    )


@bp.post("/staff/concerns/<uuid:concern_id>/writer")
@allowed(Permission.REVIEW_CONCERNS)
def ask_writer(concern_id: UUID) -> ResponseReturnValue:
    """Have the writer put the summary into a running text, in the reader's language."""
    concern = concern_in_scope(concern_id)
    try:
        texts.ask(concern, g.lang, staff())
    except NotPossible:
        abort(404)
    jobs.hurry()
    flash(_("The writer is asked for a text. Look again in a minute."), "success")
    return redirect(url_for("insight.review", concern_id=concern.id, **carried()))

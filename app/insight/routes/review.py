"""What a coordinator reads: the queue, a concern with everyone behind each number, single voices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.common.clock import now
from app.contributions import service as contributions
from app.contributions.models import Source
from app.insight import campaign_words, sentences, service, step_words
from app.insight.models import Concern, ConcernState
from app.insight.reading_notes import Why
from app.insight.records import FEELINGS
from app.insight.routes import bp
from app.insight.routes.scope import common, concern_in_scope, contribution_in_scope, page_number, staff
from app.insight.routes.way import carried, way
from app.insight.service import prose as texts
from app.insight.service import summary as summaries
from app.people.access import staff_neighbourhood_or_404
from app.people.roles import Permission, allowed
from app.places.framework import THEME_IDS


@bp.get("/staff/neighbourhoods/<code>/concerns")
@allowed(Permission.REVIEW_CONCERNS)
def queue(code: str) -> ResponseReturnValue:
    """The concerns of a neighbourhood: what is to be reviewed first."""
    neighbourhood = staff_neighbourhood_or_404(code)
    chosen, failed = way(), len(service.failures(neighbourhood.id))
    page = service.queue(neighbourhood.id, chosen, page_number())
    return render_template(
        "insight/queue.html",
        page=page,
        nobody_yet=service.without_words([item.concern.id for item in page.items if not item.figures.people]),
        waiting=service.waiting(neighbourhood.id, failed),
        noted=service.noted(neighbourhood.id),
        coming=contributions.waiting(neighbourhood.id) - failed,
        state=chosen.state,
        theme=chosen.theme,
        order=chosen.order,
        address=lambda **other: url_for("insight.queue", code=code, **carried(replace(chosen, **other))),
        themes=THEME_IDS,
        **common(neighbourhood),
    )


@bp.get("/staff/concerns/<uuid:concern_id>")
@allowed(Permission.REVIEW_CONCERNS)
def review(concern_id: UUID) -> ResponseReturnValue:
    """One concern, and the contributions behind each of its numbers."""
    concern = concern_in_scope(concern_id)
    if concern.merged_into_id is not None:
        flash(_("These words were put into the concern below."), "info")
        return redirect(url_for("insight.review", concern_id=concern.merged_into_id, **carried()))
    return review_page(concern)


def review_page(concern: Concern, **more: Any) -> str:
    """The page of a concern; also shown when a decision could not be made."""
    feeling, source, language = (request.args.get(name) for name in ("feeling", "source", "language"))
    chosen: dict[str, Any] = {
        "language": language or None,
        "source": Source(source) if source in list(Source) else None,
        "feeling": feeling if feeling in (*FEELINGS, service.UNKNOWN) else None,
    }
    new, new_until = service.came_in(concern.id) if concern.state is ConcernState.CONFIRMED else (0, None)
    figures = service.figures([concern.id])[concern.id]
    summary = summaries.summary_of(concern, g.lang)
    return render_template(
        "insight/review.html",
        concern=concern,
        new=new,
        new_until=new_until,
        shown_until=service.newest(concern.id) or now(),
        beside=service.beside(concern, way()),
        steps=service.history(concern.id),
        told=step_words.told,
        figures=figures,
        examples=service.examples_of(concern.id) if concern.reviewed_at else [],
        campaign_words=campaign_words,
        urgent=service.urgent_words(concern.id) if figures.urgent else [],
        summary=summary,
        prose=texts.prose(concern, g.lang, summary) if texts.writer() is not None else None,
        sentences=sentences,
        page=service.voices(concern.id, number=page_number(), **chosen),
        chosen={name: value for name, value in chosen.items() if value is not None},
        ConcernState=ConcernState,
        **{**common(concern.neighbourhood), **more},
    )


@bp.get("/staff/neighbourhoods/<code>/voices")
@allowed(Permission.REVIEW_CONCERNS)
def voices(code: str) -> ResponseReturnValue:
    """What was said by one person only, so far: urgent words first."""
    neighbourhood = staff_neighbourhood_or_404(code)
    urgent_only = request.args.get("urgent") == "1"
    return render_template(
        "insight/voices.html",
        page=service.single_voices(neighbourhood.id, page_number(), urgent_only=urgent_only),
        urgent_only=urgent_only,
        **common(neighbourhood),
    )


@bp.route("/staff/neighbourhoods/<code>/not-read", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def not_read(code: str) -> ResponseReturnValue:
    """What the computer could not read; the button has it try again."""
    neighbourhood = staff_neighbourhood_or_404(code)
    if request.method == "POST":
        count = service.try_again(neighbourhood.id, staff())
        flash(ngettext("%(num)d text is tried again.", "%(num)d texts are tried again.", count), "success")
        return redirect(url_for("insight.queue", code=code))
    failures = service.failures(neighbourhood.id)
    return render_template("insight/not_read.html", failures=failures, **common(neighbourhood))


@bp.get("/staff/neighbourhoods/<code>/read-less-well")
@allowed(Permission.REVIEW_CONCERNS)
def read_less_well(code: str) -> ResponseReturnValue:
    """What the computer read, but not well enough to rely on."""
    neighbourhood = staff_neighbourhood_or_404(code)
    asked = request.args.get("why", "")
    why = Why(asked) if asked in list(Why) else None
    return render_template(
        "insight/read_less_well.html",
        page=service.noted_contributions(neighbourhood.id, why, page_number()),
        noted=service.noted(neighbourhood.id),
        why=why,
        Why=Why,
        **common(neighbourhood),
    )


@bp.post("/staff/contributions/<uuid:contribution_id>/original")
@allowed(Permission.READ_ORIGINALS)
def original(contribution_id: UUID) -> ResponseReturnValue:
    """The words as they were typed. A button and not a link: that someone read them is written down."""
    contribution, neighbourhood = contribution_in_scope(contribution_id)
    text = service.show_original(contribution, staff())
    page = render_template("insight/original.html", contribution=contribution, text=text, **common(neighbourhood))
    return page, 200 if text is not None else 404

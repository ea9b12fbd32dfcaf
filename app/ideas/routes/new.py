"""A new idea: type it, see whether someone said the same, post it, and read what happens next."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ideas import service
from app.ideas.forms import CommentForm, IdeaForm
from app.ideas.models import Idea
from app.ideas.routes import bp
from app.ideas.routes.shared import common, tell_what_was_taken_out, uuid_or_none
from app.people.codes import shown_code
from app.people.residents import current_code, current_resident, ensure_resident, expect_resident
from app.people.roles import public, public_write
from app.places.models import Neighbourhood
from app.places.service import neighbourhood_or_404


@bp.route("/neighbourhoods/<code>/ideas/new", methods=["GET", "POST"])
@public_write
def new(code: str) -> ResponseReturnValue:
    """The form; then "does one of these say the same?"; then posting. The words travel along on every page."""
    neighbourhood = neighbourhood_or_404(code)
    form = IdeaForm()
    if request.method == "GET":
        expect_resident()
        return _form(neighbourhood, form)
    if not form.validate_on_submit():
        return _form(neighbourhood, form), 422
    earlier = service.idea_by_submission(UUID(form.submission_id.data))
    if earlier is not None:
        return _sent_before(neighbourhood, form, earlier)
    step = request.form.get("step", "")
    if step == "change":
        return _form(neighbourhood, form)
    chosen = uuid_or_none(request.form.get("support"))
    if chosen is not None:
        return _support_instead(neighbourhood, form, chosen)
    if step != "post":
        page = _alike(neighbourhood, form)
        if page is not None:
            return page
    resident, _code = ensure_resident()
    idea, found = service.post_idea(
        resident,
        neighbourhood.id,
        submission_id=UUID(form.submission_id.data),
        title=form.title_words,
        text=form.text_words,
        language=g.lang,
    )
    tell_what_was_taken_out(found)
    return redirect(url_for("ideas.thanks", code=code, idea_id=idea.id))


@bp.get("/neighbourhoods/<code>/ideas/<uuid:idea_id>/thanks")
@public
def thanks(code: str, idea_id: UUID) -> ResponseReturnValue:
    """Thanks for an idea or a comment, with the receipt code, for who wrote it; others see the idea."""
    neighbourhood = neighbourhood_or_404(code)
    idea, resident = service.kept_idea(neighbourhood.id, idea_id), current_resident()
    posted = idea
    if "comment" in request.args:
        comment_id = uuid_or_none(request.args["comment"])
        posted = service.kept_comment(neighbourhood.id, comment_id) if comment_id else None
    if idea is None or posted is None or resident is None or posted.resident_id != resident.id:
        return redirect(url_for("ideas.show", code=code, idea_id=idea_id))
    code_in_groups = shown_code((current_code() or "").replace("-", ""))
    return render_template(
        "ideas/thanks.html", idea=idea, posted=posted, receipt_code=code_in_groups, **common(neighbourhood)
    )


def _form(neighbourhood: Neighbourhood, form: IdeaForm) -> str:
    return render_template("ideas/new.html", form=form, **common(neighbourhood))


def _alike(neighbourhood: Neighbourhood, form: IdeaForm, problem: str = "") -> ResponseReturnValue | None:
    """The page with ideas that may say the same; None when there are none."""
    alike = service.similar_ideas(neighbourhood.id, form.title_words, form.text_words)
    if not alike:
        return None
    return render_template("ideas/alike.html", form=form, alike=alike, problem=problem, **common(neighbourhood))


def _support_instead(neighbourhood: Neighbourhood, form: IdeaForm, idea_id: UUID) -> ResponseReturnValue:
    """Support an idea that says the same. The person's own words can still be added to it, as a comment."""
    idea = service.public_idea(neighbourhood.id, idea_id)
    if idea is None:
        gone = _("That idea was just taken back. Your own words are still here.")
        return _alike(neighbourhood, form, gone) or _say(neighbourhood, form, gone)
    resident, _code = ensure_resident()
    service.support(resident, idea)
    words = f"{form.title_words}\n{form.text_words}".strip()
    comment = CommentForm(formdata=None, data={"text": words, "submission_id": form.submission_id.data})
    return render_template("ideas/supported.html", idea=idea, form=comment, **common(neighbourhood))


def _say(neighbourhood: Neighbourhood, form: IdeaForm, sentence: str) -> ResponseReturnValue:
    flash(sentence, "info")
    return _form(neighbourhood, form)


def _sent_before(neighbourhood: Neighbourhood, form: IdeaForm, earlier: Idea) -> ResponseReturnValue:
    """The same words once more are a resend; other words from the same page are another idea."""
    if service.is_resend_of(earlier, form.title_words, form.text_words, language=g.lang):
        return redirect(url_for("ideas.thanks", code=neighbourhood.code, idea_id=earlier.id))
    form.begin_another()
    form.form_errors.append(
        _("Your earlier idea is on the board already. To post this as a new idea, tap the button once more.")
    )
    return _form(neighbourhood, form), 422

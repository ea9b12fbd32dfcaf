"""The board of a neighbourhood, one idea with its comments, and supporting it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ideas import service
from app.ideas.forms import CommentForm
from app.ideas.models import Idea
from app.ideas.ordering import Order, is_seed, new_seed
from app.ideas.routes import bp
from app.ideas.routes.shared import common, page_number, tell_what_was_taken_out
from app.people.residents import current_resident, ensure_resident, expect_resident
from app.people.roles import public, public_write
from app.places.models import Neighbourhood
from app.places.service import neighbourhood_or_404


@bp.get("/neighbourhoods/<code>/ideas")
@public
def index(code: str) -> ResponseReturnValue:
    """The ideas of a neighbourhood, in the order that the reader chose."""
    neighbourhood = neighbourhood_or_404(code)
    asked, seed = request.args.get("order", ""), request.args.get("seed", "")
    order = Order(asked) if asked in list(Order) else Order.NEWEST
    if order is Order.RANDOM and not is_seed(seed):
        return redirect(url_for("ideas.index", code=code, order=order, seed=new_seed()))
    shown = service.board(neighbourhood.id, order, page_number(), seed)
    if shown.number > shown.last:
        abort(404)
    expect_resident()
    resident = current_resident()
    return render_template(
        "ideas/index.html",
        board=shown,
        order=order,
        seed=seed if order is Order.RANDOM else None,
        Order=Order,
        resident=resident,
        supported=service.supported_by(resident, [card.idea.id for card in shown.cards]),
        **common(neighbourhood),
    )


@bp.route("/neighbourhoods/<code>/ideas/<uuid:idea_id>", methods=["GET", "POST"])
@public_write
def show(code: str, idea_id: UUID) -> ResponseReturnValue:
    """An idea with what others say about it; sending the form adds a comment."""
    neighbourhood = neighbourhood_or_404(code)
    form = CommentForm()
    idea = service.public_idea(neighbourhood.id, idea_id)
    if idea is None:
        return _not_public(neighbourhood, idea_id, form)
    if request.method == "GET":
        expect_resident()
    elif form.validate_on_submit():
        submission_id = UUID(form.submission_id.data)
        earlier = service.comment_by_submission(submission_id)
        if earlier is None or service.is_resend_of(earlier, form.text_words, language=g.lang):
            resident, _code = ensure_resident()
            comment, found = service.post_comment(
                resident, idea, submission_id=submission_id, text=form.text_words, language=g.lang
            )
            tell_what_was_taken_out(found)
            return redirect(url_for("ideas.thanks", code=code, idea_id=idea_id, comment=comment.id))
        form.begin_another()
        form.form_errors.append(
            _("Your earlier comment is on the page already. To send this one too, tap the button once more.")
        )
    return _page(neighbourhood, idea, form), 200 if request.method == "GET" else 422


@bp.post("/neighbourhoods/<code>/ideas/<uuid:idea_id>/support")
@public_write
def support(code: str, idea_id: UUID) -> ResponseReturnValue:
    """Support an idea."""
    idea = service.public_idea(neighbourhood_or_404(code).id, idea_id) or abort(404)
    resident, _code = ensure_resident()
    service.support(resident, idea)
    flash(_("Thank you. You support this idea."), "success")
    return redirect(url_for("ideas.show", code=code, idea_id=idea_id))


@bp.post("/neighbourhoods/<code>/ideas/<uuid:idea_id>/stop-supporting")
@public_write
def stop_supporting(code: str, idea_id: UUID) -> ResponseReturnValue:
    """Take one's support back."""
    idea = service.public_idea(neighbourhood_or_404(code).id, idea_id) or abort(404)
    resident = current_resident()
    if resident is not None:
        service.stop_supporting(resident, idea)
    flash(_("You do not support this idea any more."), "success")
    return redirect(url_for("ideas.show", code=code, idea_id=idea_id))


def _page(neighbourhood: Neighbourhood, idea: Idea, form: CommentForm) -> str:
    resident = current_resident()
    (card,) = service.cards([idea.id])
    return render_template(
        "ideas/show.html",
        card=card,
        idea=idea,
        comments=service.public_comments(idea.id),
        form=form,
        resident=resident,
        is_supported=bool(service.supported_by(resident, [idea.id])),
        **common(neighbourhood),
    )


def _not_public(neighbourhood: Neighbourhood, idea_id: UUID, form: CommentForm) -> ResponseReturnValue:
    """Why the idea can't be seen. Its writer reads the reason; what someone typed about it is given back."""
    idea, resident = service.kept_idea(neighbourhood.id, idea_id), current_resident()
    mine = idea is not None and resident is not None and idea.resident_id == resident.id
    page = render_template(
        "ideas/not_public.html", idea=idea if mine else None, typed=form.text_words, **common(neighbourhood)
    )
    return page, 404

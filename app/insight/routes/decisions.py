"""What a coordinator decides. Each page keeps what was typed and says so when someone else was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.common.clock import now
from app.extensions import db
from app.insight import service
from app.insight.forms import NEW, NONE, DecisionForm, DismissForm, MoveForm, RenameForm, ThemeForm
from app.insight.models import Concern
from app.insight.routes import bp
from app.insight.routes.review import review_page
from app.insight.routes.scope import common, concern_in_scope, passage_in_scope, staff
from app.insight.routes.way import carried
from app.people.roles import Permission, allowed
from app.places.framework import themes


def title_of(concern: Concern) -> str:
    """Its title for this reader."""
    return concern.title.shown(g.lang).text


def back_to(concern: Concern) -> ResponseReturnValue:
    """To the page of this concern, still on the same way through the queue."""
    return redirect(url_for("insight.review", concern_id=concern.id, **carried()))


def _refusal(error: Exception) -> str:
    """`unseen`: someone changed it since; `impossible`: it cannot be done to this concern."""
    return "unseen" if isinstance(error, service.ChangedMeanwhile) else "impossible"


def _at_once(
    concern_id: UUID, decide: Callable[[DecisionForm], Concern], done: Callable[[str], str]
) -> ResponseReturnValue:
    """A decision that is one button on the page of the concern."""
    form = DecisionForm()
    try:
        if not form.validate_on_submit():
            raise service.NotPossible
        concern = decide(form)
    except (service.ChangedMeanwhile, service.NotPossible) as error:
        return review_page(concern_in_scope(concern_id), refusal=_refusal(error)), 409
    flash(done(title_of(concern)), "success")
    return back_to(concern)


@bp.post("/staff/concerns/<uuid:concern_id>/confirm")
@allowed(Permission.REVIEW_CONCERNS)
def confirm(concern_id: UUID) -> ResponseReturnValue:
    """This is a concern of residents."""
    concern_in_scope(concern_id)

    def done(title: str) -> str:
        return _("You confirmed “%(title)s”. Everyone can see it now.", title=title)

    def decide(form: DecisionForm) -> Concern:
        if form.read_until is None:
            raise service.ChangedMeanwhile
        return service.confirm(concern_id, form.seen, staff(), until=form.read_until)

    return _at_once(concern_id, decide, done)


@bp.post("/staff/concerns/<uuid:concern_id>/read-new")
@allowed(Permission.REVIEW_CONCERNS)
def read_new(concern_id: UUID) -> ResponseReturnValue:
    """What came in after it was confirmed has been read."""
    concern_in_scope(concern_id)

    def done(title: str) -> str:
        return _("You have read what came in for “%(title)s”. Residents can see it as a quote now.", title=title)

    def decide(form: DecisionForm) -> Concern:
        return service.read_new(concern_id, form.seen, form.read_until, staff())

    return _at_once(concern_id, decide, done)


@bp.post("/staff/concerns/<uuid:concern_id>/reopen")
@allowed(Permission.REVIEW_CONCERNS)
def reopen(concern_id: UUID) -> ResponseReturnValue:
    """Take the decision back."""
    concern_in_scope(concern_id)

    def done(title: str) -> str:
        return _("“%(title)s” is to be reviewed again. Residents do not see it now.", title=title)

    return _at_once(concern_id, lambda form: service.reopen(concern_id, form.seen, staff()), done)


def form_page(
    template: str, concern: Concern, form: DecisionForm, decide: Callable[[], Any], **more: Any
) -> ResponseReturnValue:
    """A decision that has a page with a form. `decide` does it and gives the answer."""
    refusal, status = None, 200
    if request.method == "GET" and concern.merged_into_id is not None:
        return back_to(concern)
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                return decide()
            except (service.ChangedMeanwhile, service.NotPossible) as error:
                refusal, status = _refusal(error), 409
    concern = concern_in_scope(concern.id)
    if refusal or request.method == "GET":
        form.version.data = str(concern.version)  # sent again, it is about the concern as it is now shown
        form.until.data = (service.newest(concern.id) or now()).isoformat()
    page = render_template(
        template, concern=concern, form=form, refusal=refusal, **common(concern.neighbourhood), **more
    )
    return page, status


@bp.route("/staff/concerns/<uuid:concern_id>/rename", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def rename(concern_id: UUID) -> ResponseReturnValue:
    """Give it a title."""
    concern = concern_in_scope(concern_id)
    form = RenameForm(data={"title": dict(concern.title.texts)})

    def decide() -> ResponseReturnValue:
        renamed = service.rename(concern_id, form.seen, form.title.form.text, staff())
        flash(_("The new title is “%(title)s”.", title=title_of(renamed)), "success")
        return back_to(renamed)

    return form_page("insight/rename.html", concern, form, decide)


@bp.route("/staff/concerns/<uuid:concern_id>/dismiss", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def dismiss(concern_id: UUID) -> ResponseReturnValue:
    """Take it no further, with a reason."""
    concern = concern_in_scope(concern_id)
    form = DismissForm()

    def decide() -> ResponseReturnValue:
        dismissed = service.dismiss(concern_id, form.seen, form.reason.form.text, staff(), until=form.read_until)
        flash(
            _(
                "“%(title)s” is taken no further. The people who said it can read your reason.",
                title=title_of(dismissed),
            ),
            "success",
        )
        return back_to(dismissed)

    return form_page("insight/dismiss.html", concern, form, decide)


@bp.route("/staff/concerns/<uuid:concern_id>/theme", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def theme(concern_id: UUID) -> ResponseReturnValue:
    """Say which theme it is about."""
    concern = concern_in_scope(concern_id)
    form = ThemeForm(data={"theme": concern.theme or NONE})
    form.offer({key: known.title.shown(g.lang).text for key, known in themes().items()})

    def decide() -> ResponseReturnValue:
        chosen = None if form.theme.data == NONE else form.theme.data
        flash(_("The theme was changed."), "success")
        return back_to(service.set_theme(concern_id, form.seen, chosen, staff()))

    return form_page("insight/theme.html", concern, form, decide)


@bp.route("/staff/passages/<uuid:passage_id>/move", methods=["GET", "POST"])
@allowed(Permission.REVIEW_CONCERNS)
def move(passage_id: UUID) -> ResponseReturnValue:
    """Put one passage where it belongs."""
    passage, neighbourhood = passage_in_scope(passage_id)
    form = MoveForm()
    form.offer(service.likely_for_passage(passage, neighbourhood.id))
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                return _moved(passage_id, form, neighbourhood.code)
            except (service.ChangedMeanwhile, service.NotPossible) as error:
                refusal, status = _refusal(error), 409
                passage, neighbourhood = passage_in_scope(passage_id)
    if refusal or request.method == "GET":
        form.was_in.data = str(passage.concern_id or NONE)
    page = render_template(
        "insight/move.html", passage=passage, form=form, refusal=refusal, NEW=NEW, **common(neighbourhood)
    )
    return page, status


def _moved(passage_id: UUID, form: MoveForm, code: str) -> ResponseReturnValue:
    try:
        was_in = None if form.was_in.data == NONE else UUID(form.was_in.data or "")
    except ValueError as error:
        raise service.ChangedMeanwhile from error
    to = UUID(form.to.data) if form.to.data not in (NEW, NONE) else None
    title = form.title.form.text if form.to.data == NEW else None
    now_in = service.move(passage_id, was_in, staff(), to=to, new_title=title)
    db.session.expire_all()
    if now_in is None:
        flash(_("These words are a single voice now."), "success")
    else:
        flash(_("These words are in “%(title)s” now.", title=title_of(now_in)), "success")
    if was_in is not None:
        return redirect(url_for("insight.review", concern_id=was_in, **carried()))
    return redirect(url_for("insight.voices", code=code, **carried()))

"""Pages of staff: propose an ambition, change its words, link a concern, stop or finish it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ambitions import service
from app.ambitions.forms import AmbitionEditForm, AmbitionForm, LinkForm, ReasonForm
from app.ambitions.horizon import Horizon
from app.ambitions.models import Ambition
from app.ambitions.routes import bp
from app.ambitions.routes.shared import page, staff, staff_ambition_or_404
from app.ambitions.service import Words
from app.ambitions.states import State, StateChangeError, following, may_be_edited, takes_agreements
from app.extensions import db
from app.insight.models import Concern, ConcernState
from app.people.access import in_scope, staff_neighbourhood_or_404
from app.people.roles import Permission, allowed


def _words(form: AmbitionForm) -> Words:
    return Words(form.title.form.text, form.why.form.text, form.theme.data, Horizon(form.horizon.data))


@bp.get("/staff/neighbourhoods/<code>/ambitions")
@allowed(Permission.MANAGE_AMBITIONS)
def manage(code: str) -> ResponseReturnValue:
    """Every ambition of a neighbourhood, with what can be done about it."""
    neighbourhood = staff_neighbourhood_or_404(code)
    lines = service.lines(neighbourhood.id)
    proposals = sum(line.ambition.state is State.PROPOSED for line in lines)
    polls = service.to_take_over([line.ambition for line in lines])
    shown = page(neighbourhood, lines=lines, proposals=proposals, polls=polls)
    return render_template("ambitions/manage.html", **shown)


@bp.route("/staff/neighbourhoods/<code>/ambitions/new", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def create(code: str) -> ResponseReturnValue:
    """Propose an ambition."""
    neighbourhood = staff_neighbourhood_or_404(code)
    form = AmbitionForm()
    if form.validate_on_submit():
        ambition = service.create(
            neighbourhood, _words(form), by=staff(), submission_id=UUID(form.submission_id.data)
        )
        flash(_("The proposal is there. Everyone can read it now."), "success")
        return redirect(url_for("ambitions.staff_show", ambition_id=ambition.id))
    return _form_page("ambitions/new.html", form, **page(neighbourhood, concern=None))


def _form_page(template: str, form: Any, status: int | None = None, **context: Any) -> ResponseReturnValue:
    status = status or (200 if request.method == "GET" else 422)
    return render_template(template, form=form, **context), status


@bp.get("/staff/ambitions/<uuid:ambition_id>")
@allowed(Permission.MANAGE_AMBITIONS)
def staff_show(ambition_id: UUID) -> ResponseReturnValue:
    """One ambition, with what can be done about it."""
    ambition = staff_ambition_or_404(ambition_id)
    return render_template(
        "ambitions/staff_show.html",
        **page(
            ambition.neighbourhood,
            ambition=ambition,
            standings=service.standings(ambition),
            concerns=service.concerns_of(ambition),
            editable=may_be_edited(ambition.state),
            takes_agreements=takes_agreements(ambition.state),
            can_be_achieved=State.ACHIEVED in following(ambition.state),
            can_be_dropped=State.DROPPED in following(ambition.state),
        ),
    )


@bp.route("/staff/ambitions/<uuid:ambition_id>/edit", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def edit(ambition_id: UUID) -> ResponseReturnValue:
    """Change the words: a new version, with a reason. When someone else was first, both texts are shown."""
    ambition = staff_ambition_or_404(ambition_id)
    current = ambition.current
    form = AmbitionEditForm(
        data={
            "title": dict(current.title.texts),
            "why": dict(current.why.texts),
            "theme": current.theme,
            "horizon": current.horizon.value,
            "seen": str(current.number),
        }
    )
    theirs, status = None, None
    if form.validate_on_submit():
        try:
            service.edit(
                ambition,
                _words(form),
                reason=form.reason.form.text,
                seen_version=int(form.seen.data) if form.seen.data.isdecimal() else 0,
                by=staff(),
                submission_id=UUID(form.submission_id.data),
            )
        except service.EditedMeanwhile as meanwhile:
            theirs, status = meanwhile.current, 409
            form.seen.data = str(theirs.number)  # sent again, it goes on top of what is now shown beside it
        except service.NothingChanged:
            form.form_errors.append(_("You have not changed anything yet."))
        except service.WordsAreFixed:
            form.form_errors.append(
                _("The words cannot change now: residents are choosing, or the ambition is over.")
            )
            status = 409
        else:
            flash(_("The new version is there. The old one can still be read."), "success")
            return redirect(url_for("ambitions.staff_show", ambition_id=ambition.id))
    return _form_page(
        "ambitions/edit.html", form, status, **page(ambition.neighbourhood, ambition=ambition, theirs=theirs)
    )


@bp.route("/staff/ambitions/<uuid:ambition_id>/drop", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def drop(ambition_id: UUID) -> ResponseReturnValue:
    """Stop with an ambition and say why."""
    ambition = staff_ambition_or_404(ambition_id)
    form = ReasonForm()
    if form.validate_on_submit():
        _change(lambda: service.drop(ambition, form.reason.form.text, by=staff()))
        return redirect(url_for("ambitions.staff_show", ambition_id=ambition.id))
    return _form_page("ambitions/drop.html", form, **page(ambition.neighbourhood, ambition=ambition))


@bp.post("/staff/ambitions/<uuid:ambition_id>/achieve")
@allowed(Permission.MANAGE_AMBITIONS)
def achieve(ambition_id: UUID) -> ResponseReturnValue:
    """Say that what was wanted is there."""
    ambition = staff_ambition_or_404(ambition_id)
    _change(lambda: service.achieve(ambition, by=staff()))
    return redirect(url_for("ambitions.staff_show", ambition_id=ambition.id))


def _change(act: Any) -> None:
    try:
        act()
    except (StateChangeError, service.MovedMeanwhile):
        flash(
            _("That is not possible any more: someone else changed the ambition. Look at how it stands now."), "error"
        )
    else:
        flash(_("The ambition is changed. Everyone can see it."), "success")


def _concern_or_404(concern_id: UUID) -> Concern:
    concern = db.session.get(Concern, concern_id) or abort(404)
    in_scope(concern.neighbourhood)
    return concern


@bp.route("/staff/concerns/<uuid:concern_id>/ambition", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def link_concern(concern_id: UUID) -> ResponseReturnValue:
    """From a concern to an ambition: one that exists, or a new one."""
    concern = _concern_or_404(concern_id)
    open_ambitions = [
        line.ambition
        for line in service.lines(concern.neighbourhood_id)
        if line.ambition.state not in (State.ACHIEVED, State.DROPPED)
    ]
    linked = {link.ambition_id for link in service.links_by_concern([concern.neighbourhood_id]).get(concern.id, [])}
    others = {str(a.id): a for a in open_ambitions if a.id not in linked}
    form = LinkForm()
    titles = [(key, ambition.current.title.shown(g.lang).text) for key, ambition in others.items()]
    form.ambition.choices = [(LinkForm.NEW, _("A new ambition")), *titles]
    if concern.state is ConcernState.CONFIRMED and form.validate_on_submit():
        if form.ambition.data == LinkForm.NEW:
            return redirect(url_for("ambitions.create_from_concern", concern_id=concern.id))
        ambition = others[form.ambition.data]
        service.link_concern(ambition, concern, by=staff())
        return _linked(ambition)
    return _form_page(
        "ambitions/link_concern.html",
        form,
        **page(
            concern.neighbourhood,
            concern=concern,
            confirmed=concern.state is ConcernState.CONFIRMED,
            already=[ambition for ambition in open_ambitions if ambition.id in linked],
        ),
    )


@bp.route("/staff/concerns/<uuid:concern_id>/ambition/new", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def create_from_concern(concern_id: UUID) -> ResponseReturnValue:
    """Propose an ambition that rests on a concern; its title and theme are there to begin with."""
    concern = _concern_or_404(concern_id)
    if concern.state is not ConcernState.CONFIRMED:
        return redirect(url_for("ambitions.link_concern", concern_id=concern.id))
    form = AmbitionForm(data={"theme": concern.theme, "title": dict(concern.title.texts)})
    if form.validate_on_submit():
        sent = UUID(form.submission_id.data)
        return _linked(
            service.create(concern.neighbourhood, _words(form), by=staff(), submission_id=sent, concern=concern)
        )
    return _form_page("ambitions/new.html", form, **page(concern.neighbourhood, concern=concern))


def _linked(ambition: Ambition) -> ResponseReturnValue:
    flash(_("The concern and the ambition belong together now."), "success")
    return redirect(url_for("ambitions.staff_show", ambition_id=ambition.id))


@bp.post("/staff/ambitions/<uuid:ambition_id>/concerns/<uuid:concern_id>/unlink")
@allowed(Permission.MANAGE_AMBITIONS)
def unlink_concern(ambition_id: UUID, concern_id: UUID) -> ResponseReturnValue:
    """Take a link back that was a mistake."""
    ambition = staff_ambition_or_404(ambition_id)
    service.unlink_concern(ambition, concern_id, by=staff())
    flash(_("The concern and the ambition do not belong together any more."), "success")
    return redirect(url_for("ambitions.staff_show", ambition_id=ambition.id))

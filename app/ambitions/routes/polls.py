"""Pages of staff: let residents choose from proposals, and take over what they chose."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.ambitions import service
from app.ambitions.forms import PutToResidentsForm
from app.ambitions.routes import bp
from app.ambitions.routes.shared import page, staff
from app.ambitions.standing import local_day
from app.ambitions.states import State
from app.common.clock import now
from app.people.access import staff_neighbourhood_or_404
from app.people.roles import Permission, allowed
from app.voting.service import WrongPoll, staff_poll_or_404


@bp.route("/staff/neighbourhoods/<code>/ambitions/poll", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def put_to_residents(code: str) -> ResponseReturnValue:
    """Make a poll of proposals; it opens on its own page, after the codes are printed."""
    neighbourhood = staff_neighbourhood_or_404(code)
    proposals = {
        str(line.ambition.id): line.ambition
        for line in service.lines(neighbourhood.id)
        if line.ambition.state is State.PROPOSED
    }
    form = PutToResidentsForm()
    form.ambitions.choices = [(key, a.current.title.shown(g.lang).text) for key, a in proposals.items()]
    if form.validate_on_submit():
        today = local_day(now(), neighbourhood.municipality.time_zone)
        question = service.Question(
            form.title.form.text, form.question.form.text, form.last_day.data, form.seats.data, form.choices.data
        )
        try:
            if form.last_day.data < today:
                raise WrongPoll
            poll = service.put_to_residents(
                neighbourhood,
                [proposals[key] for key in form.ambitions.data],
                question,
                by=staff(),
                submission_id=UUID(form.submission_id.data),
            )
        except WrongPoll:
            form.last_day.errors = [_("Choose a day that is not over yet.")]
        except service.MovedMeanwhile:
            form.form_errors.append(_("Someone else put one of these plans to residents just now. Look again."))
        else:
            flash(_("The vote is ready to be opened. Print the codes first."), "success")
            return redirect(url_for("voting.staff_show", poll_id=poll.id))
    shown = page(neighbourhood, form=form, enough=len(proposals) >= 2)
    return render_template("ambitions/put_to_residents.html", **shown), 200 if request.method == "GET" else 422


@bp.route("/staff/polls/<uuid:poll_id>/take-over", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def take_over(poll_id: UUID) -> ResponseReturnValue:
    """Show what the result means for the ambitions; the button makes it so."""
    poll = staff_poll_or_404(poll_id)
    if request.method == "POST":
        taken = service.take_over(poll, by=staff())
        if taken:
            flash(ngettext("%(num)d plan is adopted.", "%(num)d plans are adopted.", len(taken.adopted)), "success")
        return redirect(url_for("ambitions.manage", code=poll.neighbourhood.code))
    return render_template(
        "ambitions/take_over.html", **page(poll.neighbourhood, poll=poll, verdict=service.verdict(poll))
    )

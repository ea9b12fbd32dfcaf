"""Pages of staff: what a party promises, and how it goes."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from app.ambitions import service
from app.ambitions.forms import AgreementForm, ReportForm
from app.ambitions.models import Agreement
from app.ambitions.routes import bp
from app.ambitions.routes.shared import page, staff, staff_ambition_or_404
from app.ambitions.states import takes_agreements, takes_reports
from app.ambitions.traffic_light import Direction, Outcome
from app.extensions import db
from app.people.access import in_scope
from app.people.roles import Permission, allowed


@bp.route("/staff/ambitions/<uuid:ambition_id>/agreements/new", methods=["GET", "POST"])
@allowed(Permission.MANAGE_AMBITIONS)
def promise(ambition_id: UUID) -> ResponseReturnValue:
    """Write down what a party promises for an ambition."""
    ambition = staff_ambition_or_404(ambition_id)
    parties = {str(party.id): party for party in ambition.neighbourhood.municipality.parties}
    form = AgreementForm()
    form.party.choices = [("", _("Choose a party")), *((key, party.name) for key, party in parties.items())]
    if form.validate_on_submit():
        promised = service.Promised(
            parties[form.party.data],
            form.what.form.text,
            form.due.data,
            form.measured_how.form.text,
            form.target.figure,
            Direction(form.direction.data),
        )
        try:
            service.promise(ambition, promised, by=staff(), submission_id=UUID(form.submission_id.data))
        except service.NotTaken:
            form.form_errors.append(_("Parties can only promise something for an ambition that residents chose."))
        except service.DueInThePast:
            form.due.errors = [_("Choose a day that is not over yet.")]
        except service.DueBeyondHorizon as beyond:
            last = format_date(beyond.last, "long")
            form.due.errors = [_("Choose a day within the time of this ambition: %(day)s at the latest.", day=last)]
        else:
            flash(_("The promise is written down. Everyone can read it."), "success")
            return redirect(url_for("ambitions.staff_show", ambition_id=ambition.id))
    shown = page(
        ambition.neighbourhood,
        ambition=ambition,
        form=form,
        takes_agreements=takes_agreements(ambition.state),
        last_day=service.last_day_of(ambition),
    )
    return render_template("ambitions/promise.html", **shown), 200 if request.method == "GET" else 422


@bp.route("/staff/agreements/<uuid:agreement_id>/report", methods=["GET", "POST"])
@allowed(Permission.REPORT_PROGRESS)
def report(agreement_id: UUID) -> ResponseReturnValue:
    """Say how it goes with a promise."""
    agreement = db.session.get(Agreement, agreement_id) or abort(404)
    ambition = agreement.ambition
    in_scope(ambition.neighbourhood)
    form = ReportForm(has_target=agreement.target is not None)
    if form.validate_on_submit():
        try:
            service.report(
                agreement,
                form.sentence.form.text,
                figure=form.figure.figure if agreement.target is not None else None,
                outcome=Outcome(form.outcome.data),
                by=staff(),
                submission_id=UUID(form.submission_id.data),
            )
        except service.NotTaken:
            form.form_errors.append(_("This ambition is stopped, so its promises have ended."))
        else:
            flash(_("The news is there. Everyone can read it."), "success")
            code = ambition.neighbourhood.code
            return redirect(url_for("ambitions.show", code=code, ambition_id=ambition.id))
    shown = page(
        ambition.neighbourhood,
        ambition=ambition,
        agreement=agreement,
        form=form,
        takes_reports=takes_reports(ambition.state),
    )
    return render_template("ambitions/report.html", **shown), 200 if request.method == "GET" else 422

"""The receipt: what happened with one person's words, and taking them back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ambitions.standing import local_day
from app.common.forms import PlainForm
from app.feedback import service
from app.feedback.forms import ReceiptForm
from app.feedback.routes import bp
from app.feedback.sentences import KINDS
from app.feedback.shown import story
from app.insight.labels import SOURCES
from app.people.codes import CodeMistyped, read_code, shown_code
from app.people.residents import current_code, current_resident, remember, remembered_code, resident_by_code
from app.people.residents import forget as forget_resident
from app.people.roles import code_entry, public, public_write
from app.places.models import Neighbourhood


@bp.route("/receipt", methods=["GET", "POST"])
@code_entry
def receipt() -> ResponseReturnValue:
    """Type your code. A code that belongs to nobody gets the same answer as one that does."""
    form = ReceiptForm()
    if form.validate_on_submit():
        try:
            code = read_code(form.code.data or "")
        except CodeMistyped:
            form.code.errors = [_("This is not a code. A code has 12 letters and numbers. Look at your note again.")]
        else:
            remember(resident_by_code(code), code)
            return redirect(url_for("feedback.mine"))
    status = 422 if form.errors else 200
    return render_template("feedback/receipt.html", form=form, remembered=current_code() is not None), status


@bp.get("/receipt/mine")
@public
def mine() -> ResponseReturnValue:
    """What belongs to the code on this phone, and what happened with each of it."""
    code = remembered_code()
    if code is None:
        return redirect(url_for("feedback.receipt"))
    resident = current_resident()
    receipt = service.receipt_of(resident) if resident is not None else service.Receipt((), ())
    return _not_kept("feedback/mine.html", receipt=receipt, code=shown_code(code.replace("-", "")))


@bp.route("/receipt/mine/<kind>/<uuid:item_id>/withdraw", methods=["GET", "POST"])
@public_write
def withdraw(kind: str, item_id: UUID) -> ResponseReturnValue:
    """Take one thing back, after a page that says what that means. Twice is once."""
    resident = current_resident()
    if resident is None:
        return redirect(url_for("feedback.receipt"))
    if kind not in list(service.Kind):
        abort(404)
    if request.method == "POST":
        if not service.withdraw(resident, service.Kind(kind), item_id):
            abort(404)
        flash(_("You took it back. We deleted your words."), "success")
        return redirect(url_for("feedback.mine"))
    item = service.find(resident, kind, item_id) or abort(404)
    return _not_kept("feedback/withdraw.html", item=item)


def _not_kept(template: str, **context: Any) -> ResponseReturnValue:
    """A page with someone's own words, which the phone of a library must not keep."""
    page = render_template(
        template, kinds=KINDS, sources=SOURCES, story=story, day_in=_day_in, form=PlainForm(), **context
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _day_in(place: Neighbourhood, moment: datetime) -> date:
    return local_day(moment, place.municipality.time_zone)


@bp.post("/receipt/forget")
@public_write
def forget() -> ResponseReturnValue:
    """Leave nothing on this phone."""
    forget_resident()
    flash(_("This phone has forgotten your code. With your code you can come back at any time."), "success")
    return redirect(url_for("feedback.receipt"))

"""What coordinators do with polls."""

from __future__ import annotations

from uuid import UUID

import segno
from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.common.forms import PlainForm
from app.common.localized import LocalizedText
from app.people.access import current_staff, staff_neighbourhood_or_404
from app.people.models import StaffAccount
from app.people.roles import Permission, allowed
from app.voting import service
from app.voting.forms import CancelForm, CodesForm, ReplaceForm, VoidForm, poll_form
from app.voting.models import Poll
from app.voting.routes import bp
from app.voting.service import AlreadyMade, NoSuchCode, NotADraft, OptionDraft, PollDraft, PrintedCode, WrongPoll
from app.voting.words import wrong_poll_message


def _staff() -> StaffAccount:
    account = current_staff()
    assert account is not None  # the view is marked with a permission
    return account


@bp.get("/staff/neighbourhoods/<code>/polls")
@allowed(Permission.MANAGE_POLLS)
def manage(code: str) -> ResponseReturnValue:
    """All polls of a neighbourhood, drafts too."""
    neighbourhood = staff_neighbourhood_or_404(code)
    polls = service.polls_of(neighbourhood.id, drafts=True)
    return render_template("voting/manage.html", neighbourhood=neighbourhood, polls=polls)


@bp.route("/staff/neighbourhoods/<code>/polls/new", methods=["GET", "POST"])
@allowed(Permission.MANAGE_POLLS)
def new(code: str) -> ResponseReturnValue:
    """Make a poll on options that are typed in."""
    neighbourhood = staff_neighbourhood_or_404(code)
    form = poll_form()
    if form.validate_on_submit():
        draft = PollDraft(
            title=form.texts("title"),
            question=form.texts("question"),
            options=[OptionDraft(title) for title in form.option_titles()],
            last_day=form.last_day.data,
            seats=form.seats.data,
            min_choices=form.min_choices.data,
            max_choices=form.max_choices.data,
            threshold_percent=form.threshold_percent.data,
        )
        try:
            poll = service.create_poll(neighbourhood, draft, _staff(), form.submission_id.data)
        except WrongPoll as wrong:
            for field, message in map(wrong_poll_message, wrong.problems):
                form[field].errors = [*form[field].errors, message]
        else:
            return redirect(url_for("voting.staff_show", poll_id=poll.id))
    return render_template("voting/new.html", neighbourhood=neighbourhood, form=form), 422 if form.errors else 200


def _page(poll: Poll, wrong: PlainForm | None = None) -> ResponseReturnValue:
    """The page of a poll; `wrong` is the one of its forms that comes back with a mistake."""
    kinds = {"codes_form": CodesForm, "replace_form": ReplaceForm, "void_form": VoidForm, "cancel_form": CancelForm}
    forms = {name: wrong if isinstance(wrong, kind) else kind(formdata=None) for name, kind in kinds.items()}
    page = render_template(
        "voting/staff_show.html",
        poll=poll,
        neighbourhood=poll.neighbourhood,
        given=service.codes_given(poll),
        cast=service.ballots_in(poll),
        form=wrong,
        **forms,
    )
    return page, 200 if wrong is None else 422


@bp.get("/staff/polls/<uuid:poll_id>")
@allowed(Permission.MANAGE_POLLS)
def staff_show(poll_id: UUID) -> ResponseReturnValue:
    """One poll: its rule, its codes, how many ballots lie in the box, and nothing more."""
    return _page(service.staff_poll_or_404(poll_id))


@bp.post("/staff/polls/<uuid:poll_id>/open")
@allowed(Permission.MANAGE_POLLS)
def open_for_voting(poll_id: UUID) -> ResponseReturnValue:
    """Open the poll."""
    poll = service.staff_poll_or_404(poll_id)
    try:
        service.open_poll(poll, _staff())
        flash(_("The poll is open. Its question, options and rule can no longer change."), "success")
    except NotADraft:
        flash(_("This poll was opened or ended before."), "warning")
    except WrongPoll:
        flash(_("The last day to vote is past. Make a new poll with a later day."), "error")
    return redirect(url_for("voting.staff_show", poll_id=poll_id))


@bp.post("/staff/polls/<uuid:poll_id>/cancel")
@allowed(Permission.MANAGE_POLLS)
def cancel(poll_id: UUID) -> ResponseReturnValue:
    """Cancel the poll with a reason that everyone can read."""
    poll, form = service.staff_poll_or_404(poll_id), CancelForm()
    if not form.validate_on_submit():
        return _page(poll, form)
    try:
        service.cancel_poll(poll, LocalizedText({g.lang: form.reason.data}), _staff())
        flash(_("The poll is cancelled. What was cast is destroyed, unread."), "success")
    except NotADraft:
        flash(_("This poll was counted or cancelled before."), "warning")
    return redirect(url_for("voting.staff_show", poll_id=poll_id))


@bp.post("/staff/polls/<uuid:poll_id>/codes")
@allowed(Permission.MANAGE_POLLS)
def make_codes(poll_id: UUID) -> ResponseReturnValue:
    """Make codes and show the sheet to print: this once only."""
    poll, form = service.staff_poll_or_404(poll_id), CodesForm()
    if not form.validate_on_submit():
        return _page(poll, form)
    try:
        printed = service.make_codes(
            poll, form.amount.data, (form.area.data or "").strip(), form.submission_id.data or "", _staff()
        )
    except AlreadyMade:
        flash(
            _("These codes were made already, and can be shown only once. Is the sheet gone? Then make new codes."),
            "warning",
        )
    except NotADraft:
        flash(_("This poll is over. It needs no codes."), "warning")
    else:
        return _sheet(poll, printed)
    return redirect(url_for("voting.staff_show", poll_id=poll_id))


@bp.post("/staff/polls/<uuid:poll_id>/replace")
@allowed(Permission.MANAGE_POLLS)
def replace_code(poll_id: UUID) -> ResponseReturnValue:
    """A new code for a letter that was lost."""
    poll, form = service.staff_poll_or_404(poll_id), ReplaceForm()
    if not form.validate_on_submit():
        return _page(poll, form)
    try:
        printed = service.replace_code(poll, form.number.data, form.submission_id.data or "", _staff())
    except NoSuchCode:
        form.number.errors = [_("There is no code with this number that still counts. Look at the letter again.")]
        return _page(poll, form)
    except (AlreadyMade, NotADraft):
        flash(_("This was done already, or the poll is over."), "warning")
        return redirect(url_for("voting.staff_show", poll_id=poll_id))
    return _sheet(poll, [printed])


@bp.post("/staff/polls/<uuid:poll_id>/void")
@allowed(Permission.MANAGE_POLLS)
def void_codes(poll_id: UUID) -> ResponseReturnValue:
    """Make the codes of a lost sheet worthless."""
    poll, form = service.staff_poll_or_404(poll_id), VoidForm()
    if not form.validate_on_submit():
        return _page(poll, form)
    try:
        ended = service.void_codes(poll, form.first.data, form.last.data, _staff())
    except NotADraft:
        flash(_("This poll is over. It needs no codes."), "warning")
    else:
        flash(
            ngettext("%(num)d code no longer counts.", "%(num)d codes no longer count.", ended)
            + " "
            + _("Codes with which someone voted already still count."),
            "success",
        )
    return redirect(url_for("voting.staff_show", poll_id=poll_id))


def _sheet(poll: Poll, printed: list[PrintedCode]) -> ResponseReturnValue:
    """The sheet, with a QR code for each: a link that fills in the code and changes nothing."""
    path = url_for("voting.enter", code=poll.neighbourhood.code, slug=poll.slug)
    prefix = current_app.config["APPLICATION_ROOT"].rstrip("/")
    address = current_app.config["PUBLIC_URL"] + path.removeprefix(prefix)
    cards = [
        (p, segno.make(f"{address}?code={p.code}", error="m").svg_inline(scale=3, border=2, light="#fff"))
        for p in printed
    ]
    return render_template(
        "voting/sheet.html", poll=poll, neighbourhood=poll.neighbourhood, cards=cards, address=address
    )


def _qr(address: str) -> str:
    return str(segno.make(address, error="m").svg_inline(scale=3, border=2, light="#fff"))

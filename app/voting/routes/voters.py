"""What residents see: the poll, their ballot, the result. Only a button (POST) uses a code."""

from __future__ import annotations

import random

from flask import Response, flash, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.people.codes import CodeMistyped
from app.people.roles import code_entry, public, public_write
from app.places.models import Neighbourhood
from app.places.service import neighbourhood_or_404
from app.voting import service
from app.voting.ballots import problem_with
from app.voting.forms import BallotForm, CodeForm
from app.voting.models import Poll, PollOption
from app.voting.routes import bp
from app.voting.service import CastOutcome, NotNow, UsableCode, WrongCode
from app.voting.words import ballot_message


def _place(code: str, slug: str) -> tuple[Neighbourhood, Poll]:
    neighbourhood = neighbourhood_or_404(code)
    return neighbourhood, service.poll_or_404(neighbourhood.id, slug)


def _key(poll: Poll) -> str:
    return f"vote:{poll.id.hex}"


def _shuffled(poll: Poll, seed: str | None = None) -> list[PollOption]:
    """The options in another order for each voter, so that no option gains by its place; the same while they vote."""
    options = list(poll.options)
    random.Random(seed).shuffle(options)  # noqa: S311 - fairness of a page, not a secret
    return options


@bp.get("/neighbourhoods/<code>/polls")
@public
def index(code: str) -> ResponseReturnValue:
    """All polls of a neighbourhood."""
    neighbourhood = neighbourhood_or_404(code)
    return render_template("voting/index.html", neighbourhood=neighbourhood, polls=service.polls_of(neighbourhood.id))


@bp.get("/neighbourhoods/<code>/polls/<slug>")
@public
def show(code: str, slug: str) -> ResponseReturnValue:
    """A poll: what is decided, how it is counted, until when; and the result once it is counted."""
    neighbourhood, poll = _place(code, slug)
    result = service.shown_result(poll)
    page = "voting/result.html" if result is not None else "voting/poll.html"
    return render_template(page, neighbourhood=neighbourhood, poll=poll, result=result, options=_shuffled(poll))


@bp.get("/neighbourhoods/<code>/polls/<slug>/ballots.json")
@public
def ballots(code: str, slug: str) -> ResponseReturnValue:
    """The opened ballots with the rule, so that anyone can count again."""
    _neighbourhood, poll = _place(code, slug)
    published = service.published_ballots(poll)
    if published is None:
        return jsonify(error="not published"), 404
    response: Response = jsonify(published)
    response.headers["Content-Disposition"] = f'attachment; filename="{poll.slug}-ballots.json"'
    return response


@bp.route("/neighbourhoods/<code>/polls/<slug>/vote", methods=["GET", "POST"])
@code_entry
def enter(code: str, slug: str) -> ResponseReturnValue:
    """Type the code. A link from a QR code fills it in and does nothing else."""
    neighbourhood, poll = _place(code, slug)
    if not poll.takes_ballots:
        return redirect(url_for("voting.show", code=code, slug=slug))
    form = CodeForm(code=request.args.get("code", "")[:100])
    if form.validate_on_submit():
        try:
            usable = service.code_for(poll, form.code.data or "")
        except CodeMistyped:
            form.code.errors = [
                _("There is a typing mistake in the code. Compare it with your letter, sign by sign.")
            ]
        except WrongCode:
            form.code.errors = [
                _("This code is not for this vote, or it was replaced by a new one. Is it the right letter?")
            ]
        else:
            session[_key(poll)] = usable.code
            return redirect(url_for("voting.ballot", code=code, slug=slug))
    page = render_template("voting/enter.html", neighbourhood=neighbourhood, poll=poll, form=form)
    return page, 422 if form.errors else 200


@bp.route("/neighbourhoods/<code>/polls/<slug>/vote/ballot", methods=["GET", "POST"])
@public_write
def ballot(code: str, slug: str) -> ResponseReturnValue:
    """The ballot: choose, check, put it in the box. What is chosen never stands in an address."""
    neighbourhood, poll = _place(code, slug)
    try:
        usable = service.code_for(poll, session.get(_key(poll), ""))
    except (CodeMistyped, WrongCode):
        return redirect(url_for("voting.enter", code=code, slug=slug))
    form, step = BallotForm(), request.form.get("step", "choose")
    form.choices.choices = [(option.key, option.title) for option in _shuffled(poll, usable.code_hash)]
    choices = list(form.choices.data or [])
    problem = problem_with(poll.rule, [option.key for option in poll.options], choices)
    status = 200
    if not poll.takes_ballots:
        return render_template("voting/too_late.html", neighbourhood=neighbourhood, poll=poll), 409
    if request.method == "POST" and step in ("check", "cast") and problem is not None:
        form.choices.errors = [ballot_message(problem, poll.rule)]
        step, status = "choose", 422
    if request.method == "POST" and step == "cast":
        return _cast(neighbourhood, poll, usable, form, choices)
    page = "voting/check.html" if step == "check" else "voting/ballot.html"
    return _ballot_page(page, neighbourhood, poll, usable, form), status


def _ballot_page(
    page: str,
    neighbourhood: Neighbourhood,
    poll: Poll,
    usable: UsableCode,
    form: BallotForm,
    *,
    surprised: bool = False,
) -> str:
    chosen = [option for option in poll.options if option.key in (form.choices.data or [])]
    return render_template(
        page,
        neighbourhood=neighbourhood,
        poll=poll,
        form=form,
        options=_shuffled(poll, usable.code_hash),
        chosen=chosen,
        has_voted=usable.has_voted,
        surprised=surprised,
    )


def _cast(
    neighbourhood: Neighbourhood, poll: Poll, usable: UsableCode, form: BallotForm, choices: list[str]
) -> ResponseReturnValue:
    replace = request.form.get("replace") == "yes"
    try:
        outcome = service.cast(poll, usable.code, choices, form.submission_id.data or "", replace=replace)
    except NotNow:
        return render_template("voting/too_late.html", neighbourhood=neighbourhood, poll=poll), 409
    except WrongCode:
        session.pop(_key(poll), None)
        flash(_("This code was replaced by a new one while you voted. Use the code on your new letter."), "error")
        return redirect(url_for("voting.enter", code=neighbourhood.code, slug=poll.slug))
    if outcome is CastOutcome.VOTED_BEFORE:
        voted = UsableCode(usable.code, usable.code_hash, has_voted=True)
        return _ballot_page("voting/check.html", neighbourhood, poll, voted, form, surprised=True), 409
    session.pop(_key(poll), None)
    session[_done_key(poll)] = outcome is CastOutcome.REPLACED
    return redirect(url_for("voting.done", code=neighbourhood.code, slug=poll.slug))


def _done_key(poll: Poll) -> str:
    return f"voted:{poll.id.hex}"


@bp.get("/neighbourhoods/<code>/polls/<slug>/vote/done")
@public
def done(code: str, slug: str) -> ResponseReturnValue:
    """The ballot is in the box. It never says what was chosen."""
    neighbourhood, poll = _place(code, slug)
    if _done_key(poll) not in session:
        return redirect(url_for("voting.show", code=code, slug=slug))
    return render_template(
        "voting/done.html", neighbourhood=neighbourhood, poll=poll, replaced=session[_done_key(poll)]
    )

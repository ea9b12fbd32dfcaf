"""What residents see: the poll, their ballot, the result. Only a button (POST) uses a code."""

from __future__ import annotations

import random
from uuid import uuid4

from flask import Response, abort, jsonify, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.people.codes import CodeMistyped
from app.people.roles import code_entry, public, public_write
from app.places.models import Neighbourhood
from app.places.service import neighbourhood_or_404
from app.voting import service
from app.voting.ballots import problem_with
from app.voting.forms import BallotForm, CodeForm
from app.voting.models import Poll, PollOption, PollState
from app.voting.routes import bp, ticket
from app.voting.service import CastOutcome, NotNow, UsableCode, WrongCode
from app.voting.words import ballot_message, shown


def _place(code: str, slug: str) -> tuple[Neighbourhood, Poll]:
    neighbourhood = neighbourhood_or_404(code)
    poll = service.poll_or_404(neighbourhood.id, slug)
    if poll.state is PollState.DRAFT:  # a letter can come before the day: no more is told than that
        abort(make_response(render_template("voting/not_yet.html", neighbourhood=neighbourhood), 404))
    return neighbourhood, poll


def _key(poll: Poll) -> str:
    return f"vote:{poll.id.hex}"


def _done_key(poll: Poll) -> str:
    return f"voted:{poll.id.hex}"


def _unkept(page: str, status: int = 200) -> Response:
    """A page that shows a choice or can use a code: it may not stay behind on a shared computer."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shuffled(poll: Poll, seed: str | None = None) -> list[PollOption]:
    """The options in another order for each voter, so that none gains by its place; the same while they vote."""
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
            if not _kept(poll):
                return redirect(url_for("voting.ballot", code=code, slug=slug))
            return _ballot_page("voting/ballot.html", neighbourhood, poll, usable, _ballot_form(poll, usable))
    return _code_page(neighbourhood, poll, form, 422 if form.errors else 200)


def _kept(poll: Poll) -> list[str]:
    """What was chosen already, when the code has to be typed once more in between."""
    keys = {option.key for option in poll.options}
    return [key for key in request.form.getlist("choices") if key in keys]


def _code_page(neighbourhood: Neighbourhood, poll: Poll, form: CodeForm, status: int) -> Response:
    page = render_template("voting/enter.html", neighbourhood=neighbourhood, poll=poll, form=form, kept=_kept(poll))
    return _unkept(page, status)


def _code_again(neighbourhood: Neighbourhood, poll: Poll, message: str) -> Response:
    """Ask for the code once more; what was chosen is not lost."""
    session.pop(_key(poll), None)
    form = CodeForm(formdata=None)
    form.code.errors = [message]
    return _code_page(neighbourhood, poll, form, 409)


def _ballot_form(poll: Poll, usable: UsableCode) -> BallotForm:
    form = BallotForm()
    form.ticket.data = ticket.write(poll, usable.code)
    form.choices.choices = [(option.key, shown(option.title)) for option in _shuffled(poll, usable.code_hash)]
    return form


@bp.route("/neighbourhoods/<code>/polls/<slug>/vote/ballot", methods=["GET", "POST"])
@public_write
def ballot(code: str, slug: str) -> ResponseReturnValue:
    """The ballot: choose, check, put it in the box. What is chosen never stands in an address."""
    neighbourhood, poll = _place(code, slug)
    if not poll.takes_ballots:
        return _too_late(neighbourhood, poll)
    typed = ticket.read(poll, request.form.get("ticket", "")) or session.get(_key(poll), "")
    try:
        usable = service.code_for(poll, typed)
    except (CodeMistyped, WrongCode):
        if request.method == "GET":
            return redirect(url_for("voting.enter", code=code, slug=slug))
        return _code_again(neighbourhood, poll, _("Type your code once more. Your choices are kept."))
    form, step = _ballot_form(poll, usable), request.form.get("step", "choose")
    choices = list(form.choices.data or [])
    problem = problem_with(poll.rule, [option.key for option in poll.options], choices)
    if request.method == "POST" and step in ("check", "cast"):
        if problem is not None:
            form.choices.errors = [ballot_message(problem, poll.rule)]
            return _ballot_page("voting/ballot.html", neighbourhood, poll, usable, form, 422)
        if step == "cast":
            return _cast(neighbourhood, poll, usable, form, choices)
        form.submission_id.data = str(uuid4())  # each look at the ballot is a wish of its own, until it is sent
        return _ballot_page("voting/check.html", neighbourhood, poll, usable, form)
    return _ballot_page("voting/ballot.html", neighbourhood, poll, usable, form)


def _ballot_page(
    template: str,
    neighbourhood: Neighbourhood,
    poll: Poll,
    usable: UsableCode,
    form: BallotForm,
    status: int = 200,
    *,
    surprised: bool = False,
) -> Response:
    page = render_template(
        template,
        neighbourhood=neighbourhood,
        poll=poll,
        form=form,
        options=_shuffled(poll, usable.code_hash),
        chosen=[option for option in poll.options if option.key in (form.choices.data or [])],
        has_voted=usable.has_voted or surprised,
        surprised=surprised,
    )
    return _unkept(page, status)


def _cast(
    neighbourhood: Neighbourhood, poll: Poll, usable: UsableCode, form: BallotForm, choices: list[str]
) -> ResponseReturnValue:
    replace = request.form.get("replace") == "yes"
    try:
        outcome = service.cast(poll, usable.code, choices, form.submission_id.data or "", replace=replace)
    except NotNow:
        return _too_late(neighbourhood, poll)
    except WrongCode:
        return _code_again(
            neighbourhood,
            poll,
            _("This code was replaced by a new one while you voted. Type the code on your new letter."),
        )
    if outcome is CastOutcome.VOTED_BEFORE:
        return _ballot_page("voting/check.html", neighbourhood, poll, usable, form, 409, surprised=True)
    session.pop(_key(poll), None)
    session[_done_key(poll)] = outcome is CastOutcome.REPLACED
    return redirect(url_for("voting.done", code=neighbourhood.code, slug=poll.slug))


def _too_late(neighbourhood: Neighbourhood, poll: Poll) -> ResponseReturnValue:
    if request.method == "GET":
        return redirect(url_for("voting.show", code=neighbourhood.code, slug=poll.slug))
    return render_template("voting/too_late.html", neighbourhood=neighbourhood, poll=poll), 409


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

"""Pages for everyone: the ambitions of a neighbourhood, and one of them with the way back to the words."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ambitions import service
from app.ambitions.models import Ambition
from app.ambitions.routes import bp
from app.ambitions.routes.shared import page
from app.ambitions.states import State
from app.common.languages import name_in
from app.insight.labels import SOURCES
from app.insight.service import UNKNOWN, public_concerns_by_id, quotes_by_concern
from app.insight.shown_breakdown import ShownBreakdown
from app.people.roles import public
from app.places.service import neighbourhood_or_404
from app.voting.models import PollState

QUOTES_SHOWN = 3


def _no_promises(ambition: Ambition) -> str:
    """What to say when there are no promises."""
    if ambition.state in (State.PROPOSED, State.PUT_TO_RESIDENTS):
        return _("Organisations promise something after residents have chosen this plan.")
    return _("No organisation has promised anything yet.")


def _rows(breakdown: ShownBreakdown, name: Callable[[str], str]) -> list[tuple[str, int | None]]:
    """The bars of a breakdown, with what is too small to show alone put together at the end."""
    shown: list[tuple[str, int | None]] = [(name(key), count) for key, count in breakdown.parts]
    return shown if breakdown.together == 0 else [*shown, (_("Other"), breakdown.together)]


def _votes(ambition: Ambition) -> dict[UUID, str]:
    """The addresses of the polls that everyone may see, by the poll's id."""
    code = ambition.neighbourhood.code
    public_polls = [poll for poll in service.polls_of([ambition]).values() if poll.state is not PollState.DRAFT]
    return {poll.id: url_for("voting.show", code=code, slug=poll.slug) for poll in public_polls}


def _language_name(code: str) -> str:
    return _("Language not determined") if code == UNKNOWN else name_in(code, g.lang)


@bp.get("/neighbourhoods/<code>/ambitions")
@public
def index(code: str) -> ResponseReturnValue:
    """What residents and parties want together in this neighbourhood."""
    neighbourhood = neighbourhood_or_404(code)
    return render_template("ambitions/index.html", **page(neighbourhood, lines=service.lines(neighbourhood.id)))


@bp.get("/neighbourhoods/<code>/ambitions/<uuid:ambition_id>")
@public
def show(code: str, ambition_id: UUID) -> ResponseReturnValue:
    """An ambition, its promises, and the walk back: the concerns it rests on, and what residents said."""
    ambition = service.ambition_or_404(code, ambition_id)
    found = public_concerns_by_id([link.concern_id for link in ambition.concern_links])
    concerns = {concern.id: concern for concern in found.values()}  # merged ones lead to the same concern
    return render_template(
        "ambitions/show.html",
        **page(
            ambition.neighbourhood,
            ambition=ambition,
            standings=service.standings(ambition),
            concerns=list(concerns.values()),
            quotes=quotes_by_concern(list(concerns), QUOTES_SHOWN),
            history=service.history(ambition),
            votes=_votes(ambition),
            no_promises=_no_promises(ambition),
            rows=_rows,
            name_of_language=_language_name,
            source_name=lambda source: str(SOURCES.get(source, source)),
        ),
    )

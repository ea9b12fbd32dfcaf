"""The pages that combine slices."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.ambitions import labels
from app.ambitions.standing import local_day
from app.insight import group_words
from app.insight import labels as insight_labels
from app.people.access import current_staff, staff_neighbourhood_or_404
from app.people.roles import Permission, allowed, public
from app.places.service import municipalities, neighbourhood_or_404
from app.web.neighbourhood_page import front_page
from app.web.representation_page import who_is_not_heard

bp = Blueprint("web", __name__)


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """The front page: what happens with your words, and which neighbourhoods there are."""
    return render_template("web/start.html", municipalities=municipalities())


@bp.get("/neighbourhoods/<code>")
@public
def neighbourhood(code: str) -> ResponseReturnValue:
    """A neighbourhood: what was said, what was promised, what was kept, what you can do now."""
    here = neighbourhood_or_404(code)
    zone = here.municipality.time_zone
    return render_template(
        "web/neighbourhood.html",
        neighbourhood=here,
        page=front_page(here.id),
        labels=labels,
        day_of=lambda moment: local_day(moment, zone),
    )


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept of you and what is not."""
    return render_template("web/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """How accessible this site is, and what to do when it is not."""
    return render_template("web/accessibility.html")


@bp.get("/staff/")
@allowed(Permission.SEE_DASHBOARD)
def dashboard() -> ResponseReturnValue:
    """Where staff begin: their neighbourhoods and what waits in each."""
    account = current_staff()
    return render_template("web/dashboard.html", municipality=account.municipality if account else None)


@bp.get("/staff/neighbourhoods/<code>/who-is-not-heard")
@allowed(Permission.SEE_DASHBOARD)
def not_heard(code: str) -> ResponseReturnValue:
    """Those who spoke beside those who live here: who is missing."""
    here = staff_neighbourhood_or_404(code)
    return render_template(
        "web/who_is_not_heard.html",
        neighbourhood=here,
        page=who_is_not_heard(here.id),
        words=group_words,
        labels=insight_labels,
    )

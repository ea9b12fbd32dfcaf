"""You said, we did: the page with all of it, and the poster for the community centre."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ambitions import labels
from app.ambitions.standing import local_day
from app.common.clock import now
from app.feedback import you_said as telling
from app.feedback.poster import qr_svg
from app.feedback.routes import bp
from app.people.roles import public
from app.places.models import Neighbourhood
from app.places.service import neighbourhood_or_404

ON_POSTER = 5
PAPERS = ("a4", "a3")


@bp.get("/neighbourhoods/<code>/you-said")
@public
def you_said(code: str) -> ResponseReturnValue:
    """Everything that came of what residents said here."""
    neighbourhood = neighbourhood_or_404(code)
    return render_template(
        "feedback/you_said.html", said=telling.you_said(neighbourhood.id), **_common(neighbourhood)
    )


@bp.get("/neighbourhoods/<code>/you-said/poster")
@public
def poster(code: str) -> ResponseReturnValue:
    """The newest of it on paper, with a QR code of the neighbourhood's page in the reader's language."""
    neighbourhood = neighbourhood_or_404(code)
    address = _public_address(url_for("web.neighbourhood", code=code))
    return render_template(
        "feedback/poster.html",
        entries=telling.you_said_we_did(neighbourhood.id, ON_POSTER),
        address=address,
        qr=qr_svg(address, _("QR code of this neighbourhood's page")),
        paper=request.args["paper"] if request.args.get("paper") in PAPERS else PAPERS[0],
        today=local_day(now(), neighbourhood.municipality.time_zone),
        **_common(neighbourhood),
    )


def _common(neighbourhood: Neighbourhood) -> dict[str, object]:
    zone = neighbourhood.municipality.time_zone
    return {
        "neighbourhood": neighbourhood,
        "labels": labels,
        "day_of": lambda moment: local_day(moment, zone),
    }


def _public_address(path: str) -> str:
    """The whole address that residents type, of a path that already has the prefix."""
    parts = urlsplit(current_app.config["PUBLIC_URL"])
    return f"{parts.scheme}://{parts.netloc}{path}"

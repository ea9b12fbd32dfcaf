"""Pages of voting: residents vote (`voters`), staff make polls (`staff`)."""

from flask import Blueprint

bp = Blueprint("voting", __name__)

from app.voting.routes import staff, voters  # noqa: E402 - the views need the blueprint

__all__ = ["bp", "staff", "voters"]


@bp.app_context_processor
def _words() -> dict[str, object]:
    from app.voting import words

    return {"voting_words": words}

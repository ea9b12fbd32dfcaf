"""Errors that say what to do, and a form that was open too long loses nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.extensions import db
from app.people.access import SignedOut

_NEVER_BACK = {"csrf_token", "password"}
_NOT_TO_SHOW = {"ticket", "receipt"}


def _from_this_site() -> bool:
    """Whether the browser says that the form was on one of our own pages.

    Only then may a form be sent again with one tap; otherwise another site could have made it.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return (
        urlsplit(origin).netloc == request.host
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )


def _send_again(sign_in_url: str | None, status: int) -> ResponseReturnValue:
    if not _from_this_site():
        return render_template("web/errors/400.html"), 400
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NEVER_BACK]
    # Everything goes back; what is shown are sentences, not the ids behind buttons and boxes.
    words = [value for name, value in fields if name not in _NOT_TO_SHOW and " " in value.strip()]
    page = render_template(
        "web/errors/expired.html",
        fields=fields,
        words=words,
        action=request.full_path.rstrip("?"),
        sign_in_url=sign_in_url,
    )
    return page, status, {"Cache-Control": "no-store"}


def init_app(app: Flask) -> None:
    """Give every error its page."""

    @app.errorhandler(CSRFError)
    def expired(_error: CSRFError) -> ResponseReturnValue:
        return _send_again(None, 400)

    @app.errorhandler(SignedOut)
    def signed_out(_error: SignedOut) -> ResponseReturnValue:
        return _send_again(url_for("people.sign_in"), 401)

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Any:
        if error.code is None or error.code < 400:
            return error
        page = str(error.code) if error.code in (400, 403, 404, 429) else "500" if error.code >= 500 else "400"
        return render_template(f"web/errors/{page}.html"), error.code, list(_kept_headers(error))

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> ResponseReturnValue:
        if app.testing or app.debug:
            raise error
        db.session.rollback()
        app.logger.exception("failed", extra={"fields": {"request": g.get("request_id")}})
        return render_template("web/errors/500.html", request_id=g.get("request_id")), 500


def _kept_headers(error: HTTPException) -> Any:
    return ((name, value) for name, value in error.get_headers() if name in ("Retry-After", "Allow"))

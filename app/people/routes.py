"""Signing in and out as staff."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from app.people.forms import SignInForm
from app.people.roles import code_entry, public_write
from app.people.service import account_by_password

bp = Blueprint("people", __name__)


def _own_path(target: str) -> str | None:
    """The target when it is a path on this site: a link in a mail must not lead on to another site."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    prefix = current_app.config["APPLICATION_ROOT"].rstrip("/")
    return target if target.startswith(prefix + "/") else prefix + target


@bp.route("/staff/sign-in", methods=["GET", "POST"])
@code_entry
def sign_in() -> ResponseReturnValue:
    """The sign-in page of staff."""
    form = SignInForm()
    if form.validate_on_submit():
        account = account_by_password(form.login.data or "", form.password.data or "")
        if account is not None:
            session.clear()
            login_user(account)
            return redirect(_own_path(request.args.get("next", "")) or url_for("web.dashboard"))
        form.password.errors = [_("This user name and password do not belong together. Check both and try again.")]
    return render_template("people/sign_in.html", form=form), 200 if request.method == "GET" else 422


@bp.post("/staff/sign-out")
@public_write
def sign_out() -> ResponseReturnValue:
    """Sign out."""
    logout_user()
    session.clear()
    flash(_("You are signed out."), "success")
    return redirect(url_for("web.start"))

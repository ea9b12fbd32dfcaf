"""Asked before every view: may this person come here, and is the thing theirs to see?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user

from app.extensions import db, login_manager
from app.people.models import StaffAccount
from app.people.roles import Access, Permission, Role
from app.places.models import Neighbourhood
from app.places.service import neighbourhood_by_code


class SignedOut(Exception):
    """Someone sent a staff form without being signed in; what they typed must not be lost."""


@login_manager.user_loader
def _load(account_id: str) -> StaffAccount | None:
    account = db.session.get(StaffAccount, UUID(account_id))
    return account if account is not None and account.active else None


def current_staff() -> StaffAccount | None:
    """The member of staff who is signed in, or None."""
    return current_user if current_user.is_authenticated else None


def may(permission: Permission) -> bool:
    """Whether the person on this page has a permission; for showing or leaving out a link."""
    account = current_staff()
    return account is not None and Access(permission).admits(account.role)


def in_scope(neighbourhood: Neighbourhood | None) -> Neighbourhood:
    """This neighbourhood when it lies in the municipality of who is signed in; else the request ends with 404."""
    account = current_staff()
    if neighbourhood is None or account is None or neighbourhood.municipality_id != account.municipality_id:
        abort(404)
    return neighbourhood


def staff_neighbourhood_or_404(code: str) -> Neighbourhood:
    """The neighbourhood with this code, when it is in the signed-in member of staff's own municipality."""
    return in_scope(neighbourhood_by_code(code))


def staff_neighbourhood_id_or_404(neighbourhood_id: UUID) -> Neighbourhood:
    """The same, by id: for a thing that was found by its own id."""
    return in_scope(db.session.get(Neighbourhood, neighbourhood_id))


def _guard() -> Any:
    if request.endpoint is None or request.endpoint == "static":
        return None
    access: Access | None = getattr(current_app.view_functions[request.endpoint], "access", None)
    if access is None:
        abort(403)
    if access.permission is None:
        return None
    account = current_staff()
    role: Role | None = account.role if account is not None else None
    if access.admits(role):
        return None
    if role is not None:
        abort(403)
    if request.method == "POST":
        raise SignedOut
    return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))


def init_app(app: Flask) -> None:
    """Ask the question before every request."""
    app.before_request(_guard)
    app.jinja_env.globals.update(current_staff=current_staff, may=may, Permission=Permission)

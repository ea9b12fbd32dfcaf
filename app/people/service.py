"""Staff accounts: make one, sign in."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.people.models import StaffAccount
from app.people.passwords import hash_password, password_fits
from app.people.roles import Role
from app.places.models import Municipality


class LoginTaken(ValueError):
    """Another account has this user name."""


def login_is_taken(login: str) -> bool:
    """Whether an account, active or not, has this user name."""
    return db.session.scalar(select(StaffAccount.id).where(StaffAccount.login == login)) is not None


def create_account(login: str, name: str, password: str, role: Role, municipality: Municipality) -> StaffAccount:
    """Make a staff account. Raises LoginTaken."""
    if login_is_taken(login):
        raise LoginTaken(login)
    account = StaffAccount(
        login=login,
        name=name,
        password_hash=hash_password(password),
        role=role,
        municipality_id=municipality.id,
    )
    db.session.add(account)
    try:
        db.session.commit()
    except IntegrityError:  # at the same moment
        db.session.rollback()
        raise LoginTaken(login) from None
    return account


def account_by_password(login: str, password: str) -> StaffAccount | None:
    """The active account with this user name and password. Takes as long when there is none."""
    account = db.session.scalar(select(StaffAccount).where(StaffAccount.login == login.strip()))
    fits = password_fits(password, account.password_hash if account is not None else None)
    return account if fits and account is not None and account.active else None

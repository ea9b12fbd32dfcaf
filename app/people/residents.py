"""The resident on this phone: a pseudonym that is made at the first thing they send in."""

from __future__ import annotations

from flask import g, session
from sqlalchemy import bindparam, select

from app.common.insert_once import insert_once
from app.extensions import db
from app.people.codes import keyed_hash, new_code
from app.people.models import Resident

_KEY = "receipt"
# Built once: nearly every request of a resident asks it.
_BY_CODE = select(Resident).where(Resident.receipt_hash == bindparam("receipt_hash"))


def resident_by_code(code: str) -> Resident | None:
    """The resident who holds this receipt code (as `read_code` gives it)."""
    return db.session.scalar(_BY_CODE, {"receipt_hash": keyed_hash(code, "receipt")})


def current_resident() -> Resident | None:
    """The resident whom this phone remembers, if any. Asks the database once a request."""
    if "resident" not in g:
        code = session.get(_KEY)
        g.resident = resident_by_code(code) if code else None
    resident: Resident | None = g.resident
    return resident


def current_code() -> str | None:
    """The receipt code in clear, from this phone's own cookie (the server keeps only its hash)."""
    return session.get(_KEY) if current_resident() is not None else None


def expect_resident() -> None:
    """Call it where a form is opened: this phone gets its receipt code now, while the server stores nothing yet.

    Then a double tap carries one code, makes one pseudonym, and the code that the person is shown is theirs.
    """
    if _KEY not in session:
        session[_KEY] = new_code()
        session.permanent = True


def ensure_resident() -> tuple[Resident, str]:
    """This phone's resident and receipt code; makes what is missing. Adds, does not commit."""
    resident, code = current_resident(), session.get(_KEY) or new_code()
    if resident is None:
        receipt_hash = keyed_hash(code, "receipt")
        db.session.execute(insert_once(Resident, "receipt_hash").values(receipt_hash=receipt_hash))
        resident = db.session.scalars(select(Resident).where(Resident.receipt_hash == receipt_hash)).one()
        remember(resident, code)
    return resident, code


def remembered_code() -> str | None:
    """The code that this phone keeps, also when nothing was ever sent with it."""
    code: str | None = session.get(_KEY)
    return code


def remember(resident: Resident | None, code: str) -> None:
    """Keep this code on this phone, until it is forgotten or half a day has passed.

    Without a resident it is a code that belongs to nothing here, which is kept all the same: from the answer to
    a code nobody can tell whether it exists.
    """
    session[_KEY] = code
    session.permanent = True
    g.resident = resident


def forget() -> None:
    """Leave nothing of the resident on this phone; what they said stays, their code opens it."""
    session.pop(_KEY, None)
    g.resident = None

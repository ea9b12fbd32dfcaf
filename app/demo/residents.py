"""The demo's residents. None of them holds a code, but for the one whose story can be looked up."""

from __future__ import annotations

from sqlalchemy import select

from app.common.insert_once import insert_once
from app.extensions import db
from app.people.codes import keyed_hash
from app.people.models import Resident

STORY = "story"


def resident(key: str, receipt_code: str) -> Resident:
    """The resident with this key. `receipt_code` is that of the one with a story; the others' hashes are made
    of words that no one can type as a code. Does not commit."""
    receipt_hash = keyed_hash(receipt_code if key == STORY else f"demo {key}", "receipt")
    wanted = select(Resident).where(Resident.receipt_hash == receipt_hash)
    known = db.session.scalar(wanted)
    if known is None:
        db.session.execute(insert_once(Resident, "receipt_hash").values(receipt_hash=receipt_hash))
        known = db.session.scalars(wanted).one()
    return known

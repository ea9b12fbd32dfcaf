"""The code while someone fills in a ballot: signed, inside the form, so never in an address and never in a log.

It goes with the form and not only with the phone: with two letters on one phone each ballot keeps its own code, and a
session that ended loses nothing. Signing keeps code tries behind the stricter limit of the page where they are typed.
"""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.voting.models import Poll


def _signer(poll: Poll) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"ballot:{poll.id}")


def write(poll: Poll, code: str) -> str:
    """The code as a hidden field of this poll's forms."""
    return str(_signer(poll).dumps(code))


def read(poll: Poll, ticket: str) -> str | None:
    """The code in a hidden field, or None when it was not signed here for this poll."""
    try:
        return str(_signer(poll).loads(ticket))
    except BadSignature:
        return None

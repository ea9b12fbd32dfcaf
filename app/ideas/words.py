"""What was taken out of someone's words, in words."""

from __future__ import annotations

from typing import Any

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "name": _l("a name"),
    "phone": _l("a phone number"),
    "email": _l("an e-mail address"),
    "postcode": _l("a postcode"),
    "house_number": _l("a house number"),
    "number_plate": _l("a number plate"),
    "iban": _l("a bank account number"),
    "bsn": _l("a citizen service number"),
}
_OTHER = _l("personal data")


def taken_out(kinds: tuple[str, ...]) -> str:
    """The kinds of personal data as a list in the reader's language: "a name and a phone number"."""
    return format_list(list(dict.fromkeys(str(KINDS.get(kind, _OTHER)) for kind in kinds)), locale=get_locale())

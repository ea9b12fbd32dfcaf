"""The words on the screen for a text that many people sent."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext


def sent(copies: int | None, texts: int) -> Any:
    """How many of the people in a concern sent a text that many sent; None: some, but not to be told."""
    if copies is None:
        return _(
            "Some of them sent the same text. How many is not shown, because the one group or the other is too small."
        )
    if texts > 1:
        return ngettext(
            "%(num)d of them sent one of %(texts)s texts that many people sent.",
            "%(num)d of them sent one of %(texts)s texts that many people sent.",
            copies,
            texts=texts,
        )
    return ngettext(
        "%(num)d of them sent a text that many people sent.",
        "%(num)d of them sent the same text, or almost the same.",
        copies,
    )


def counted_once(voices: int) -> Any:
    """How many there are when such a text counts once."""
    return ngettext(
        "If we count such a text once, there is %(num)d voice. The order of the list goes by that number.",
        "If we count such a text once, there are %(num)d voices. The order of the list goes by that number.",
        voices,
    )

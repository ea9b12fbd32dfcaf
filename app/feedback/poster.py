"""The QR code on the poster: where a passer-by reads on, on their own phone."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_svg(address: str, title: str) -> Markup:
    """A QR code of this address as inline SVG, black on white also in dark mode.

    Error correction Q (a quarter may be torn or dirty), with the quiet zone of 4 modules that ISO/IEC 18004 asks.
    """
    code = segno.make(address, error="q", micro=False, boost_error=False)
    # segno escapes the title; the address itself is only in the pattern.
    return Markup(code.svg_inline(scale=8, border=4, light="#fff", omitsize=True, title=title))  # noqa: S704

"""The encoder of this installation."""

from __future__ import annotations

from flask import current_app

from app.insight import Encoder, default_encoder, learnt_for
from app.insight.learnt import ANY


def encoder() -> Encoder:
    """What turns texts into vectors here; it loads its model at the first text."""
    return current_app.extensions.get("insight_encoder") or default_encoder()


def known_languages() -> frozenset[str]:
    """The languages from which the analysis learnt what people mean."""
    return frozenset(learnt_for(encoder()).means) - {ANY}

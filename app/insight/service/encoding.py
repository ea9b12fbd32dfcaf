"""The encoder of this installation."""

from __future__ import annotations

from flask import current_app

from app.insight import Encoder, default_encoder


def encoder() -> Encoder:
    """What turns texts into vectors here; it loads its model at the first text."""
    return current_app.extensions.get("insight_encoder") or default_encoder()

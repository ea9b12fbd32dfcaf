"""Pages about ambitions: for everyone, and for staff of the municipality."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("ambitions", __name__)

from app.ambitions.routes import polls, promises, public, staff  # noqa: E402, F401  (they add their pages to bp)

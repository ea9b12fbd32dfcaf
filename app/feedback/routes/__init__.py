"""Pages that tell back: what came of it all for a neighbourhood, and what happened with one person's words."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("feedback", __name__)

from app.feedback.routes import receipts, you_said  # noqa: E402, F401  (they add their pages to bp)

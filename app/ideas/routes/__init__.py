"""Pages of ideas: the board, an idea, a new one, and staff who look after them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("ideas", __name__)

from app.ideas.routes import board, new, staff, withdrawing  # noqa: E402, F401  (they add their pages to bp)

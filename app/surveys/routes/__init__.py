"""Pages of surveys: what it is about, one page of questions at a time, sending, and what came of it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("surveys", __name__)

from app.surveys.routes import around, questions, sending  # noqa: E402, F401  (they add their pages to bp)

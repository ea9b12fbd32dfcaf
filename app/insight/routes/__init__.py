"""Pages of insight: public concerns, and the coordinator's review."""

from flask import Blueprint

bp = Blueprint("insight", __name__)

from app.insight.routes import decisions, public, review  # noqa: E402, F401

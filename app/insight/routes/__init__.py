"""Pages of insight: public concerns, and the coordinator's review."""

from flask import Blueprint

from app.insight import jobs  # noqa: F401  (so that a worker knows them wherever the slice is registered)

bp = Blueprint("insight", __name__)

from app.insight.routes import (  # noqa: E402, F401  (they add their pages to bp)
    decisions,
    examples,
    public,
    rearranging,
    review,
    steps,
    summary,
    taking_out,
)

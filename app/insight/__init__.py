"""Insight: from what residents wrote to concerns, with every step walked back to the words.

This is the face of the pure core; it needs neither Flask nor a database:

    encoder = default_encoder()
    analysis = analyse([Statement("1", "De lift is al weken stuk", "nl")], encoder)

`models.py`, `service.py`, `jobs.py`, `forms.py` and `routes.py` of this package are the slice's doors in the web
application, and are not imported here.
"""

from app.insight.records import (
    FEELINGS,
    KINDS,
    THEMES,
    Analysis,
    Concern,
    Encoder,
    KnownConcern,
    Passage,
    Redacted,
    Statement,
    Vectors,
)

__all__ = [
    "FEELINGS",
    "KINDS",
    "THEMES",
    "Analysis",
    "Concern",
    "Encoder",
    "KnownConcern",
    "Passage",
    "Redacted",
    "Statement",
    "Vectors",
]

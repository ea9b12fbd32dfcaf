"""Insight: from what residents wrote to concerns, with every step walked back to the words.

This is the face of the pure core; it needs neither Flask nor a database:

    encoder = default_encoder()
    analysis = analyse([Statement("1", "De lift is al weken stuk", "nl")], encoder)

or in two halves, when passages are kept between runs: `read` (costly, once for each statement) and `group`
(cheap, whenever passages were added). `vector_of` and `nearest` answer "is this said already?".

From votes on statements `opinions` finds groups that vote alike, what they share and what divides them, see
`app.insight.agreement`.

`models`, `service`, `jobs`, `forms` and `routes` of this package are the slice's doors in the web application; they
are not imported here.
"""

from app.insight.agreement import Choice, Opinions, TooFew, Vote, opinions
from app.insight.clustering import assign_to_known, cluster_rest
from app.insight.encoding import default_encoder
from app.insight.learnt import NotLearnt, learnt_for
from app.insight.pipeline import analyse, group, read
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
from app.insight.redaction import redact
from app.insight.similar import nearest, vector_of
from app.insight.themes import Taught

__all__ = [
    "FEELINGS",
    "KINDS",
    "THEMES",
    "Analysis",
    "Choice",
    "Concern",
    "Encoder",
    "KnownConcern",
    "NotLearnt",
    "Opinions",
    "Passage",
    "Redacted",
    "Statement",
    "Taught",
    "TooFew",
    "Vectors",
    "Vote",
    "analyse",
    "assign_to_known",
    "cluster_rest",
    "default_encoder",
    "group",
    "learnt_for",
    "nearest",
    "opinions",
    "read",
    "redact",
    "vector_of",
]

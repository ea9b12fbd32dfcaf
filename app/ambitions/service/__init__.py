"""What can be done with ambitions; each function is one transaction."""

from app.ambitions.service.links import (
    NotConfirmed,
    NotTheSamePlace,
    concern_ids_of,
    link_concern,
    links_by_concern,
    unlink_concern,
)
from app.ambitions.service.moves import MovedMeanwhile, achieve, drop
from app.ambitions.service.promises import (
    DueBeyondHorizon,
    DueInThePast,
    NoFigureHere,
    NotTaken,
    OnlyFiguresCount,
    Promised,
    last_day_of,
    promise,
    report,
)
from app.ambitions.service.reading import (
    AmbitionLine,
    Standing,
    ambition_or_404,
    lines,
    standings,
    with_promises,
)
from app.ambitions.service.words import EditedMeanwhile, NothingChanged, Words, WordsAreFixed, create, edit, words_of

__all__ = [
    "AmbitionLine",
    "DueBeyondHorizon",
    "DueInThePast",
    "EditedMeanwhile",
    "MovedMeanwhile",
    "NoFigureHere",
    "NotConfirmed",
    "NotTaken",
    "NotTheSamePlace",
    "NothingChanged",
    "OnlyFiguresCount",
    "Promised",
    "Standing",
    "Words",
    "WordsAreFixed",
    "achieve",
    "ambition_or_404",
    "concern_ids_of",
    "create",
    "drop",
    "edit",
    "last_day_of",
    "lines",
    "link_concern",
    "links_by_concern",
    "promise",
    "report",
    "standings",
    "unlink_concern",
    "with_promises",
    "words_of",
]

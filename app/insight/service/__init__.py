"""The use cases of insight: what other slices may ask, what staff decides, what the worker does.

Everything that others need of this slice is a name of this module.
"""

from app.insight.service.came_in import came_in, newest
from app.insight.service.deciding import ChangedMeanwhile, NotPossible
from app.insight.service.erasure import erase_leftovers
from app.insight.service.figures import UNKNOWN, Figures, figures
from app.insight.service.history import CannotUndo, Entry, history, undo
from app.insight.service.likely import likely_for_concern, likely_for_passage
from app.insight.service.originals import show_original
from app.insight.service.outbox import failures, try_again
from app.insight.service.public import (
    Heard,
    PublicConcern,
    Quote,
    concern_or_404,
    concerns_of,
    people_by_theme,
    public_concerns,
    public_concerns_by_id,
    quotes,
    quotes_by_concern,
)
from app.insight.service.rearranging import Part, merge, move, split, split_in_parts
from app.insight.service.review import confirm, dismiss, read_new, rename, reopen, set_theme
from app.insight.service.review_pages import (
    Page,
    QueueItem,
    Voice,
    Waiting,
    live_passage,
    passages_of,
    queue,
    representative,
    single_voices,
    voices,
    waiting,
)
from app.insight.service.similar import similar
from app.insight.service.working import analyse_round, analyse_waiting

__all__ = [
    "UNKNOWN",
    "CannotUndo",
    "ChangedMeanwhile",
    "Entry",
    "Figures",
    "Heard",
    "NotPossible",
    "Page",
    "Part",
    "PublicConcern",
    "QueueItem",
    "Quote",
    "Voice",
    "Waiting",
    "analyse_round",
    "analyse_waiting",
    "came_in",
    "concern_or_404",
    "concerns_of",
    "confirm",
    "dismiss",
    "erase_leftovers",
    "failures",
    "figures",
    "history",
    "likely_for_concern",
    "likely_for_passage",
    "live_passage",
    "merge",
    "move",
    "newest",
    "passages_of",
    "people_by_theme",
    "public_concerns",
    "public_concerns_by_id",
    "queue",
    "quotes",
    "quotes_by_concern",
    "read_new",
    "rename",
    "reopen",
    "representative",
    "set_theme",
    "show_original",
    "similar",
    "single_voices",
    "split",
    "split_in_parts",
    "try_again",
    "undo",
    "voices",
    "waiting",
]

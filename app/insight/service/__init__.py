"""The use cases of insight: what other slices may ask, what staff decides, what the worker does.

Everything that others need of this slice is a name of this module.
"""

from app.insight.service.came_in import came_in, newest
from app.insight.service.cutting import ShownPart, chosen_parts, suggested_parts
from app.insight.service.deciding import ChangedMeanwhile, NotPossible
from app.insight.service.erasure import erase_leftovers
from app.insight.service.examples import add_concern, change_examples, examples_of, without_words
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
    shown,
)
from app.insight.service.reading_notes import Noted, noted, noted_contributions
from app.insight.service.rearranging import Part, merge, move, split, split_in_parts
from app.insight.service.representation import Spoke, who_spoke
from app.insight.service.review import confirm, dismiss, read_new, rename, reopen, set_theme
from app.insight.service.review_pages import (
    Page,
    Voice,
    live_passage,
    passages_of,
    saying,
    single_voices,
    urgent_words,
    voices,
)
from app.insight.service.review_queue import Beside, Order, QueueItem, Waiting, Way, beside, queue, waiting
from app.insight.service.similar import similar
from app.insight.service.taking_out import dossier_of, note_taken_out
from app.insight.service.working import analyse_round, analyse_waiting

__all__ = [
    "UNKNOWN",
    "Beside",
    "CannotUndo",
    "ChangedMeanwhile",
    "Entry",
    "Figures",
    "Heard",
    "NotPossible",
    "Noted",
    "Order",
    "Page",
    "Part",
    "PublicConcern",
    "QueueItem",
    "Quote",
    "ShownPart",
    "Spoke",
    "Voice",
    "Waiting",
    "Way",
    "add_concern",
    "analyse_round",
    "analyse_waiting",
    "beside",
    "came_in",
    "change_examples",
    "chosen_parts",
    "concern_or_404",
    "concerns_of",
    "confirm",
    "dismiss",
    "dossier_of",
    "erase_leftovers",
    "examples_of",
    "failures",
    "figures",
    "history",
    "likely_for_concern",
    "likely_for_passage",
    "live_passage",
    "merge",
    "move",
    "newest",
    "note_taken_out",
    "noted",
    "noted_contributions",
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
    "saying",
    "set_theme",
    "show_original",
    "shown",
    "similar",
    "single_voices",
    "split",
    "split_in_parts",
    "suggested_parts",
    "try_again",
    "undo",
    "urgent_words",
    "voices",
    "waiting",
    "who_spoke",
    "without_words",
]

"""What was decided, in words: for the history, for messages, on paper and in the spreadsheet."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _

from app.insight.models import Concern, ReviewStep
from app.insight.service import CannotUndo
from app.insight.undoing import Reason, StepKind


def _title(concern: Concern | None) -> str:
    return concern.title.shown(g.lang).text if concern is not None else ""


def told(step: ReviewStep) -> Any:
    """What was done, as one sentence without a full stop."""
    title, other = _title(step.concern), _title(step.other)
    kind = step.undoes.kind if step.undoes is not None else step.kind
    done = {
        StepKind.CONFIRM: lambda: _("Confirmed"),
        StepKind.READ_NEW: lambda: _("Read what was new"),
        StepKind.RENAME: lambda: _("Title changed"),
        StepKind.THEME: lambda: _("Theme changed"),
        StepKind.DISMISS: lambda: _("Taken no further"),
        StepKind.REOPEN: lambda: _("To be reviewed again"),
        StepKind.MERGE: lambda: _("“%(title)s” put into “%(other)s”", title=title, other=other),
        StepKind.SPLIT: lambda: _("“%(other)s” taken out of “%(title)s”", title=title, other=other),
        StepKind.MOVE: lambda: _moved(step, title, other),
        StepKind.ADD: lambda: _("“%(other)s” added by staff, with examples", other=other),
        StepKind.EXAMPLES: lambda: _("Examples changed"),
    }[kind]()
    return _("Undone: %(what)s", what=done) if step.kind is StepKind.UNDO else done


def _moved(step: ReviewStep, title: str, other: str) -> Any:
    if step.concern_id is None:
        return _("A single voice put into “%(other)s”", other=other)
    if step.other_id is None:
        return _("One text taken out of “%(title)s”: a single voice", title=title)
    return _("One text put from “%(title)s” into “%(other)s”", title=title, other=other)


def refused(error: CannotUndo) -> Any:
    """Why a step was not undone, and what can be done."""
    if error.reason is Reason.BUILT_UPON and error.first is not None:
        return _(
            "This was not undone, because something was decided after it. Undo that first: %(what)s (%(name)s).",
            what=told(error.first),
            name=error.first.actor.name,
        )
    if error.reason is Reason.RELIED_ON:
        return _(
            "This was not undone: an ambition rests on this concern. Take the concern out of the ambition first."
        )
    if error.reason is Reason.DONE_ALREADY:
        return _("This was undone already.")
    return _("An undo is not undone. Do it again instead.")

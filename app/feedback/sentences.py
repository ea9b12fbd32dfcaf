"""The sentences in which people are told what happened with what they said. Plain words, level B1.

What a sentence is about (a title, a promise) stands after it in its own language, so that no translation has to
put someone's words in the middle of a sentence.
"""

from __future__ import annotations

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.feedback.chain import Next, NextKind, Step, StepKind

_STEPS: dict[StepKind, Any] = {
    StepKind.RECEIVED: _l("We received what you said."),
    StepKind.READ: _l("A computer read it and took out names, phone numbers and addresses."),
    StepKind.SHARED: _l("Other people said something like it. It is put together with their words."),
    StepKind.CONFIRMED: _l("A coordinator looked at it. It is part of this concern:"),
    StepKind.DISMISSED: _l("A coordinator looked at it. It is taken no further. This is why:"),
    StepKind.LINKED: _l("It led to this plan:"),
    StepKind.PUT_TO_RESIDENTS: _l("Residents were asked which plans they want. This was one of them:"),
    StepKind.NOT_CHOSEN: _l("Residents chose other plans this time. It stays a proposal:"),
    StepKind.ADOPTED: _l("Residents chose this plan:"),
    StepKind.IN_PROGRESS: _l("The work on this plan has begun:"),
    StepKind.ACHIEVED: _l("This plan is done:"),
    StepKind.DROPPED: _l("This plan was stopped:"),
    StepKind.HIDDEN: _l("Someone who works here keeps it from others, because it can hurt people."),
    StepKind.WITHDRAWN: _l("You took it back. We deleted your words."),
}
_PARTY_STEPS: dict[StepKind, Any] = {
    StepKind.PROMISED: _l("%(party)s promised, for %(due)s at the latest:"),
    StepKind.PROGRESS: _l("%(party)s told how it goes with this promise:"),
    StepKind.KEPT: _l("%(party)s says that this promise is kept:"),
    StepKind.NOT_KEPT: _l("%(party)s says that this promise will not be kept:"),
    StepKind.LATE: _l("%(party)s is too late with this promise:"),
}
# How each is marked on a timeline; the rest is simply done.
_MARKS = {StepKind.LATE: "late", StepKind.NOT_KEPT: "broken"}
_NEXT: dict[NextKind, Any] = {
    NextKind.READING: _l("Next: we read it. That takes a few minutes."),
    NextKind.OTHERS: _l("You are the first to say this. We keep it. When more people say it, it counts for more."),
    NextKind.REVIEW: _l("Next: a coordinator looks at it."),
    NextKind.PLAN: _l("Next: the organisations in your neighbourhood talk about what they can do."),
    NextKind.ASK_RESIDENTS: _l("Next: residents choose from the plans."),
    NextKind.VOTE: _l("Next: residents choose. After that you see here what they chose."),
    NextKind.PROMISES: _l("Next: organisations promise what they will do."),
    NextKind.OVERDUE: _l("A promise is late. You see here what happens."),
}
KINDS: dict[str, Any] = {
    "survey": _l("Survey"),
    "idea": _l("Your idea"),
    "comment": _l("Your reaction to an idea"),
    "words": _l("What you told us"),
}


def step_sentence(step: Step) -> str:
    """What happened, in the reader's language."""
    if step.kind in _STEPS:
        return str(_STEPS[step.kind])
    due = format_date(step.due, "long") if step.due else ""
    return str(_PARTY_STEPS[step.kind]) % {"party": step.party, "due": due}


def next_sentence(upcoming: Next) -> str:
    """What comes next, in the reader's language."""
    if upcoming.kind is NextKind.DELIVERY:
        day = format_date(upcoming.due, "long")
        return str(_("Next: a promise must be kept on %(day)s at the latest.", day=day))
    return str(_NEXT[upcoming.kind])


def mark(step: Step) -> str:
    """How the step is marked on a timeline: done, late or broken."""
    return _MARKS.get(step.kind, "done")

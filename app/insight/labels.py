"""The words on the screen for what the tables keep as ids."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.contributions.models import Source
from app.insight.models import ConcernState
from app.insight.reading_notes import Why
from app.insight.service import Order
from app.people.roles import Role

SOURCES: dict[str, Any] = {
    Source.SURVEY_ANSWER: _l("Answer in a survey"),
    Source.IDEA: _l("Idea"),
    Source.COMMENT: _l("Reaction to an idea"),
    Source.NOTE: _l("Told to a worker"),
    Source.IMPORT: _l("Collected earlier"),
}
FEELINGS: dict[str, Any] = {
    "negative": _l("Unhappy"),
    "neutral": _l("No clear feeling"),
    "positive": _l("Happy"),
    "unknown": _l("Not determined"),
}
KINDS: dict[str, Any] = {
    "complaint": _l("Complaint"),
    "question": _l("Question"),
    "wish": _l("Wish"),
    "idea": _l("Idea"),
    "praise": _l("Thanks"),
}
STATES: dict[str, Any] = {
    ConcernState.FOUND: _l("To be reviewed"),
    ConcernState.CONFIRMED: _l("Confirmed"),
    ConcernState.DISMISSED: _l("Taken no further"),
    ConcernState.MERGED: _l("Put into another"),
}
STATE_BADGES = {
    ConcernState.FOUND: "warning",
    ConcernState.CONFIRMED: "success",
    ConcernState.DISMISSED: "neutral",
    ConcernState.MERGED: "neutral",
}
ORDERS: dict[str, Any] = {
    Order.URGENCY: _l("Most urgent"),
    Order.SIZE: _l("Most people"),
    Order.NEWNESS: _l("Newest words"),
}
WHY: dict[str, Any] = {
    Why.NO_WORDS: _l("No words"),
    Why.ONE_WORD: _l("One word only"),
    Why.LANGUAGE: _l("A language we do not know well"),
    Why.CUT: _l("Too long"),
}
ROLES: dict[str, Any] = {
    Role.WORKER: _l("Worker"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

"""From steps to lines on the page: sentence, day, what it is about, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.ambitions.standing import local_day
from app.common.localized import LocalizedText
from app.feedback.chain import Step
from app.feedback.sentences import mark, next_sentence, step_sentence
from app.feedback.service import Words
from app.places.models import Neighbourhood

SHORT = 3
"""A story of at most so many steps is shown as a whole."""


@dataclass(frozen=True)
class Line:
    """One line of a timeline. `state`: done, late, broken, or next (which has no day)."""

    sentence: str
    state: str
    day: date | None = None
    name: LocalizedText | None = None
    detail: LocalizedText | None = None
    address: str | None = None


@dataclass(frozen=True)
class Story:
    """What happened, oldest first. On a phone one wants the newest: `before` is what can be opened."""

    before: tuple[Line, ...]
    newest: tuple[Line, ...]


def story(words: Words, place: Neighbourhood) -> Story:
    """Everything that happened with these words, and what comes next. A short story is told as a whole."""
    happened = tuple(_line(step, place) for step in words.steps)
    coming = () if words.upcoming is None else (Line(next_sentence(words.upcoming), "next"),)
    kept_back = len(happened) - 1 if len(happened) > SHORT else 0
    return Story(happened[:kept_back], happened[kept_back:] + coming)


def _line(step: Step, place: Neighbourhood) -> Line:
    day = local_day(step.on, place.municipality.time_zone)
    return Line(step_sentence(step), mark(step), day, step.name, step.detail, _address(step, place))


def _address(step: Step, place: Neighbourhood) -> str | None:
    if step.ambition_id is not None:
        return url_for("ambitions.show", code=place.code, ambition_id=step.ambition_id)
    if step.concern_id is not None:
        return url_for("insight.concern", code=place.code, concern_id=step.concern_id)
    return None

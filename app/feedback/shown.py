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


@dataclass(frozen=True)
class Line:
    """One line of a timeline. `state`: done, late, broken, or next (which has no day)."""

    sentence: str
    state: str
    day: date | None = None
    name: LocalizedText | None = None
    detail: LocalizedText | None = None
    address: str | None = None


def lines(words: Words, place: Neighbourhood) -> list[Line]:
    """Everything that happened with these words, and what comes next."""
    found = [_line(step, place) for step in words.steps]
    if words.upcoming is not None:
        found.append(Line(next_sentence(words.upcoming), "next"))
    return found


def _line(step: Step, place: Neighbourhood) -> Line:
    day = local_day(step.on, place.municipality.time_zone)
    return Line(step_sentence(step), mark(step), day, step.name, step.detail, _address(step, place))


def _address(step: Step, place: Neighbourhood) -> str | None:
    if step.ambition_id is not None:
        return url_for("ambitions.show", code=place.code, ambition_id=step.ambition_id)
    if step.concern_id is not None:
        return url_for("insight.concern", code=place.code, concern_id=step.concern_id)
    return None

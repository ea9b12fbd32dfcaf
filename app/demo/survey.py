"""Residents fill in the liveability survey, as on a phone: page by page, and send."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.config import ROOT
from app.contributions.models import Contribution
from app.demo.closed_answers import answers_for
from app.demo.residents import resident
from app.demo.town import Town
from app.demo.voices import Heard
from app.demo.words import OPEN_QUESTIONS
from app.extensions import db
from app.people.models import Resident
from app.surveys import service as surveys
from app.surveys.models import Answer, Response, source_key

_FILE = ROOT / "surveys" / "liveability.yaml"
_SLUG = "liveability"


def publish(town: Town) -> None:
    """Open the survey in each neighbourhood."""
    for key in town.neighbourhood_ids:
        surveys.publish(_FILE.read_bytes(), town.place(key), file=_FILE.name)


def respond(town: Town, row: dict[str, Any], receipt_code: str, heard: Heard) -> None:
    """Let one resident fill it in."""
    code = town.place(row["where"]).code
    person = resident(row.get("who", row["id"]), receipt_code)
    here = _visit(code, person)
    if here.response is None:
        surveys.begin(here, person, _page_language(row))
        here = _visit(code, person)
    response = here.response
    if response is None:
        raise LookupError(row["id"])
    if response.submitted_at is None:
        surveys.save(here, answers_for(row, here.definition))
        surveys.submit(here, _page_language(row))
    _note(response, row, heard)


def _visit(code: str, person: Resident) -> surveys.Visit:
    found = surveys.visit(code, _SLUG, person)
    if found is None:
        raise LookupError(_SLUG)
    return found


def _page_language(row: dict[str, Any]) -> str:
    """The language in which someone reads the questions: their own where there is one."""
    return row["lang"] if row["lang"] in ("nl", "ar") else "en"


def _note(response: Response, row: dict[str, Any], heard: Heard) -> None:
    given = select(Answer).where(Answer.response_id == response.id, Answer.question_id.in_(OPEN_QUESTIONS))
    for answer in db.session.scalars(given):
        found = select(Contribution.id).where(Contribution.source_key == source_key(answer.id))
        contribution_id = db.session.scalar(found)
        if contribution_id is not None:
            heard[contribution_id] = () if answer.question_id == "best" else tuple(row["about"])

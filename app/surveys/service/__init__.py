"""The use cases of surveys: publish one, fill it in, take it back, see what came of it."""

from __future__ import annotations

from app.surveys.service.filling_in import (
    AlreadySent,
    Incomplete,
    NotOpen,
    Visit,
    begin,
    save,
    submit,
    visit,
)
from app.surveys.service.listing import MyResponse, OpenSurvey, open_surveys, responses_of
from app.surveys.service.publishing import Broken, Published, WrongDays, publish
from app.surveys.service.results import Results, results
from app.surveys.service.who_answered import Answered, Weighted, weighted, who_answered
from app.surveys.service.withdrawing import withdraw_response

__all__ = [
    "AlreadySent",
    "Answered",
    "Broken",
    "Incomplete",
    "MyResponse",
    "NotOpen",
    "OpenSurvey",
    "Published",
    "Results",
    "Visit",
    "Weighted",
    "WrongDays",
    "begin",
    "open_surveys",
    "publish",
    "responses_of",
    "results",
    "save",
    "submit",
    "visit",
    "weighted",
    "who_answered",
    "withdraw_response",
]

"""Numbers about a concern. People are counted as contributions, and only live ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select, union_all

from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import Passage, ReadingNote
from app.insight.reading_notes import Why
from app.insight.service.encoding import known_languages
from app.insight.service.spoken import spoken

UNKNOWN = "unknown"
"""Stands for "not determined" in an address and in a breakdown."""

PEOPLE = func.count(Passage.contribution_id.distinct())
COPIES = PEOPLE.filter(Passage.campaign.is_not(None))
OWN = PEOPLE.filter(Passage.campaign.is_(None))
TEXTS = func.count(Passage.campaign.distinct())

_DIMENSIONS: dict[str, ColumnElement[str]] = {
    "language": func.coalesce(Contribution.language, UNKNOWN),
    "source": cast(Contribution.source, String),
    "feeling": func.coalesce(Passage.feeling, UNKNOWN),
}


@dataclass
class Figures:
    """How many people said it, and how they are spread. A person who felt two ways counts under both feelings.

    `copies`: people who sent one of the `texts` that many sent. `own`: people who said something in words of their
    own, some of them beside such a text. `unsure`: people who said something in a language that is unknown, or that
    the model did not learn. `cut`: people who sent a text of which the end was not read.
    """

    people: int = 0
    passages: int = 0
    urgent: int = 0
    copies: int = 0
    texts: int = 0
    own: int = 0
    unsure: int = 0
    cut: int = 0
    language: dict[str, int] = field(default_factory=dict)
    source: dict[str, int] = field(default_factory=dict)
    feeling: dict[str, int] = field(default_factory=dict)

    @property
    def voices(self) -> int:
        """How many there are when each text that many people sent counts once."""
        return self.texts + self.own

    @property
    def is_unsure(self) -> bool:
        """Whether most people in it were read less well for their language, so that it may be no concern at all."""
        return self.unsure * 2 > self.people


def figures(concern_ids: Collection[UUID]) -> dict[UUID, Figures]:
    """The figures of each of these concerns, in one statement."""
    found = {concern_id: Figures() for concern_id in concern_ids}
    here = Passage.concern_id.in_(concern_ids)
    parts = [
        spoken(Passage.concern_id, literal(name), value, PEOPLE, literal(0), literal(0))
        .where(here)
        .group_by(Passage.concern_id, value)
        for name, value in _DIMENSIONS.items()
    ]
    urgent = func.count(Passage.id).filter(Passage.urgent)
    total = spoken(Passage.concern_id, literal("total"), literal(""), PEOPLE, func.count(Passage.id), urgent)
    sent = spoken(Passage.concern_id, literal("sent"), literal(""), COPIES, TEXTS, OWN)
    is_unknown = or_(Passage.language.is_(None), Passage.language.not_in(known_languages()))
    is_cut = Passage.contribution_id.in_(select(ReadingNote.contribution_id).where(ReadingNote.why == Why.CUT))
    doubts = (PEOPLE.filter(is_unknown), PEOPLE.filter(is_cut), literal(0))
    doubted = spoken(Passage.concern_id, literal("doubted"), literal(""), *doubts)
    parts += [query.where(here).group_by(Passage.concern_id) for query in (total, sent, doubted)]
    for concern_id, name, value, people, second, third in db.session.execute(union_all(*parts)):
        row = found[concern_id]
        if name == "total":
            row.people, row.passages, row.urgent = people, second, third
        elif name == "sent":
            row.copies, row.texts, row.own = people, second, third
        elif name == "doubted":
            row.unsure, row.cut = people, second
        else:
            getattr(row, name)[value] = people
    return found

"""A running text about a concern, by the writer that an installation may have; used when every sentence is backed.

Staff asks for it with a button. Only that sends the facts of the summary, redacted words among them, to the writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from flask import current_app, g
from flask_babel import refresh
from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.common.audit import record
from app.common.clock import now
from app.extensions import db
from app.insight import sentences
from app.insight.models import Concern, ConcernProse
from app.insight.service.deciding import NotPossible
from app.insight.service.summary import summary_of
from app.insight.summary import Count, Quote, Role, Summary
from app.insight.writer import Fact, NoAnswer, Refused, Sentence, Writer, check
from app.people.models import StaffAccount

NO_ANSWER = "no_answer"
NO_SUMMARY = "no_summary"
_HELD = timedelta(minutes=5)
_MOST_PHRASES = 3


class Stage(StrEnum):
    """How far a text is."""

    NONE = "none"
    WAITING = "waiting"
    USED = "used"
    REFUSED = "refused"
    OUTDATED = "outdated"


@dataclass(frozen=True)
class Prose:
    """What to show: `sentences` with the claim that each tells, when the text is used; `why` it is not."""

    stage: Stage
    sentences: tuple[tuple[Sentence, Count | Quote], ...] = ()
    why: str = ""


def writer() -> Writer | None:
    """The writer of this installation; None when it has none."""
    settings = current_app.extensions["settings"]
    return Writer(settings.writer_url, settings.writer_model, settings.writer_key) if settings.writer_url else None


def ask(concern: Concern, language: str, actor: StaffAccount) -> None:
    """Have a text written in this language, in place of an earlier one. Raises NotPossible without a writer."""
    if writer() is None:
        raise NotPossible
    wanted = select(ConcernProse).where(ConcernProse.concern_id == concern.id, ConcernProse.language == language)
    row = db.session.scalar(wanted)
    if row is None:
        row = ConcernProse(concern_id=concern.id, language=language)
        db.session.add(row)
    row.asked_at, row.held_until, row.text, row.refused = now(), None, None, None
    record(actor, "concern.ask_writer", concern, language=language)
    try:
        db.session.commit()
    except IntegrityError:  # a second tap at the same moment: it is asked for already
        db.session.rollback()


def prose(concern: Concern, language: str, summary: Summary | None) -> Prose:
    """The text as it may be shown beside this summary: checked again, for words may have come and gone."""
    wanted = select(ConcernProse).where(ConcernProse.concern_id == concern.id, ConcernProse.language == language)
    row = db.session.scalar(wanted)
    if row is None:
        return Prose(Stage.NONE)
    if row.refused is not None:
        return Prose(Stage.REFUSED, why=row.refused)
    if row.text is None:
        return Prose(Stage.WAITING)
    told = claims(summary) if summary is not None else []
    found = check(row.text, facts(told), language)
    if isinstance(found, Refused):
        return Prose(Stage.OUTDATED)
    return Prose(Stage.USED, tuple((sentence, told[sentence.fact - 1]) for sentence in found))


def claims(summary: Summary) -> list[Count | Quote]:
    """What the writer may tell, in the order of the facts."""
    pairs = [*([summary.moved] if summary.moved else []), *summary.differing]
    counts = [*summary.campaigns, *summary.feels, *summary.counters, *summary.phrases[:_MOST_PHRASES]]
    return [summary.people, *counts, *(claim for pair in pairs for claim in pair), *summary.quotes]


def facts(told: list[Count | Quote]) -> list[Fact]:
    """The same in words, in the language of the moment. How many they are and who disagrees may not be left out."""
    made = []
    for number, claim in enumerate(told):
        if isinstance(claim, Quote):
            made.append(Fact(sentences.leading_in(claim), claim.text, must=claim.role is Role.COUNTER))
        else:
            made.append(Fact(sentences.sentence(claim), must=number == 0))
    return made


def write_next() -> bool:
    """Write one text that was asked for; False when none waits. No transaction is open while the writer thinks."""
    chosen = writer()
    taken = _take() if chosen is not None else None
    if chosen is None or taken is None:
        return False
    prose_id, concern_id, language, held_until = taken
    with _speaking(language):
        summary = summary_of(db.session.get_one(Concern, concern_id), language)
        asked = facts(claims(summary)) if summary is not None else []
        db.session.rollback()
        text, refused = _written(chosen, asked, language) if asked else (None, NO_SUMMARY)
    # When someone took words back meanwhile the row is gone; when it was asked for again, another answer counts.
    done = update(ConcernProse).where(ConcernProse.id == prose_id, ConcernProse.held_until == held_until)
    db.session.execute(done.values(text=text, refused=refused, held_until=None))
    db.session.commit()
    return True


def _written(chosen: Writer, asked: list[Fact], language: str) -> tuple[str | None, str | None]:
    """The text, or why there is none."""
    try:
        text = chosen.write(asked, language)
    except NoAnswer:
        return None, NO_ANSWER
    found = check(text, asked, language)
    return (None, found.why.value) if isinstance(found, Refused) else (text, None)


def _take() -> tuple[UUID, UUID, str, datetime] | None:
    """Take in hand the text that waits longest; of two workers only one gets it."""
    is_waiting = (
        ConcernProse.text.is_(None),
        ConcernProse.refused.is_(None),
        or_(ConcernProse.held_until.is_(None), ConcernProse.held_until < now()),
    )
    waiting = select(ConcernProse.id, ConcernProse.concern_id, ConcernProse.language).where(*is_waiting)
    for row in db.session.execute(waiting.order_by(ConcernProse.asked_at)).all():
        taking = update(ConcernProse).where(ConcernProse.id == row.id, *is_waiting)
        until = now() + _HELD
        taken = db.session.execute(taking.values(held_until=until).execution_options(synchronize_session=False))
        db.session.commit()
        if cast("CursorResult[Any]", taken).rowcount:
            return row.id, row.concern_id, row.language, until
    return None


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """The sentences are made in this language, as in a page of it."""
    before = g.get("lang")
    g.lang = language
    refresh()
    try:
        yield
    finally:
        g.pop("lang")
        if before is not None:
            g.lang = before
        refresh()

"""Concerns that staff adds with example sentences, from which the computer learns at once what belongs there.

Examples are members of a concern in likeness alone. Nobody said them: no number, quote, summary or file has them.
Those of a concern that was put into another count there, for as long as it is put there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.common.audit import record
from app.common.localized import LocalizedText
from app.contributions import service as contributions
from app.extensions import db
from app.insight import Encoder, Vectors, learnt_for
from app.insight.example_texts import MOST, Sentence, fault
from app.insight.learnt import centred
from app.insight.models import Concern, ConcernExample, Passage, ReviewStep
from app.insight.service import revisions
from app.insight.service.deciding import Change, NotPossible, all_or_nothing, decided, deciding
from app.insight.service.encoding import encoder
from app.insight.service.spoken import spoken
from app.insight.service.vectors import stored
from app.insight.undoing import StepKind
from app.people.models import StaffAccount
from app.places.framework import THEME_IDS

CONCERN = func.coalesce(Concern.merged_into_id, Concern.id)
"""The concern for which an example counts now; for a query that names Concern."""
IN_ORDER = (ConcernExample.position, ConcernExample.text)
_AT_ONCE = 256


def current(*columns: Any) -> Select[Any]:
    """Columns of the examples that count, and of their concerns."""
    return (
        select(*columns)
        .select_from(ConcernExample)
        .join(Concern, ConcernExample.concern_id == Concern.id)
        .where(ConcernExample.removed_in_id.is_(None))
    )


def examples_of(concern_id: UUID) -> Sequence[ConcernExample]:
    """The examples that count for a concern, with who wrote each and when."""
    who = joinedload(ConcernExample.added_in).joinedload(ReviewStep.actor)
    rows = current(ConcernExample).where(CONCERN.in_([concern_id])).order_by(*IN_ORDER)
    return db.session.scalars(rows.options(who)).all()


def without_words(concern_ids: Collection[UUID]) -> set[UUID]:
    """Those of these concerns that have examples and in which nobody speaks yet."""
    if not concern_ids:
        return set()
    with_examples = set(db.session.scalars(current(CONCERN).where(CONCERN.in_(concern_ids))))
    speaking = spoken(Passage.concern_id).where(Passage.concern_id.in_(with_examples))
    return with_examples - set(db.session.scalars(speaking.distinct()))


def add_concern(
    neighbourhood_id: UUID,
    submission_id: UUID,
    title: LocalizedText,
    theme: str | None,
    sentences: Sequence[Sentence],
    actor: StaffAccount,
) -> Concern:
    """A concern that staff knows of before the computer found it: the next grouping looks for what is like it.

    Sent twice it is one concern.
    """
    if not title or fault(sentences) or (theme is not None and theme not in THEME_IDS):
        raise NotPossible
    chosen = encoder()
    vectors = _vectors(sentences, chosen)  # before the transaction: nobody waits for the model
    try:
        with all_or_nothing():
            revisions.changed([neighbourhood_id], due=True)
            earlier = _added(neighbourhood_id, submission_id)
            if earlier is not None:
                return earlier
            concern = Concern(
                neighbourhood_id=neighbourhood_id, submission_id=submission_id, title=title, theme=theme
            )
            concern.named_by_staff = concern.theme_by_staff = True
            decided(concern, actor)
            db.session.add(concern)
            db.session.flush()
            record(actor, "concern.add", concern, languages=sorted(title.texts), theme=theme, examples=len(sentences))
            step = Change(StepKind.ADD, neighbourhood_id, actor).keep(other=concern, made=True)
            for position, (sentence, vector) in enumerate(zip(sentences, vectors, strict=True)):
                db.session.add(_row(concern, step, position, sentence, vector, chosen.name))
    except IntegrityError:  # the same submission came twice at one moment, and the other was first
        earlier = _added(neighbourhood_id, submission_id)
        if earlier is None:
            raise
        return earlier
    contributions.nudge()
    return concern


def _added(neighbourhood_id: UUID, submission_id: UUID) -> Concern | None:
    here = (Concern.neighbourhood_id == neighbourhood_id, Concern.submission_id == submission_id)
    return db.session.scalar(select(Concern).where(*here))


def change_examples(concern_id: UUID, version: int, sentences: Sequence[Sentence], actor: StaffAccount) -> Concern:
    """These are its examples from now on. One that was there keeps who wrote it, and when.

    When they are these already (it was sent twice) nothing is written.
    """
    texts = [sentence.text for sentence in sentences]
    if texts == [row.text for row in examples_of(concern_id)]:
        return db.session.get_one(Concern, concern_id)
    chosen = encoder()
    vectors = _vectors(sentences, chosen)
    with deciding(concern_id, version, StepKind.EXAMPLES, actor) as change:
        concern, there = change.concern, examples_of(concern_id)
        if not there or fault(sentences, max(MOST, len(there))):
            raise NotPossible
        revisions.changed([concern.neighbourhood_id], due=True)
        record(actor, "concern.examples", concern, examples=len(sentences))
        step = change.keep()
        rows = list(there)
        for position, (sentence, vector) in enumerate(zip(sentences, vectors, strict=True)):
            kept = next((row for row in rows if row.text == sentence.text), None)
            if kept is not None:
                rows.remove(kept)
                kept.position = position
            else:
                db.session.add(_row(concern, step, position, sentence, vector, chosen.name))
        for row in rows:
            row.removed_in_id = step.id
    contributions.nudge()
    return concern


def put_back(step: ReviewStep, undone: ReviewStep) -> None:
    """The examples as they were before `step`, which `undone` takes back (does not commit)."""
    mine = update(ConcernExample).execution_options(synchronize_session="fetch")
    db.session.execute(mine.where(ConcernExample.added_in_id == step.id).values(removed_in_id=undone.id))
    db.session.execute(mine.where(ConcernExample.removed_in_id == step.id).values(removed_in_id=None))
    if step.kind is StepKind.ADD and step.other is not None:
        step.other.submission_id = None  # the same page may add it again


def renew_vectors(encoder: Encoder) -> None:
    """Give examples that another encoder read a vector of this one, also those that only an undo brings back."""
    is_other = or_(ConcernExample.encoder < encoder.name, ConcernExample.encoder > encoder.name)
    while rows := db.session.scalars(select(ConcernExample).where(is_other).limit(_AT_ONCE)).all():
        read = [Sentence(row.text, row.language) for row in rows]
        for row, vector in zip(rows, _vectors(read, encoder), strict=True):
            row.vector, row.encoder = stored(vector), encoder.name
        ids = [row.concern_id for row in rows]
        places = select(Concern.neighbourhood_id).where(Concern.id.in_(ids)).distinct()
        revisions.changed(db.session.scalars(places).all(), due=True)
        db.session.commit()
    db.session.rollback()


def _vectors(sentences: Sequence[Sentence], encoder: Encoder) -> Vectors:
    """As the vectors of passages, so that the two can be compared."""
    raw = encoder.encode([sentence.text for sentence in sentences])
    return centred(raw, [sentence.language for sentence in sentences], learnt_for(encoder))


def _row(
    concern: Concern, step: ReviewStep, position: int, sentence: Sentence, vector: Vectors, encoder_name: str
) -> ConcernExample:
    return ConcernExample(
        concern_id=concern.id,
        position=position,
        text=sentence.text,
        language=sentence.language,
        vector=stored(vector),
        encoder=encoder_name,
        added_in_id=step.id,
    )

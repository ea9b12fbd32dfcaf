"""Words that were taken back leave insight too: their passages, and a title that was made of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, or_, select, update
from sqlalchemy.orm import Mapper

from app.common.localized import LocalizedText
from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import AnalysisAttempt, Concern, ConcernProse, Grouping, Passage, ReadingNote, ReviewStep
from app.insight.service.spoken import is_live
from app.insight.undoing import StepKind
from app.places.framework import themes

UNTITLED = LocalizedText({"nl": "Zonder titel", "en": "Without a title", "ar": "بدون عنوان"})


@event.listens_for(Contribution, "after_update")
def _taken_back(_mapper: Mapper[Any], connection: Connection, contribution: Contribution) -> None:
    """Erase in the same transaction as the withdrawal, so there is no moment in between."""
    if not contribution.is_live:
        _erase(connection, contribution)


def _erase(connection: Connection, contribution: Contribution) -> None:
    # First the neighbourhood's row, as everyone who changes something here does, so that nobody waits in a circle.
    connection.execute(
        update(Grouping)
        .where(Grouping.neighbourhood_id == contribution.neighbourhood_id)
        .values(revision=Grouping.revision + 1, due=True)
    )
    # Words may have been in a text about a concern that they are no longer in: every text of here goes.
    here = select(Concern.id).where(Concern.neighbourhood_id == contribution.neighbourhood_id)
    connection.execute(delete(ConcernProse).where(ConcernProse.concern_id.in_(here)))
    _rename(connection, contribution)
    _forget_in_history(connection, contribution)
    connection.execute(delete(Passage).where(Passage.contribution_id == contribution.id))
    for table in (AnalysisAttempt, ReadingNote):
        connection.execute(delete(table).where(table.contribution_id == contribution.id))


def _rename(connection: Connection, contribution: Contribution) -> None:
    """A title that the analysis took from these words, and that nobody else said, gives way to the theme's."""
    titled = connection.execute(
        select(Concern.id, Concern.title, Concern.theme, Passage.text)
        .join_from(Passage, Concern, Passage.concern_id == Concern.id)
        .where(Passage.contribution_id == contribution.id, Concern.named_by_staff.is_(False))
    ).all()
    for concern_id, title, theme, text in titled:
        if not _taken_from(title, text):
            continue
        others = connection.scalars(
            select(Passage.text).where(Passage.concern_id == concern_id, Passage.contribution_id != contribution.id)
        )
        if not any(_taken_from(title, other) for other in others):
            connection.execute(
                update(Concern)
                .where(Concern.id == concern_id)
                .values(title=_title_without_words(theme), version=Concern.version + 1)
            )


def _forget_in_history(connection: Connection, contribution: Contribution) -> None:
    """A title that the analysis took from these words, and that staff replaced, is not kept for an undo either."""
    said = connection.scalars(select(Passage.text).where(Passage.contribution_id == contribution.id)).all()
    renames = connection.execute(
        select(ReviewStep.id, ReviewStep.before, Concern.theme)
        .join(Concern, Concern.id == ReviewStep.concern_id)
        .where(
            ReviewStep.neighbourhood_id == contribution.neighbourhood_id,
            ReviewStep.kind == StepKind.RENAME,
        )
    ).all()
    for step_id, before, theme in renames:
        kept = {concern_id: dict(fields) for concern_id, fields in before["concerns"].items()}
        of_analysis = [fields for fields in kept.values() if fields.get("named_by_staff") is False]
        changed = False
        for fields in of_analysis:
            if any(_taken_from(LocalizedText(fields["title"]), text) for text in said):
                fields["title"] = dict(_title_without_words(theme).texts)
                changed = True
        if changed:
            now_kept = {**before, "concerns": kept}
            connection.execute(update(ReviewStep).where(ReviewStep.id == step_id).values(before=now_kept))


def _title_without_words(theme: str | None) -> LocalizedText:
    return themes()[theme].title if theme in themes() else UNTITLED


def _taken_from(title: LocalizedText, text: str) -> bool:
    said = _plain(text)
    return any(_plain(part.removesuffix("…")) in said for part in title.texts.values())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def erase_leftovers() -> None:
    """Erase what an analysis stored at the very moment of a withdrawal, or what was withdrawn in bulk."""
    left = select(Passage.contribution_id).join(Passage.contribution).where(~is_live())
    leftovers = db.session.scalars(
        select(Contribution).where(
            ~is_live(), or_(Contribution.redacted_text.is_not(None), Contribution.id.in_(left))
        )
    ).all()
    for contribution in leftovers:
        contribution.redacted_text = None
        _erase(db.session.connection(), contribution)
    db.session.commit()

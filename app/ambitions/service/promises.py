"""What parties promise for an ambition, and what they report about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.ambitions.horizon import last_day
from app.ambitions.models import Agreement, Ambition, ProgressReport
from app.ambitions.service.moves import MovedMeanwhile, move
from app.ambitions.standing import local_day
from app.ambitions.states import State, takes_agreements, takes_reports
from app.ambitions.traffic_light import Direction, Outcome
from app.common.audit import record
from app.common.clock import now
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.places.models import Party


class NotTaken(Exception):
    """This ambition is not adopted yet, or it is over."""


class DueInThePast(ValueError):
    """Nobody can promise to have it done yesterday."""


class DueBeyondHorizon(ValueError):
    """The due day lies after the ambition's own horizon; `last` is the last day within it."""

    def __init__(self, last: date) -> None:
        super().__init__(last)
        self.last = last


class NoFigureHere(ValueError):
    """The promise is one of yes or no, so a figure says nothing about it."""


class OnlyFiguresCount(ValueError):
    """The promise has a target figure, so it is kept when the figure is reached and not when someone says so."""


@dataclass(frozen=True)
class Promised:
    """What one party promises. `due` is the last day that is in time."""

    party: Party
    what: LocalizedText
    due: date
    measured_how: LocalizedText
    target: Decimal | None = None
    direction: Direction = Direction.AT_LEAST


def horizon_starts_at(ambition: Ambition) -> datetime:
    """Since when the years of the horizon count: when residents adopted it, and until then when it was proposed."""
    adopted = [change.at for change in ambition.changes if change.to_state is State.ADOPTED]
    return max(adopted, default=ambition.created_at)


def last_day_of(ambition: Ambition) -> date:
    """The last day within the ambition's horizon."""
    zone = ambition.neighbourhood.municipality.time_zone
    return last_day(ambition.current.horizon, local_day(horizon_starts_at(ambition), zone))


def promise(ambition: Ambition, promised: Promised, *, by: StaffAccount, submission_id: UUID) -> Agreement:
    """Store what a party promises. The same submission again gives the same agreement.

    Raises NotTaken, DueInThePast or DueBeyondHorizon.
    """
    sent = select(Agreement).where(Agreement.submission_id == submission_id)
    existing: Agreement | None = db.session.scalar(sent)
    if existing is not None:
        return existing
    if not takes_agreements(ambition.state):
        raise NotTaken
    if promised.due < local_day(now(), ambition.neighbourhood.municipality.time_zone):
        raise DueInThePast
    if promised.due > last_day_of(ambition):
        raise DueBeyondHorizon(last_day_of(ambition))
    agreement = Agreement(
        ambition_id=ambition.id,
        party_id=promised.party.id,
        what=promised.what,
        due=promised.due,
        measured_how=promised.measured_how,
        target=promised.target,
        direction=promised.direction,
        created_by_id=by.id,
        submission_id=submission_id,
    )
    db.session.add(agreement)
    try:
        db.session.flush()
        record(by, "agreement.made", agreement)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        again: Agreement | None = db.session.scalar(sent)
        if again is None:
            raise
        return again
    return agreement


def report(
    agreement: Agreement,
    sentence: LocalizedText,
    *,
    figure: Decimal | None = None,
    outcome: Outcome = Outcome.UNDER_WAY,
    by: StaffAccount,
    submission_id: UUID,
) -> ProgressReport:
    """Store how it goes. The first report of an adopted ambition brings it in progress.

    The same submission again gives the same report. Raises NotTaken, NoFigureHere or OnlyFiguresCount.
    """
    sent = select(ProgressReport).where(ProgressReport.submission_id == submission_id)
    existing: ProgressReport | None = db.session.scalar(sent)
    if existing is not None:
        return existing
    ambition = agreement.ambition
    if not takes_reports(ambition.state):
        raise NotTaken
    if agreement.target is None and figure is not None:
        raise NoFigureHere
    if agreement.target is not None and outcome is Outcome.KEPT:
        raise OnlyFiguresCount
    made = ProgressReport(
        agreement_id=agreement.id,
        sentence=sentence,
        figure=figure,
        outcome=outcome,
        by_id=by.id,
        submission_id=submission_id,
    )
    db.session.add(made)
    try:
        db.session.flush()
        record(by, "agreement.reported", agreement)
        if ambition.state is State.ADOPTED:
            move(ambition, State.IN_PROGRESS, by)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        again: ProgressReport | None = db.session.scalar(sent)
        if again is None:
            raise
        return again
    except MovedMeanwhile:
        # Another report brought it in progress at the same moment; this one follows it.
        db.session.rollback()
        return report(agreement, sentence, figure=figure, outcome=outcome, by=by, submission_id=submission_id)
    return made

"""Reading ambitions, with how their promises stand at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from app.ambitions.models import Agreement, Ambition, AmbitionVersion, ProgressReport, StateChange
from app.ambitions.standing import kept_since, light_of
from app.ambitions.states import State
from app.ambitions.traffic_light import Light
from app.common.clock import now
from app.extensions import db


@dataclass(frozen=True)
class Standing:
    """A promise and how it stands. `reports` has the newest first."""

    agreement: Agreement
    light: Light
    kept_since: date | None
    reports: tuple[ProgressReport, ...]


@dataclass(frozen=True)
class AmbitionLine:
    """An ambition in a list, with its promises."""

    ambition: Ambition
    standings: tuple[Standing, ...]

    @property
    def kept(self) -> int:
        """How many promises are kept, in time or late."""
        return sum(standing.light in (Light.KEPT, Light.KEPT_LATE) for standing in self.standings)

    @property
    def worst(self) -> Light | None:
        """The light that needs attention most; None without promises."""
        return max((s.light for s in self.standings), key=list(Light).index, default=None)


def _stands_until(ambition: Ambition) -> datetime:
    """The moment of which the promises are shown: now, or when the ambition was dropped and they ended."""
    dropped = [change.at for change in ambition.changes if change.to_state is State.DROPPED]
    return min([now(), *dropped])


def standings(ambition: Ambition) -> tuple[Standing, ...]:
    """Every promise of the ambition with its traffic light, by due day."""
    zone, moment = ambition.neighbourhood.municipality.time_zone, _stands_until(ambition)
    return tuple(
        Standing(
            agreement,
            light_of(agreement, zone, moment),
            kept_since(agreement, zone),
            tuple(reversed(agreement.reports)),
        )
        for agreement in ambition.agreements
    )


def with_promises(*conditions: ColumnElement[bool]) -> list[Ambition]:
    """The ambitions that meet these conditions, the newest first, with all that their promises need.

    Three statements, however many there are.
    """
    query = (
        select(Ambition)
        .where(*conditions)
        .options(
            selectinload(Ambition.changes),
            selectinload(Ambition.agreements).joinedload(Agreement.reports),
        )
        .order_by(Ambition.created_at.desc(), Ambition.id)
    )
    return list(db.session.scalars(query))


def lines(neighbourhood_id: UUID) -> list[AmbitionLine]:
    """Every ambition of a neighbourhood with its promises; what is going on first, what is over last."""
    order = [State.IN_PROGRESS, State.ADOPTED, State.PUT_TO_RESIDENTS, State.PROPOSED, State.ACHIEVED, State.DROPPED]
    found = sorted(
        with_promises(Ambition.neighbourhood_id == neighbourhood_id), key=lambda ambition: order.index(ambition.state)
    )
    return [AmbitionLine(ambition, standings(ambition)) for ambition in found]


def ambition_or_404(code: str, ambition_id: UUID) -> Ambition:
    """The ambition with this id in the neighbourhood with this code; else the request ends with 404."""
    found = with_promises(Ambition.id == ambition_id, Ambition.neighbourhood.has(code=code))
    return found[0] if found else abort(404)


@dataclass(frozen=True)
class Event:
    """Something that changed about an ambition: a version of its words, or a state. One of the two is set."""

    at: datetime
    version: AmbitionVersion | None = None
    change: StateChange | None = None


def history(ambition: Ambition) -> list[Event]:
    """Every version and every change of state, the newest first."""
    versions = [Event(version.created_at, version=version) for version in ambition.versions]
    changes = [Event(change.at, change=change) for change in ambition.changes]
    return sorted([*versions, *changes], key=lambda event: event.at, reverse=True)

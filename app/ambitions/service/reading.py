"""Reading ambitions, with how their promises stand at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.ambitions.models import Agreement, Ambition, ProgressReport
from app.ambitions.standing import kept_since, light_of
from app.ambitions.states import State
from app.ambitions.traffic_light import Light
from app.common.clock import now
from app.extensions import db
from app.places.models import Neighbourhood


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


def with_promises(neighbourhood_id: UUID, *, ids: Iterable[UUID] | None = None) -> list[Ambition]:
    """Ambitions of a neighbourhood (only these ids when given), the newest first.

    Four statements, however many there are.
    """
    query = (
        select(Ambition)
        .where(Ambition.neighbourhood_id == neighbourhood_id)
        .options(selectinload(Ambition.changes), selectinload(Ambition.agreements).selectinload(Agreement.reports))
        .order_by(Ambition.created_at.desc(), Ambition.id)
    )
    if ids is not None:
        query = query.where(Ambition.id.in_(list(ids)))
    return list(db.session.scalars(query))


def lines(neighbourhood_id: UUID) -> list[AmbitionLine]:
    """Every ambition of a neighbourhood with its promises; what is going on first, what is over last."""
    order = [State.IN_PROGRESS, State.ADOPTED, State.PUT_TO_RESIDENTS, State.PROPOSED, State.ACHIEVED, State.DROPPED]
    found = sorted(with_promises(neighbourhood_id), key=lambda ambition: order.index(ambition.state))
    return [AmbitionLine(ambition, standings(ambition)) for ambition in found]


def ambition_or_404(neighbourhood: Neighbourhood, ambition_id: UUID) -> Ambition:
    """The ambition with this id in this neighbourhood; else the request ends with 404."""
    found = with_promises(neighbourhood.id, ids=[ambition_id])
    return found[0] if found else abort(404)

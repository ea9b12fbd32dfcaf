"""Concerns and ambitions to test with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from app.ambitions import service
from app.ambitions.horizon import Horizon
from app.ambitions.models import Agreement, Ambition
from app.ambitions.service.moves import move
from app.ambitions.states import State
from app.common.clock import now
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight.models import Concern, ConcernState
from app.people.models import StaffAccount
from app.places.models import Neighbourhood


def words(title: str = "Dry homes", **changes: object) -> service.Words:
    values: dict[str, object] = {
        "title": LocalizedText({"en": title}),
        "why": LocalizedText({"en": "Mould makes people ill."}),
        "theme": "housing",
        "horizon": Horizon.MEDIUM,
    }
    return service.Words(**{**values, **changes})  # type: ignore[arg-type]


def make_concern(
    neighbourhood: Neighbourhood, title: str = "Mould in the bedroom", state: ConcernState = ConcernState.CONFIRMED
) -> Concern:
    concern = Concern(
        neighbourhood_id=neighbourhood.id,
        title=LocalizedText({"en": title}),
        state=state,
        theme="housing",
        reviewed_at=None if state is ConcernState.FOUND else now(),
    )
    db.session.add(concern)
    db.session.commit()
    return concern


def bring_to(ambition: Ambition, state: State, by: StaffAccount) -> Ambition:
    """Walk the ambition along the road to this state."""
    road = [State.PUT_TO_RESIDENTS, State.ADOPTED, State.IN_PROGRESS, State.ACHIEVED]
    for step in road[: road.index(state) + 1]:
        move(ambition, step, by)
    db.session.commit()
    return ambition


@pytest.fixture
def concern(neighbourhood: Neighbourhood) -> Concern:
    return make_concern(neighbourhood)


@pytest.fixture
def ambition(neighbourhood: Neighbourhood, concern: Concern, coordinator: StaffAccount) -> Ambition:
    """A proposal that rests on one concern."""
    return service.create(neighbourhood, words(), by=coordinator, submission_id=uuid4(), concern=concern)


@pytest.fixture
def adopted(ambition: Ambition, coordinator: StaffAccount) -> Ambition:
    return bring_to(ambition, State.ADOPTED, coordinator)


@pytest.fixture
def make_agreement(adopted: Ambition, coordinator: StaffAccount) -> Callable[..., Agreement]:
    """Makes a promise of the housing corporation for the adopted ambition, due in a year."""

    def make(**changes: object) -> Agreement:
        party = next(p for p in adopted.neighbourhood.municipality.parties if p.sector == "housing")
        values: dict[str, object] = {
            "party": party,
            "what": LocalizedText({"en": "Repair 40 roofs"}),
            "due": (now() + timedelta(days=365)).date(),
            "measured_how": LocalizedText({"en": "The corporation counts repaired roofs"}),
        }
        promised = service.Promised(**{**values, **changes})  # type: ignore[arg-type]
        return service.promise(adopted, promised, by=coordinator, submission_id=uuid4())

    return make

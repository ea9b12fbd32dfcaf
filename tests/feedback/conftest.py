"""People who spoke, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from app.ambitions import service as ambitions
from app.ambitions.models import Ambition
from app.common.clock import now
from app.common.localized import LocalizedText
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import service as insight
from app.insight.models import Concern, ConcernState, Passage
from app.people.codes import keyed_hash, new_code
from app.people.models import Resident, StaffAccount
from app.places.models import Neighbourhood
from tests.ambitions.conftest import words

_number = count(1)


def make_resident() -> tuple[Resident, str]:
    """A resident and their receipt code."""
    code = new_code()
    resident = Resident(receipt_hash=keyed_hash(code, "receipt"))
    db.session.add(resident)
    db.session.commit()
    return resident, code


def put_in(contribution: Contribution, text: str, concern: Concern | None) -> None:
    """The words are read, and staff put this part of them in the concern, so that it may be quoted."""
    contribution.redacted_text, contribution.language, contribution.analysed_at = text, "en", now()
    passage = Passage(
        contribution_id=contribution.id,
        concern_id=concern.id if concern else None,
        start=0,
        end=len(text),
        text=text,
        language="en",
        quote_rank=1,
        pinned=True,
        vector=b"\0" * 32,
        encoder="test",
    )
    db.session.add(passage)
    db.session.commit()


@pytest.fixture
def say(neighbourhood: Neighbourhood) -> Callable[..., Contribution]:
    """Someone says something, and it has been read."""

    def go(text: str, concern: Concern | None = None, resident: Resident | None = None, **more: Any) -> Contribution:
        contribution = contributions.add(
            neighbourhood_id=more.get("place", neighbourhood).id,
            source=more.get("source", Source.NOTE),
            source_key=f"note:{next(_number)}",
            text=text,
            resident_id=resident.id if resident else None,
        )
        put_in(contribution, text, concern)
        return contribution

    return go


@pytest.fixture
def found(neighbourhood: Neighbourhood) -> Concern:
    """A concern that nobody looked at yet."""
    concern = Concern(
        neighbourhood_id=neighbourhood.id,
        title=LocalizedText({"en": "Mould at home", "nl": "Schimmel in huis"}),
        state=ConcernState.FOUND,
        named_by_staff=True,
    )
    db.session.add(concern)
    db.session.commit()
    return concern


@pytest.fixture
def confirmed(found: Concern, coordinator: StaffAccount) -> Concern:
    return insight.confirm(found.id, found.version, coordinator)


@pytest.fixture
def plan(neighbourhood: Neighbourhood, confirmed: Concern, coordinator: StaffAccount) -> Ambition:
    """A proposal that rests on the confirmed concern."""
    return ambitions.create(neighbourhood, words(), by=coordinator, submission_id=uuid4(), concern=confirmed)


@pytest.fixture
def phone(client: Any) -> Callable[[str], Any]:
    """A phone on which this code was typed."""

    def go(code: str) -> Any:
        client.post_form("/en/receipt", {"code": code})
        return client

    return go

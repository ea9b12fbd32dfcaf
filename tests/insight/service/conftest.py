"""A neighbourhood in which people have spoken, ready for review."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest

from app.common.clock import now
from app.common.localized import LocalizedText
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.insight import default_encoder
from app.insight.models import Concern, ConcernState, Passage
from app.places.models import Neighbourhood

_number = count(1)


def vector(direction: int = 0) -> bytes:
    """A unit vector of the usual encoder's length; passages with the same direction mean the same."""
    made = np.zeros(default_encoder().dimensions, dtype="<f4")
    made[direction] = 1.0
    return made.tobytes()


@pytest.fixture
def say(neighbourhood: Neighbourhood) -> Callable[..., Passage]:
    """One person says one thing, and it has been analysed. Gives the passage."""

    def go(text: str, concern: Concern | None = None, **more: Any) -> Passage:
        place = more.pop("place", neighbourhood)
        contribution = contributions.add(
            neighbourhood_id=place.id,
            source=more.pop("source", Source.IDEA),
            source_key=f"test:{next(_number)}",
            text=more.pop("original", text),
            language=more.get("language", "nl"),
        )
        contribution.redacted_text = more.pop("whole", text)
        contribution.analysed_at = now()
        start = contribution.redacted_text.index(text)
        passage = Passage(
            contribution=contribution,
            concern_id=concern.id if concern else None,
            start=start,
            end=start + len(text),
            text=text,
            language=more.pop("language", "nl"),
            vector=vector(more.pop("direction", 0)),
            encoder=default_encoder().name,
            **more,
        )
        db.session.add(passage)
        db.session.commit()
        return passage

    return go


@pytest.fixture
def make_concern(neighbourhood: Neighbourhood) -> Callable[..., Concern]:
    """A concern, as the analysis found it unless told otherwise."""

    def go(title: str = "The lift is broken", state: ConcernState = ConcernState.FOUND, **more: Any) -> Concern:
        place = more.pop("place", neighbourhood)
        if state is not ConcernState.FOUND:
            more.setdefault("reviewed_at", now())
        concern = Concern(neighbourhood_id=place.id, title=LocalizedText({"en": title}), state=state, **more)
        db.session.add(concern)
        db.session.commit()
        return concern

    return go


@pytest.fixture
def withdraw() -> Callable[[Contribution], None]:
    """The person takes their words back."""

    def go(contribution: Contribution) -> None:
        contributions.withdraw(contribution)
        db.session.commit()

    return go

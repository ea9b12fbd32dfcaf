"""What the front page of a neighbourhood tells: what was said, promised and kept, and what you can do now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.ambitions.models import Ambition
from app.ambitions.service import standings
from app.ambitions.traffic_light import Light
from app.feedback.you_said import Entry, you_said
from app.ideas.service import Card, newest_ideas
from app.insight.service import PublicConcern
from app.surveys.service import OpenSurvey, open_surveys
from app.voting.models import Poll
from app.voting.service import open_polls

CONCERNS, ENTRIES, IDEAS = 4, 3, 3


@dataclass(frozen=True)
class Promises:
    """How many promises there are, and how they stand at this moment."""

    made: int
    kept: int
    late: int
    broken: int


@dataclass(frozen=True)
class FrontPage:
    """All of it. `concerns` are those of most people, `entries` the newest news."""

    surveys: list[OpenSurvey]
    polls: list[Poll]
    ideas: list[Card]
    concerns: tuple[PublicConcern, ...]
    entries: tuple[Entry, ...]
    promises: Promises


def front_page(neighbourhood_id: UUID) -> FrontPage:
    """Gather the page in a fixed number of statements, however much there is."""
    said = you_said(neighbourhood_id)
    concerns = {concern.id: concern for entry in said.entries for concern in entry.concerns}
    concerns |= {concern.id: concern for concern in said.waiting}
    largest = sorted(concerns.values(), key=lambda concern: (-(concern.people or 0), str(concern.id)))
    return FrontPage(
        surveys=open_surveys(neighbourhood_id),
        polls=open_polls(neighbourhood_id),
        ideas=newest_ideas(neighbourhood_id, IDEAS),
        concerns=tuple(largest[:CONCERNS]),
        entries=said.entries[:ENTRIES],
        promises=_promises([entry.ambition for entry in said.entries]),
    )


def _promises(ambitions: list[Ambition]) -> Promises:
    lights = [standing.light for ambition in ambitions for standing in standings(ambition)]
    return Promises(
        made=len(lights),
        kept=sum(light in (Light.KEPT, Light.KEPT_LATE) for light in lights),
        late=lights.count(Light.LATE),
        broken=lights.count(Light.BROKEN),
    )

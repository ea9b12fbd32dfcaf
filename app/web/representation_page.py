"""Who is not heard: those who spoke and those who answered a survey, beside who lives in the neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.common.localized import LocalizedText
from app.common.small_groups import shown_count
from app.contributions.models import Source
from app.insight.representation import Comparison, Group, compare
from app.insight.service import who_spoke
from app.places.population import LANGUAGE
from app.places.service import population_of
from app.surveys.service import who_answered


@dataclass(frozen=True)
class Part:
    """One comparison. `survey` is the title of the survey whose answers it counts, None when it is all words of all
    people; `slug` is its name in addresses; `counted_by`: who counted the population ("" not known)."""

    comparison: Comparison
    counted_by: str
    survey: LocalizedText | None = None
    slug: str = ""


@dataclass(frozen=True)
class NotHeard:
    """The page. `people`: how many spoke (None: too few to show), `sources` through which doors; `parts` has what can
    be compared, `has_population` whether anything is known of who lives here."""

    people: int | None
    sources: list[tuple[Source, int | None]]
    parts: tuple[Part, ...]
    has_population: bool

    @property
    def missing(self) -> list[tuple[str, Group]]:
        """Who is surely heard too little, with the dimension; the same group in two comparisons once."""
        found: dict[tuple[str, str], tuple[str, Group]] = {}
        for part in self.parts:
            for group in part.comparison.missing:
                found.setdefault((part.comparison.dimension, group.id), (part.comparison.dimension, group))
        return list(found.values())

    @property
    def concludes(self) -> bool:
        """Whether anywhere enough people spoke to say something."""
        return any(part.comparison.concludes for part in self.parts)


def who_is_not_heard(neighbourhood_id: UUID) -> NotHeard:
    """Gather the page in a fixed number of statements."""
    spoke = who_spoke(neighbourhood_id)
    tables = population_of(neighbourhood_id)
    parts = []
    if LANGUAGE in tables:
        comparison = compare(LANGUAGE, spoke.languages, tables[LANGUAGE].people)
        parts.append(Part(comparison, tables[LANGUAGE].source))
    for answered in who_answered(neighbourhood_id):
        table = tables.get(answered.dimension)
        if table is not None:
            comparison = compare(answered.dimension, answered.people, table.people, answered.offered)
            parts.append(Part(comparison, table.source, answered.title, answered.slug))
    return NotHeard(
        people=shown_count(spoke.people),
        sources=[(source, shown_count(spoke.sources[source])) for source in Source if source in spoke.sources],
        parts=tuple(part for part in parts if part.comparison.groups),
        has_population=bool(tables),
    )

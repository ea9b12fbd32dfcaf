"""You said, we did: what came of the concerns of a neighbourhood.

What residents chose comes before what is only proposed, and then the newest news first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.ambitions.models import Agreement, Ambition
from app.ambitions.service import Standing, links_by_concern, standings, with_promises
from app.ambitions.states import State
from app.ambitions.traffic_light import Light, Outcome
from app.common.localized import LocalizedText
from app.insight.service import PublicConcern, public_concerns


@dataclass(frozen=True)
class Did:
    """The newest thing that was done about it. `words` are its own words, in their own language."""

    at: datetime
    sentence: Any
    words: LocalizedText | None = None
    party: str | None = None
    light: Light | None = None

    @property
    def mark(self) -> str:
        """How it is marked on a timeline: done, late or broken."""
        if self.light is Light.BROKEN:
            return "broken"
        return "late" if self.light in (Light.LATE, Light.KEPT_LATE, Light.NO_NEWS) else "done"


@dataclass(frozen=True)
class Entry:
    """What residents said, the plan it led to, and the newest news of that plan. The largest concern comes first."""

    concerns: tuple[PublicConcern, ...]
    ambition: Ambition
    did: Did


@dataclass(frozen=True)
class YouSaid:
    """The whole of it: what led to a plan, and what nobody has taken up yet."""

    entries: tuple[Entry, ...]
    waiting: tuple[PublicConcern, ...]


_STATES: dict[State, Any] = {
    State.PROPOSED: _l("It is a proposal. Residents can choose it later."),
    State.PUT_TO_RESIDENTS: _l("It is put to residents. They can choose it."),
    State.ADOPTED: _l("Residents chose this plan."),
    State.ACHIEVED: _l("It is done."),
    State.DROPPED: _l("It was stopped. This is why:"),
}
_REPORTS: dict[Outcome, Any] = {
    Outcome.UNDER_WAY: _l("The newest news:"),
    Outcome.KEPT: _l("The promise is kept:"),
    Outcome.NOT_KEPT: _l("The promise will not be kept:"),
}
# Nothing was done yet, so these come last.
_NOT_DECIDED = (State.PROPOSED, State.PUT_TO_RESIDENTS)
_PROMISED = _l("This was promised:")


def _newest(ambition: Ambition, linked_at: datetime) -> Did:
    """The newest of: a change of state, a promise, a report. Before any of these: that it is a proposal."""
    found = [Did(linked_at, _STATES[State.PROPOSED])]
    if ambition.changes and ambition.state is not State.IN_PROGRESS:  # the report that brought it there says more
        change = ambition.changes[-1]
        found.append(Did(change.at, _STATES[change.to_state], change.reason))
    for standing in standings(ambition):
        found += _of_promise(standing)
    if ambition.state in (State.ACHIEVED, State.DROPPED):
        return found[1]  # how it ended is what counts, also when a report came after it
    return max(found, key=lambda did: did.at)


def _of_promise(standing: Standing) -> list[Did]:
    agreement: Agreement = standing.agreement
    found = [Did(agreement.created_at, _PROMISED, agreement.what, agreement.party.name, standing.light)]
    if standing.reports:
        newest = standing.reports[0]
        found.append(Did(newest.at, _REPORTS[newest.outcome], newest.sentence, agreement.party.name, standing.light))
    return found


def you_said(neighbourhood_id: UUID, limit: int | None = None) -> YouSaid:
    """Everything that came of what residents of a neighbourhood said (or the `limit` newest). Six statements.

    Only what everyone may see: confirmed concerns in which someone still speaks.
    """
    concerns = public_concerns(neighbourhood_id)
    links = links_by_concern([neighbourhood_id])
    behind: dict[UUID, list[PublicConcern]] = {}
    linked_at: dict[UUID, datetime] = {}
    for concern in concerns:
        for link in links.get(concern.id, []):
            behind.setdefault(link.ambition_id, []).append(concern)
            linked_at.setdefault(link.ambition_id, link.linked_at)
    ambitions = with_promises(Ambition.id.in_(behind)) if behind else []
    entries = [
        Entry(tuple(behind[ambition.id]), ambition, _newest(ambition, linked_at[ambition.id]))
        for ambition in ambitions
    ]
    entries.sort(key=lambda entry: (entry.ambition.state not in _NOT_DECIDED, entry.did.at), reverse=True)
    waiting = tuple(concern for concern in concerns if concern.id not in links)
    return YouSaid(tuple(entries[:limit]), waiting)


def you_said_we_did(neighbourhood_id: UUID, limit: int) -> tuple[Entry, ...]:
    """The newest entries, for the neighbourhood's page."""
    return you_said(neighbourhood_id, limit).entries

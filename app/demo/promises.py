"""What the coordinator of the demo makes of concerns: ambitions, and what parties promise and report."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.ambitions import service as ambitions
from app.ambitions.horizon import Horizon
from app.ambitions.models import Agreement, Ambition, AmbitionVersion
from app.ambitions.standing import local_day
from app.ambitions.traffic_light import Direction, Outcome
from app.common.clock import now
from app.common.localized import LocalizedText
from app.demo.review import concern_about
from app.demo.town import Town, sent
from app.extensions import db


def propose(town: Town, row: dict[str, Any]) -> None:
    """Make one ambition and let it rest on its concerns."""
    place = town.place(row["where"])
    words = ambitions.Words(
        LocalizedText(row["title"]), LocalizedText(row["why"]), row["theme"], Horizon(row["horizon"])
    )
    ambition = ambitions.create(place, words, by=town.coordinator, submission_id=sent(row["key"]))
    for label in row["concerns"]:
        ambitions.link_concern(ambition, concern_about(place, label), by=town.coordinator)


def ambition_of(key: str) -> Ambition:
    """The ambition that was made under this key."""
    version = select(AmbitionVersion).where(AmbitionVersion.submission_id == sent(key))
    return db.session.scalars(version).one().ambition


def promise(town: Town, row: dict[str, Any]) -> None:
    """Let a party promise something; `due` is in days from the day on which the demo is loaded."""
    ambition = ambition_of(row["ambition"])
    today = local_day(now(), town.municipality.time_zone)
    promised = ambitions.Promised(
        town.party(row["party"]),
        LocalizedText(row["what"]),
        today + timedelta(days=row["ago"] + row["due"]),
        LocalizedText(row["measured_how"]),
        Decimal(row["target"]) if "target" in row else None,
        Direction(row.get("direction", "at_least")),
    )
    ambitions.promise(ambition, promised, by=town.coordinator, submission_id=_agreement_key(row))


def report(town: Town, row: dict[str, Any], said: dict[str, Any]) -> None:
    """Let a party say how it goes."""
    agreement = db.session.scalars(select(Agreement).where(Agreement.submission_id == _agreement_key(row))).one()
    ambitions.report(
        agreement,
        LocalizedText(said["sentence"]),
        figure=Decimal(said["figure"]) if "figure" in said else None,
        outcome=Outcome(said.get("outcome", "under_way")),
        by=town.coordinator,
        submission_id=sent(f"{row['ambition']}:{row['party']}:{said['ago']}"),
    )


def _agreement_key(row: dict[str, Any]) -> Any:
    return sent(f"{row['ambition']}:{row['party']}")

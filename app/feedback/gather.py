"""Collects what is known of contributions, in the shape that the chain reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.ambitions.models import Agreement, Ambition, AmbitionConcern
from app.ambitions.service import Standing, links_by_concern, standings, with_promises
from app.ambitions.standing import overdue_at
from app.common.audit import AuditEntry
from app.common.localized import LocalizedText
from app.contributions.models import Contribution
from app.extensions import db
from app.feedback.chain import (
    ConcernState,
    KnownAgreement,
    KnownAmbition,
    KnownChange,
    KnownConcern,
    KnownReport,
    Said,
)
from app.insight.models import ConcernState as ReviewState
from app.insight.service import Heard
from app.insight.service import concerns_of as concerns_of_contributions

NOTHING = LocalizedText({})


def said_by_contribution(contributions: Sequence[Contribution]) -> dict[UUID, Said]:
    """For each contribution: everything that is known of what happened with it. Six statements for all of them."""
    heard = concerns_of_contributions([contribution.id for contribution in contributions])
    links = links_by_concern({contribution.neighbourhood_id for contribution in contributions})
    concern_ids = {found.concern_id for mine in heard.values() for found in mine}
    decided = _decided_at(concern_ids)
    wanted = {link.ambition_id for concern_id in concern_ids for link in links.get(concern_id, [])}
    ambitions = {a.id: a for a in with_promises(Ambition.id.in_(wanted))} if wanted else {}
    return {
        contribution.id: Said(
            received_at=contribution.created_at,
            analysed_at=contribution.analysed_at,
            withdrawn_at=contribution.withdrawn_at,
            hidden_at=contribution.hidden_at,
            concerns=tuple(
                _concern(found, decided.get(found.concern_id), links.get(found.concern_id, []), ambitions)
                for found in heard[contribution.id]
            ),
        )
        for contribution in contributions
    }


def _decided_at(concern_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When staff last confirmed or dismissed each of these concerns."""
    rows = db.session.execute(
        select(AuditEntry.subject_id, AuditEntry.at)
        .where(
            AuditEntry.subject_type == "concern",
            AuditEntry.subject_id.in_(concern_ids),
            AuditEntry.action.in_(["concern.confirm", "concern.dismiss"]),
        )
        .order_by(AuditEntry.at)
    )
    return {row.subject_id: row.at for row in rows}


def _concern(
    found: Heard, decided_at: datetime | None, links: Iterable[AmbitionConcern], ambitions: dict[UUID, Ambition]
) -> KnownConcern:
    # Someone's words are never left in a merged concern, but between two statements they can seem to be.
    state = ConcernState(found.state) if found.state is not ReviewState.MERGED else ConcernState.FOUND
    return KnownConcern(
        id=found.concern_id,
        title=found.title or NOTHING,
        state=state,
        decided_at=decided_at,
        reason=found.reason or NOTHING,
        ambitions=tuple(_ambition(ambitions[link.ambition_id], link.linked_at) for link in links),
    )


def _ambition(ambition: Ambition, linked_at: datetime) -> KnownAmbition:
    zone = ambition.neighbourhood.municipality.time_zone
    return KnownAmbition(
        id=ambition.id,
        title=ambition.current.title,
        linked_at=linked_at,
        changes=tuple(
            KnownChange(change.to_state, change.at, change.reason or NOTHING) for change in ambition.changes
        ),
        agreements=tuple(_agreement(standing, zone) for standing in standings(ambition)),
    )


def _agreement(standing: Standing, zone: str) -> KnownAgreement:
    agreement: Agreement = standing.agreement
    return KnownAgreement(
        party=agreement.party.name,
        what=agreement.what,
        made_at=agreement.created_at,
        due=agreement.due,
        overdue_at=overdue_at(agreement, zone),
        light=standing.light,
        reports=tuple(KnownReport(report.at, report.sentence, report.outcome) for report in agreement.reports),
    )

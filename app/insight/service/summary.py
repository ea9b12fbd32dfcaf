"""The summary of a concern, for staff: from what is in it now, proven before it is shown."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import or_

from app.contributions.models import Contribution
from app.extensions import db
from app.insight.models import Concern, Passage
from app.insight.service.encoding import encoder
from app.insight.service.review_pages import PAGE_SIZE, Page, Voice
from app.insight.service.spoken import spoken
from app.insight.service.vectors import loaded
from app.insight.summary import Count, Member, Summary, summarise, verify

ELSEWHERE = 1000
"""So many texts outside a concern show what is usual everywhere."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Material:
    """What a summary is made from and proven by. `statements`: the redacted texts by the contribution's id."""

    members: list[Member]
    statements: dict[str, str]


def summary_of(concern: Concern, language: str) -> Summary | None:
    """The summary for a reader of `language`; None when it could not be proven, which is a fault of ours."""
    material = _material(concern)
    made = summarise(material.members, language, _elsewhere(concern))
    faults = verify(made, material.members, material.statements)
    for fault in faults:
        log.error("a summary of concern %s is not proven: %s", concern.id, fault.why)
    return None if faults else made


def behind(claim: Count, number: int) -> Page[Voice]:
    """The contributions that a count counts, newest first, each with the passages for which it counts."""
    ids = [UUID(member) for member in claim.members]
    found: dict[UUID, Voice] = {}
    order = (Contribution.created_at.desc(), Contribution.id, Passage.start)
    people = list(
        dict.fromkeys(db.session.scalars(spoken(Contribution.id).where(Passage.id.in_(ids)).order_by(*order)))
    )
    shown = people[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    rows = db.session.execute(
        spoken(Contribution, Passage).where(Passage.id.in_(ids), Contribution.id.in_(shown)).order_by(*order)
    )
    for contribution, passage in rows:
        found.setdefault(contribution.id, Voice(contribution)).passages.append(passage)
    return Page(list(found.values()), number, len(people))


def _material(concern: Concern) -> Material:
    chosen = encoder()
    unknown = np.zeros(chosen.dimensions, dtype=np.float32)
    zone = ZoneInfo(concern.neighbourhood.municipality.time_zone)
    rows = db.session.execute(
        spoken(
            *(getattr(Passage, name) for name in ("id", "contribution_id", "start", "end", "text", "language")),
            *(getattr(Passage, name) for name in ("feeling", "kind", "urgent", "campaign", "encoder", "vector")),
            Contribution.language.label("spoken"),
            *(getattr(Contribution, name) for name in ("source", "created_at", "redacted_text")),
        ).where(Passage.concern_id == concern.id)
    ).all()
    members = [
        Member(
            id=str(row.id),
            statement_id=str(row.contribution_id),
            start=row.start,
            end=row.end,
            text=row.text,
            language=row.language,
            groups={"source": row.source.value} | ({"language": row.spoken} if row.spoken else {}),
            day=row.created_at.astimezone(zone).date(),
            feeling=row.feeling,
            kind=row.kind,
            urgent=row.urgent,
            vector=loaded([row.vector])[0] if row.encoder == chosen.name else unknown,
            campaign=row.campaign,
        )
        for row in rows
    ]
    return Material(members, {str(row.contribution_id): row.redacted_text or "" for row in rows})


def _elsewhere(concern: Concern) -> list[tuple[str, str | None]]:
    outside = or_(Passage.concern_id.is_(None), Passage.concern_id != concern.id)
    texts = spoken(Passage.text, Passage.language).where(
        Contribution.neighbourhood_id == concern.neighbourhood_id, outside
    )
    return [(text, language) for text, language in db.session.execute(texts.order_by(Passage.id).limit(ELSEWHERE))]

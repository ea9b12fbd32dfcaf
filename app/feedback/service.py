"""What one resident said, what happened with each of it, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from app.common.localized import LocalizedText
from app.contributions import service as contributions
from app.contributions.models import Contribution, Source
from app.extensions import db
from app.feedback.chain import Next, Step, steps, upcoming
from app.feedback.gather import said_by_contribution
from app.ideas.service import comments_of, ideas_of, withdraw_comment, withdraw_idea
from app.people.models import Resident
from app.places.models import Neighbourhood
from app.surveys.models import Answer, source_key
from app.surveys.service import MyResponse, responses_of, withdraw_response


class Kind(StrEnum):
    """What a resident can send in, as it stands in an address."""

    SURVEY = "survey"
    IDEA = "idea"
    COMMENT = "comment"
    WORDS = "words"


@dataclass(frozen=True)
class Words:
    """One piece of text and what happened with it.

    `text` is without personal data; None until it is read. `hidden_reason`: why staff keeps it from others.
    """

    text: str | None
    language: str | None
    steps: tuple[Step, ...]
    upcoming: Next | None
    hidden_reason: str | None = None


@dataclass(frozen=True)
class Item:
    """One thing that a resident sent in, with the words in it; a survey may hold several pieces or none.

    `title` and `slug` are those of a survey. `sent_at` is None for a survey that was begun and not sent.
    """

    kind: Kind
    id: UUID
    sent_at: datetime | None
    neighbourhood: Neighbourhood
    words: tuple[Words, ...] = ()
    title: LocalizedText | None = None
    slug: str = ""


@dataclass(frozen=True)
class TakenBack:
    """Something that was withdrawn: only that it was there, and since when it is not."""

    source: Source
    at: datetime
    neighbourhood: Neighbourhood


@dataclass(frozen=True)
class Receipt:
    """All that belongs to one receipt code, the newest first."""

    items: tuple[Item, ...]
    taken_back: tuple[TakenBack, ...]


Found = list[tuple[Contribution, Neighbourhood]]


def receipt_of(resident: Resident) -> Receipt:
    """What this resident said and what happened with it. The number of statements does not depend on how much."""
    mine: Found = [
        (contribution, place)
        for contribution, place in db.session.execute(
            select(Contribution, Neighbourhood)
            .join(Neighbourhood, Neighbourhood.id == Contribution.neighbourhood_id)
            .where(Contribution.resident_id == resident.id)
            .order_by(Contribution.created_at, Contribution.id)
        )
    ]
    kept = [(contribution, place) for contribution, place in mine if contribution.withdrawn_at is None]
    responses = responses_of(resident)
    response_of = _response_of_each_answer(responses)
    told = _words(resident, kept)
    items = [
        _of_response(response, [told[c.id] for c, _ in kept if response_of.get(c.source_key) == response.id])
        for response in responses
    ]
    items += [
        _alone(contribution, place, told[contribution.id])
        for contribution, place in kept
        if contribution.source_key not in response_of
    ]
    items.sort(key=lambda item: item.sent_at.timestamp() if item.sent_at else float("inf"), reverse=True)
    gone = {(c.source, c.withdrawn_at, p) for c, p in mine if c.withdrawn_at is not None}
    taken_back = [TakenBack(source, at, place) for source, at, place in gone if at is not None]
    return Receipt(tuple(items), tuple(sorted(taken_back, key=lambda one: one.at, reverse=True)))


def _response_of_each_answer(responses: list[MyResponse]) -> dict[str, UUID]:
    """For the key of each answer's contribution: the response that the answer is in."""
    if not responses:
        return {}
    ids = [response.id for response in responses]
    rows = db.session.execute(select(Answer.id, Answer.response_id).where(Answer.response_id.in_(ids)))
    return {source_key(answer_id): response_id for answer_id, response_id in rows}


def _words(resident: Resident, found: Found) -> dict[UUID, Words]:
    mine = [contribution for contribution, _ in found]
    if not mine:
        return {}
    known = said_by_contribution(mine)
    reasons = _hidden_reasons(resident) if any(one.hidden_at for one in mine) else {}
    return {
        one.id: Words(
            one.redacted_text, one.language, steps(known[one.id]), upcoming(known[one.id]), reasons.get(one.id)
        )
        for one in mine
    }


def _hidden_reasons(resident: Resident) -> dict[UUID, str | None]:
    posted = [*ideas_of(resident), *comments_of(resident)]
    return {one.contribution_id: one.hidden_reason for one in posted}


def _of_response(response: MyResponse, words: list[Words]) -> Item:
    return Item(Kind.SURVEY, response.id, response.submitted_at, response.neighbourhood, tuple(words), response.title)


def _alone(contribution: Contribution, place: Neighbourhood, words: Words) -> Item:
    """An idea and a comment are known by their own id, which their key holds; anything else by the contribution's."""
    kind, _, own_id = contribution.source_key.partition(":")
    if kind in (Kind.IDEA, Kind.COMMENT):
        return Item(Kind(kind), UUID(own_id), contribution.created_at, place, (words,))
    return Item(Kind.WORDS, contribution.id, contribution.created_at, place, (words,))


def find(resident: Resident, kind: str, item_id: UUID) -> Item | None:
    """The item of this resident with this kind and id, when it is (still) theirs."""
    return next((i for i in receipt_of(resident).items if i.kind == kind and i.id == item_id), None)


def withdraw(resident: Resident, kind: Kind, item_id: UUID) -> bool:
    """Take one thing back: its words are erased everywhere. False when this resident has no such thing."""
    take_back: dict[Kind, Callable[[Resident, UUID], bool]] = {
        Kind.SURVEY: withdraw_response,
        Kind.IDEA: withdraw_idea,
        Kind.COMMENT: withdraw_comment,
        Kind.WORDS: _withdraw_words,
    }
    return take_back[kind](resident, item_id)


def _withdraw_words(resident: Resident, contribution_id: UUID) -> bool:
    mine = Contribution.id == contribution_id, Contribution.resident_id == resident.id
    contribution = db.session.scalar(select(Contribution).where(*mine))
    if contribution is None:
        return False
    contributions.withdraw(contribution)
    db.session.commit()
    return True

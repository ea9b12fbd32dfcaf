"""The demo's polls: proposals are put to residents, who vote with codes; the result is taken over."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from app.ambitions import service as ambitions
from app.ambitions.standing import local_day
from app.common.clock import now
from app.common.localized import LocalizedText
from app.demo.promises import ambition_of
from app.demo.town import Town, sent
from app.extensions import db
from app.voting import service as voting
from app.voting.models import Poll, PollState


def open_vote(town: Town, row: dict[str, Any]) -> None:
    """Put proposals to residents from now on; `opens` and `closes` are days before the demo is loaded."""
    last_day = local_day(now(), town.municipality.time_zone) + timedelta(days=row["opens"] - row["closes"])
    poll = ambitions.put_to_residents(
        town.place(row["where"]),
        [ambition_of(key) for key in row["ambitions"]],
        ambitions.Question(
            LocalizedText(row["title"]),
            LocalizedText(row["question"]),
            last_day,
            row["seats"],
            row["choices"],
        ),
        by=town.coordinator,
        submission_id=sent(row["key"]),
    )
    if poll.state is PollState.DRAFT:
        voting.open_poll(poll, town.coordinator)


def _poll(row: dict[str, Any]) -> Poll:
    return db.session.scalars(select(Poll).where(Poll.submission_id == str(sent(row["key"])))).one()


def vote(row: dict[str, Any], code: str, voter: int) -> None:
    """Let one resident vote with their code."""
    poll = _poll(row)
    options = {option.key: row["ambitions"][place] for place, option in enumerate(poll.options)}
    if poll.takes_ballots:
        ballot = choices(row, options, voter)
        voting.cast(poll, code, ballot, str(sent(f"{row['key']}:{code}")), replace=False)


def choices(row: dict[str, Any], options: dict[str, str], voter: int) -> list[str]:
    """What a voter chooses, drawn with a fixed seed from how well each proposal is liked."""
    chance = Random(f"{row['key']} {voter}")  # noqa: S311 - not a secret
    liked = sorted(options, key=lambda key: chance.random() ** (1 / row["likings"][options[key]]), reverse=True)
    return liked[: chance.choice(range(1, row["choices"] + 1))]


def print_codes(town: Town, row: dict[str, Any]) -> list[str]:
    """Codes for those who will vote, and for those who will not. An earlier load that was cut off made some too:
    those are lost, as a sheet can be, and these are others."""
    poll = _poll(row)
    if not poll.takes_ballots:
        return []
    amount = row["ballots"] + row["unused_codes"]
    printed = voting.make_codes(poll, amount, "", str(uuid4()), town.coordinator)
    return [code.code for code in printed]


def count_and_take_over(town: Town, row: dict[str, Any]) -> None:
    """Count a vote whose last day is over, and adopt what was chosen."""
    poll = _poll(row)
    voting.count_poll(poll.id)
    ambitions.take_over(poll, by=town.coordinator)

"""Residents speak: ideas, comments, supports and notes, each through its own slice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.contributions import service as contributions
from app.contributions.models import Source
from app.demo.residents import resident
from app.demo.town import Town, sent
from app.extensions import db
from app.ideas import service as ideas

Heard = dict[UUID, tuple[str, ...]]
"""What each contribution is about, by its id: the recurring concerns that its writer had in mind."""


def post_idea(town: Town, row: dict[str, Any], receipt_code: str, heard: Heard) -> None:
    """Put an idea on the board."""
    writer = resident(row.get("who", row["key"]), receipt_code)
    idea, _removed = ideas.post_idea(
        writer,
        town.neighbourhood_ids[row["where"]],
        submission_id=sent(row["key"]),
        title=row["title"],
        text=row["text"],
    )
    heard[idea.contribution_id] = tuple(row["about"])


def comment(row: dict[str, Any], idea_key: str, receipt_code: str, heard: Heard) -> None:
    """Say something about an idea."""
    idea = ideas.idea_by_submission(sent(idea_key))
    if idea is not None:
        writer = resident(row.get("who", row["key"]), receipt_code)
        said, _removed = ideas.post_comment(writer, idea, submission_id=sent(row["key"]), text=row["text"])
        heard[said.contribution_id] = tuple(row["about"])


def support(idea_key: str, supporter: str, receipt_code: str) -> None:
    """Support an idea."""
    idea = ideas.idea_by_submission(sent(idea_key))
    if idea is not None:
        ideas.support(resident(supporter, receipt_code), idea)


def write_note(town: Town, row: dict[str, Any], heard: Heard) -> None:
    """Write down what someone told a worker."""
    key = sent(row["key"])
    note = contributions.add(
        neighbourhood_id=town.neighbourhood_ids[row["where"]],
        source=Source.NOTE,
        source_key=f"note:{key}",
        text=row["text"],
    )
    db.session.commit()
    heard[note.id] = tuple(row["about"])

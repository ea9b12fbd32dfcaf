"""Bringing a file of statements into the stream: in batches, in bounded memory, and only once.

A statement is known by its own words: the key of its contribution is made of the neighbourhood, the collection, the
words, and how often those words came before in this file. So running twice adds nothing, running again after
an interruption adds only what is missing, and two residents who said the same stay two.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import insert

from app.common.clock import now
from app.common.insert_once import insert_once
from app.contributions.models import Contribution, ContributionOriginal, Source
from app.contributions.statements import Reason, Refused, Shape, Statement, read
from app.extensions import db

_BATCH = 1_000
"""Rows in one transaction: what an interruption may cost."""


@dataclass
class Outcome:
    """What came of an import, up to now."""

    added: int = 0
    already_there: int = 0
    refused: Counter[Reason] = field(default_factory=Counter)


def import_statements(
    path: Path,
    shape: Shape,
    *,
    neighbourhood_id: UUID,
    language: str | None = None,
    collection: str = "",
    on_refused: Callable[[Refused], None] = lambda _row: None,
    on_batch: Callable[[Outcome, int], None] = lambda _outcome, _bytes: None,
) -> Outcome:
    """Add every usable statement of the file. Commits each batch; then `on_batch` hears how far it is, in bytes.

    `collection` names what the file is a part of (a survey, a year): the same words in another collection are
    another statement.
    """
    outcome, at_byte, moment = Outcome(), 0, now()

    def heard(position: int) -> None:
        nonlocal at_byte
        at_byte = position

    rows = read(path, shape, heard)
    with closing(_Occurrences(f"{neighbourhood_id}\0{collection}")) as occurrences:
        while batch := list(islice(rows, _BATCH)):
            values = []
            for row in batch:
                if isinstance(row, Refused):
                    outcome.refused[row.reason] += 1
                    on_refused(row)
                else:
                    values.append(_values(row, occurrences.key(row.text), neighbourhood_id, language, moment))
            added = _store(values)
            outcome.added += added
            outcome.already_there += len(values) - added
            on_batch(outcome, at_byte)
    return outcome


class _Occurrences:
    """Counts how often each text came before, in a temporary file of its own: a million keys fill no memory.

    A text is counted by a keyed hash, which is also what is stored: who holds the database can't try out whether
    some words, since withdrawn, were ever said.
    """

    def __init__(self, scope: str) -> None:
        self._scope = scope.encode()
        self._secret = current_app.config["CODE_KEY"].encode()
        # SQLite's own temporary database, on disk when it grows; nothing of it has to survive.
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("CREATE TABLE seen (hash BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")

    def key(self, text: str) -> str:
        """The source key of the next occurrence of this text."""
        message = b"import\0" + self._scope + b"\0" + text.encode()
        digest = hmac.new(self._secret, message, hashlib.sha256)
        count = "INSERT INTO seen VALUES (?, 1) ON CONFLICT (hash) DO UPDATE SET times = times + 1 RETURNING times"
        ((times,),) = self._seen.execute(count, (digest.digest(),)).fetchall()
        return f"import:{digest.hexdigest()}:{times}"

    def close(self) -> None:
        self._seen.close()


def _values(
    row: Statement, key: str, neighbourhood_id: UUID, language: str | None, moment: datetime
) -> dict[str, Any]:
    contribution = {
        "id": uuid4(),
        "neighbourhood_id": neighbourhood_id,
        "source": Source.IMPORT,
        "source_key": key,
        "language": language,
        "created_at": moment,
    }
    return {"contribution": contribution, "text": row.text}


def _store(values: list[dict[str, Any]]) -> int:
    """Store what is not there yet, with its words, in one transaction; gives how many were new."""
    if not values:
        return 0
    once = insert_once(Contribution, "source_key").returning(Contribution.id)
    new = set(db.session.scalars(once, [value["contribution"] for value in values]))
    words = [
        {"id": uuid4(), "contribution_id": value["contribution"]["id"], "text": value["text"]}
        for value in values
        if value["contribution"]["id"] in new
    ]
    if words:
        db.session.execute(insert(ContributionOriginal), words)
    db.session.commit()
    return len(new)

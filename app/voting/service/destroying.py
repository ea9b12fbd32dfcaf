"""What was destroyed must be gone from the disk too, as far as a program can see to that."""

from __future__ import annotations

from sqlalchemy import text

from app.extensions import db


def leave_no_copy() -> None:
    """Call it after the commit that destroyed envelopes or a key.

    On SQLite each deleted cell is overwritten (`secure_delete`, see `app.extensions`), but the write-ahead log still
    holds the pages as they were: it is emptied here, unless someone is reading it at this moment. On PostgreSQL the
    server does this in its own time (see docs/decisions/voting.md).
    """
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.rollback()

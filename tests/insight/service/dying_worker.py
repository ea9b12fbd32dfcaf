"""A worker that is killed at a moment of one's choice; test_a_killed_worker.py runs it as a process of its own.

    python -m tests.insight.service.dying_worker MOMENT      # reading, storing, grouping or never

The settings come from the environment. It does what `flask worker` does with what waits, in chunks of CHUNK.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from app import create_app
from app.config import load_settings
from app.extensions import db
from app.insight import default_encoder, service
from app.insight.models import Concern, Passage
from app.insight.records import Vectors

CHUNK = 8
LAST_WORD = "Parkeren"
MOMENTS = {"storing": Passage, "grouping": Concern}


def die() -> None:
    """As the kernel does it: without a goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


class Encoder:
    """The usual one, which does not survive this word."""

    name, dimensions = default_encoder().name, default_encoder().dimensions

    def encode(self, texts: list[str]) -> Vectors:
        if LAST_WORD in texts:
            die()
        return default_encoder().encode(texts)


def main(moment: str) -> None:
    """Do what waits until it is done, or until the moment comes."""
    app = create_app(load_settings())
    with app.app_context():
        if moment == "reading":
            app.extensions["insight_encoder"] = Encoder()
        elif moment in MOMENTS:

            def written(session: Session, _context: Any) -> None:  # in the transaction, and not yet committed
                if any(isinstance(row, MOMENTS[moment]) for row in session.new):
                    die()

            event.listen(db.session, "after_flush", written)
        more = True
        while more:
            _, more = service.analyse_round(16, size=CHUNK)


if __name__ == "__main__":
    main(sys.argv[1])

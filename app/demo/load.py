"""Loading the demo: once, in order, and again without harm when it was cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from app.common.clock import now
from app.demo.history import write_history
from app.demo.logins import keep, known_logins, make_logins, told
from app.demo.town import find_or_build, is_loaded, mark_loaded
from app.extensions import db


def load(data_dir: Path, on_progress: Callable[[float], None] = lambda _part: None) -> str:
    """Put the demo town in the database where it is missing; gives what to tell whoever started this.

    Logins and codes are kept in DATA_DIR. `on_progress` gets the part that is done, 0 to 1.
    """
    logins = known_logins(data_dir)
    if not is_loaded():
        logins = logins or make_logins()
        keep(logins, data_dir)
        with _nobody_hurries(), _fewer_waits_for_the_disk():
            town = find_or_build(logins.staff)
            write_history(town, logins).play(now(), on_progress)
        keep(logins, data_dir)
        mark_loaded(town)
    if logins is None:
        return "The demo town is loaded. Its logins are in the DATA_DIR from which it was loaded."
    return told(logins, current_app.config["PUBLIC_URL"])


@contextmanager
def _nobody_hurries() -> Iterator[None]:
    """No nudges to the worker for each of hundreds of events: what waits is analysed here, in its own time."""
    enqueue = current_app.extensions["enqueue"]
    current_app.extensions["enqueue"] = lambda _name, _arguments: None
    try:
        yield
    finally:
        current_app.extensions["enqueue"] = enqueue


@contextmanager
def _fewer_waits_for_the_disk() -> Iterator[None]:
    """On SQLite: a power cut now may lose the last events, which the next load makes good. Nothing can break."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    _synchronous("NORMAL")
    try:
        yield
    finally:
        _synchronous("FULL")


def _synchronous(level: str) -> None:
    db.session.remove()  # the pool then gives the one connection that it has
    with db.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")

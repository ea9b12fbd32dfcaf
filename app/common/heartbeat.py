"""The worker's sign of life, which `/readyz` reads."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.common.clock import now
from app.common.insert_once import insert_once
from app.common.models import Row, UtcDateTime
from app.extensions import db
from app.jobs import jobs

_SILENT = timedelta(minutes=3)


class Heartbeat(Row):
    """When a part of the system was last seen alive."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@jobs.every_minute
def beat() -> None:
    """The worker says that it is alive."""
    moment = now()
    db.session.execute(insert_once(Heartbeat, "name").values(name="worker", at=moment))
    db.session.execute(update(Heartbeat).where(Heartbeat.name == "worker").values(at=moment))
    db.session.commit()


def worker_is_alive() -> bool:
    """Whether a worker gave a sign of life in the last three minutes."""
    at = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "worker"))
    return at is not None and now() - at < _SILENT

"""One line of JSON a request, without personal data: no address, no path with codes, no query, no body."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import TextIO
from uuid import uuid4

from flask import Flask, Response, g, request

from app.config import Settings

log = logging.getLogger("wijkstem.request")


class JsonLines(logging.Formatter):
    """A log record as one JSON object; an exception as its traceback, which holds code and no values."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            entry["exception"] = type(record.exc_info[1]).__name__
            frames = traceback.extract_tb(record.exc_info[2])
            entry["where"] = [f"{frame.filename}:{frame.lineno}" for frame in frames]
        return json.dumps(entry, ensure_ascii=False)


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is now, also after someone replaced it."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _stream: TextIO) -> None:
        """What it was at the start does not matter."""


def init_app(app: Flask, settings: Settings) -> None:
    """Write to standard error, where the service manager collects it."""
    root = logging.getLogger()
    if not any(isinstance(h.formatter, JsonLines) for h in root.handlers):
        handler = StandardError()
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    root.setLevel(settings.log_level)
    for noisy in ("huey", "sqlalchemy.engine", "alembic"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = uuid4().hex[:12], time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        fields = {
            "request": g.get("request_id"),
            "method": request.method,
            "endpoint": request.endpoint,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        }
        log.info("request", extra={"fields": fields})
        response.headers["X-Request-Id"] = str(g.get("request_id"))
        return response

"""Background work: any slice marks a function as a job; a worker process runs it inside the application.

A job is only ever a nudge. What has to be done is always readable from the database (the outbox), so a lost
queue loses nothing: the same work is found again every minute.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, Protocol, cast

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab

log = logging.getLogger(__name__)


class Job(Protocol):
    """A function that can also be put in the queue. Arguments must be plain (str, int)."""

    def __call__(self, *args: Any) -> Any: ...
    def enqueue(self, *args: Any) -> None: ...


class Jobs:
    """The registry of background functions."""

    def __init__(self) -> None:
        self._functions: dict[str, Callable[..., Any]] = {}
        self._minutely: list[Callable[[], Any]] = []
        self._hurry = self.task(self.run_minutely)

    def task(self, function: Callable[..., Any]) -> Job:
        """Mark a function as a job: `f.enqueue(…)` runs it soon in a worker; `f(…)` runs it here and now."""
        name = f"{function.__module__}.{function.__qualname__}"
        self._functions[name] = function

        def enqueue(*args: Any) -> None:
            try:
                current_app.extensions["enqueue"](name, args)
            except Exception:  # the row is stored already; a dead queue must not turn success into failure
                log.exception("job not queued: %s", name)

        job = cast(Any, functools.wraps(function)(lambda *args: function(*args)))
        job.enqueue = enqueue
        return cast(Job, job)

    def every_minute(self, function: Callable[[], Any]) -> Callable[[], Any]:
        """Have a worker call this function once a minute."""
        self._minutely.append(function)
        return function

    def hurry(self) -> None:
        """Have a worker do now what it would find within a minute: only for speed, nothing relies on it."""
        self._hurry.enqueue()

    def run(self, name: str, args: tuple[Any, ...]) -> None:
        """Run one queued job by its name."""
        self._functions[name](*args)

    def run_minutely(self) -> None:
        """Run all that is due each minute; one that fails does not stop the others."""
        for function in self._minutely:
            try:
                with current_app.app_context():  # and so a database session of its own
                    function()
            except Exception:
                log.exception("minutely job failed: %s", function.__qualname__)


jobs = Jobs()


def init_app(app: Flask) -> None:
    """Give the application its queue: Redis when REDIS_URL is set, else a file in DATA_DIR."""
    settings = app.extensions["settings"]
    if settings.redis_url:
        huey: Huey = RedisHuey("wijkstem", url=settings.redis_url, results=False)
    else:
        huey = SqliteHuey("wijkstem", filename=str(settings.data_dir / "jobs.sqlite"), results=False)

    @huey.task()
    def run_job(name: str, args: list[Any]) -> None:
        with app.app_context():
            jobs.run(name, tuple(args))

    @huey.periodic_task(crontab())
    def minute() -> None:
        with app.app_context():
            jobs.run_minutely()

    @huey.on_startup()
    def first() -> None:
        with app.app_context():
            jobs.run_minutely()

    app.extensions["huey"] = huey
    app.extensions["enqueue"] = run_job

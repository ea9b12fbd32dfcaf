"""`flask worker`: does what waits in the background."""

from __future__ import annotations

import os

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command("worker")
@click.option("--threads", default=1, show_default=True, help="How many jobs at the same time.")
@with_appcontext
def worker_cli(threads: int) -> None:
    """Run background jobs until stopped. Start as many, on as many machines, as you like."""
    os.nice(10)  # whoever waits for a page goes before the analysis of what others said
    huey = current_app.extensions["huey"]
    huey.create_consumer(workers=threads, scheduler_interval=1, check_worker_health=True).run()

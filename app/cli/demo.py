"""`flask demo load`: an invented town with months of events, to look around in."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.load import load

demo_cli = AppGroup("demo", help="An invented town to look around in.")


def load_demo(data_dir: Path) -> str:
    """Load the demo where it is missing, with a bar that shows how far it is; gives what to tell who starts it."""
    shown = 0
    with click.progressbar(length=100, label="Preparing the demo town") as bar:

        def progress(part: float) -> None:
            nonlocal shown
            bar.update(int(part * 100) - shown)
            shown = int(part * 100)

        story = load(data_dir, progress)
        bar.update(100 - shown)
    return story


@demo_cli.command("load")
def load_command() -> None:
    """Put the demo town in the database. Running it again adds nothing twice."""
    click.echo(load_demo(current_app.extensions["settings"].data_dir))

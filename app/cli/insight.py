"""`flask insight analyse`: analyses what waits, here and now, with a progress bar."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.contributions.service import waiting
from app.insight.service import analyse_waiting, erase_leftovers

insight_cli = AppGroup("insight", help="The analysis of what residents said.")


@insight_cli.command("analyse")
def analyse() -> None:
    """Analyse every contribution that waits. Safe beside a running worker, and to stop and start again."""
    erase_leftovers()
    todo = waiting()
    if not todo:
        click.echo("Nothing waits for analysis.")
    with click.progressbar(length=max(todo, 1), label="Reading", show_pos=True, hidden=not todo) as bar:
        try:
            done = analyse_waiting(bar.update)
        except KeyboardInterrupt:
            click.echo(f"\nStopped. {waiting():,} still wait; the same command goes on from there.")
            raise SystemExit(130) from None
    if done:
        click.echo(f"{done:,} contributions analysed. Coordinators find the concerns on their page.")
    left = waiting()
    if left:
        click.echo(f"{left:,} could not be analysed, or a worker has them in hand.")

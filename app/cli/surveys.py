"""`flask survey …`: check survey files, and publish one."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.places.service import neighbourhood_by_code
from app.surveys import service
from app.surveys.reading import read_file

survey_cli = AppGroup("survey", help="Survey files: check them, publish them.")
_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path)


@survey_cli.command("check")
@click.argument("files", nargs=-1, required=True, type=_FILE)
def check(files: tuple[Path, ...]) -> None:
    """Say of each file what is wrong in it, with the line and what to do. Ends with 1 when something is."""
    broken = False
    for path in files:
        _source, reading = read_file(path)
        for problem in reading.problems:
            click.echo(str(problem))
        broken = broken or bool(reading.problems)
        if reading.survey is not None:
            survey = reading.survey
            languages = ", ".join(survey.languages)
            click.echo(
                f"{path}: right. {len(survey.questions)} questions on {len(survey.pages)} pages, in {languages}."
            )
    sys.exit(1 if broken else 0)


@survey_cli.command("publish")
@click.argument("file", type=_FILE)
@click.option("--neighbourhood", "code", required=True, metavar="CODE", help="CBS code, for example WK034401.")
@click.option("--opens", type=_DAY, help="First day there, YYYY-MM-DD; without it a new survey opens now.")
@click.option("--closes", type=_DAY, help="Last day there, YYYY-MM-DD; without it the survey stays open.")
def publish(file: Path, code: str, opens: datetime | None, closes: datetime | None) -> None:
    """Publish a survey in a neighbourhood. A file with a problem in it is never published."""
    neighbourhood = neighbourhood_by_code(code)
    if neighbourhood is None:
        raise click.ClickException(f"There is no neighbourhood with code {code}.")
    source, reading = read_file(file)
    if reading.survey is None:
        for problem in reading.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException("Nothing was published.")
    first_day, last_day = opens.date() if opens else None, closes.date() if closes else None
    try:
        published = service.publish(source, neighbourhood, file=str(file), first_day=first_day, last_day=last_day)
    except service.WrongDays:
        raise click.ClickException("The last day comes before the first one. Nothing was published.") from None
    except IntegrityError:
        db.session.rollback()
        raise click.ClickException("Someone else published it at the same moment. Try again.") from None
    said = "published" if published.is_new else "already published, unchanged"
    slug, number = published.survey.slug, published.version.number
    click.echo(f"{slug} version {number}: {said} in {neighbourhood.name}. /neighbourhoods/{code}/surveys/{slug}")

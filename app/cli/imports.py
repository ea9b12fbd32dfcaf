"""`flask import statements`: brings a file of residents' texts into the stream."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from babel import Locale, UnknownLocaleError
from flask.cli import AppGroup

from app.cli.wrong_input import WrongInput
from app.contributions.importing import Outcome, import_statements
from app.contributions.service import waiting
from app.contributions.statements import Refused, Shape, UnusableFile, look_at
from app.places.service import municipalities, neighbourhood_by_code

import_cli = AppGroup("import", help="Bring in what residents said elsewhere.")


@import_cli.command("statements")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--neighbourhood", "code", required=True, help="Code of the neighbourhood, for example WK034401.")
@click.option("--text-column", required=True, help="Name of the column with the texts.")
@click.option("--language", default="auto", show_default=True, help="Language of all texts (nl, en, …), or auto.")
@click.option("--collection", default="", help="What the file is part of; equal texts of another one count again.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the refused rows and why to this CSV file.")
def statements(file: Path, code: str, text_column: str, language: str, collection: str, report: Path | None) -> None:
    """Bring in a CSV file with one text of a resident in each row. Running it again adds nothing twice."""
    neighbourhood = neighbourhood_by_code(code)
    if neighbourhood is None:
        known = ", ".join(place.code for town in municipalities() for place in town.neighbourhoods)
        raise WrongInput(f"There is no neighbourhood {code}. There are: {known or 'none yet'}.")
    place_id, place_name, spoken = neighbourhood.id, neighbourhood.name, _language(language)
    try:
        shape = look_at(file, text_column)
    except UnusableFile as problem:
        raise WrongInput(str(problem)) from problem
    click.echo(f"Reading {file} as {_described(shape)}.")
    outcome = Outcome()
    with _refusals(report, file) as refuse, click.progressbar(length=shape.size, label="Bringing in") as bar:

        def progress(so_far: Outcome, at_byte: int) -> None:
            nonlocal outcome
            outcome = so_far
            bar.update(at_byte - bar.pos)

        try:
            outcome = import_statements(
                file,
                shape,
                neighbourhood_id=place_id,
                language=spoken,
                collection=collection,
                on_refused=refuse,
                on_batch=progress,
            )
            bar.update(shape.size - bar.pos)
        except KeyboardInterrupt:
            click.echo(f"\nStopped. {outcome.added:,} texts are stored; the same command again goes on from there.")
            raise SystemExit(130) from None
    for line in _told(outcome, report):
        click.echo(line)
    click.echo(
        f"{waiting(place_id):,} texts of {place_name} wait for analysis. "
        "A running worker does that by itself; to do it now: flask insight analyse"
    )


def _language(given: str) -> str | None:
    if given == "auto":
        return None
    try:
        return Locale.parse(given).language
    except (ValueError, UnknownLocaleError):
        raise WrongInput(f'"{given}" is no language. Give a code such as nl, en, ar, tr or pl, or auto.') from None


def _described(shape: Shape) -> str:
    encoding = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252 (Latin-1)"}
    separator = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
    return f"{encoding[shape.encoding]}, with {separator[shape.delimiter]} between the columns"


def _told(outcome: Outcome, report: Path | None) -> Iterator[str]:
    yield f"{outcome.added:,} texts added, {outcome.already_there:,} were there already."
    for reason, times in outcome.refused.most_common():
        yield f"{times:,} refused: {reason.value}"
    if outcome.refused:
        yield f"Which ones: {report}" if report else "To see which ones, add --report refused.csv"


@contextmanager
def _refusals(report: Path | None, file: Path) -> Iterator[Any]:
    """Where refused rows are written as they come. The report holds places and reasons, not one resident's word."""
    if report is None:
        yield lambda _row: None
        return
    if report.exists() and report.samefile(file):
        raise WrongInput("The report would overwrite the file itself. Give it another name.")
    try:
        out = report.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise WrongInput(f"{report} cannot be written: {error.strerror}.") from error
    with out:
        writer = csv.writer(out)
        writer.writerow(["line", "reason"])

        def write(row: Refused) -> None:
            writer.writerow([row.line, row.reason.value])

        yield write

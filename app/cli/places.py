"""`flask place …`: the municipalities, neighbourhoods and parties of this installation."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.wrong_input import WrongInput
from app.places import service
from app.places.models import SECTORS, Municipality
from app.places.population_file import WrongFile, read_population

place_cli = AppGroup("place", help="Add municipalities, neighbourhoods and parties.")
_MUNICIPALITY = click.option("--municipality", "town", required=True, metavar="CODE", help="For example GM0344.")


def municipality_or_stop(code: str) -> Municipality:
    """The municipality with this code; ends the command when there is none."""
    found = service.municipality_by_code(code)
    if found is None:
        known = ", ".join(place.code for place in service.municipalities())
        raise WrongInput(f"There is no municipality {code}. There are: {known or 'none yet'}.")
    return found


@place_cli.command("add-municipality")
@click.argument("code")
@click.argument("name")
@click.option("--time-zone", default="Europe/Amsterdam", show_default=True, help="Its days end at midnight there.")
def add_municipality(code: str, name: str, time_zone: str) -> None:
    """Add a municipality, with its CBS code (GM0344). Running it again adds nothing twice."""
    try:
        is_new = service.add_municipality(code, name, time_zone)
    except service.WrongPlace as problem:
        raise WrongInput(str(problem)) from problem
    _tell(f"Municipality {code} {name}", is_new)


@place_cli.command("add-neighbourhood")
@click.argument("code")
@click.argument("name")
@_MUNICIPALITY
def add_neighbourhood(code: str, name: str, town: str) -> None:
    """Add a neighbourhood, with its CBS code (WK034401). Running it again adds nothing twice."""
    municipality = municipality_or_stop(town)
    try:
        is_new = service.add_neighbourhood(code, name, municipality)
    except service.WrongPlace as problem:
        raise WrongInput(str(problem)) from problem
    _tell(f"Neighbourhood {code} {name}", is_new)


@place_cli.command("add-party")
@click.argument("name")
@_MUNICIPALITY
@click.option("--sector", required=True, help=f"One of: {', '.join(SECTORS)}.")
def add_party(name: str, town: str, sector: str) -> None:
    """Add a party that makes agreements in a municipality. Running it again adds nothing twice."""
    municipality = municipality_or_stop(town)
    try:
        is_new = service.add_party(name, municipality, sector)
    except service.WrongPlace as problem:
        raise WrongInput(str(problem)) from problem
    _tell(f"Party {name}", is_new)


@place_cli.command("population")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", default="", help='Who counted, and when: "CBS, 2025". Shown beside the numbers.')
def population(file: Path, source: str) -> None:
    """Load who lives in the neighbourhoods, to see who is not heard.

    FILE is "kerncijfers wijken en buurten" of CBS as a CSV file (age and gender are taken), or a list with the
    columns gwb_code;dimension;group;people for age, gender, language or postcode4. A newer table takes the
    place of the one that is there.
    """
    names = {place.code: place.name for town in service.municipalities() for place in town.neighbourhoods}
    try:
        found = read_population(file.read_bytes(), names)
    except WrongFile as problem:
        raise WrongInput(f"{file}: {problem}") from problem
    except OSError as error:
        raise WrongInput(f"{file} cannot be read: {error.strerror}.") from error
    if not found.tables and not found.not_given:
        raise WrongInput(f"{file} has no line about {', '.join(names) or 'a neighbourhood, and there are none yet'}.")
    service.load_population(found.tables, source.strip()[:200])
    for (code, dimension), people in found.tables.items():
        click.echo(f"{code} {names[code]}: {dimension}, {sum(people.values()):,} people in {len(people)} groups.")
    for code, dimension in found.not_given:
        click.echo(f"{code} {names[code]}: {dimension} is not given in this file.")


def _tell(what: str, is_new: bool) -> None:
    click.echo(f"{what}: added." if is_new else f"{what}: there already, nothing was added.")

"""`flask place …`: the municipalities, neighbourhoods and parties of this installation."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.cli.wrong_input import WrongInput
from app.places import service
from app.places.models import SECTORS, Municipality

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


def _tell(what: str, is_new: bool) -> None:
    click.echo(f"{what}: added." if is_new else f"{what}: there already, nothing was added.")

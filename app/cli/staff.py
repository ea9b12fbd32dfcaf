"""`flask staff …`: the accounts of staff."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.cli.places import municipality_or_stop
from app.cli.wrong_input import WrongInput
from app.people.passwords import SHORTEST
from app.people.roles import Role
from app.people.service import LoginTaken, create_account, login_is_taken

staff_cli = AppGroup("staff", help="Accounts of staff.")
_LONGEST_LOGIN = 80


@staff_cli.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Name that colleagues see.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--municipality", "town", required=True, metavar="CODE", help="For example GM0344.")
def add(login: str, name: str, role: str, town: str) -> None:
    """Make an account. The password is asked for and not shown; it is never part of the command."""
    login, name = login.strip(), name.strip()
    if not login or len(login) > _LONGEST_LOGIN or not name:
        raise WrongInput(f"Give a name, and a login of 1 to {_LONGEST_LOGIN} characters.")
    municipality = municipality_or_stop(town)
    if login_is_taken(login):
        raise WrongInput(_taken(login))
    password = click.prompt(f"Password ({SHORTEST} characters or more)", hide_input=True, confirmation_prompt=True)
    if len(password) < SHORTEST:
        raise WrongInput(f"The password is shorter than {SHORTEST} characters. Nothing was added.")
    try:
        create_account(login, name, password, Role(role), municipality)
    except LoginTaken:
        raise WrongInput(_taken(login)) from None
    click.echo(f"{login} can sign in as {role} of {municipality.name}.")


def _taken(login: str) -> str:
    return f"There is already an account with login {login}. Nothing was added."

"""`flask staff add`: someone can sign in; the password is typed and never shown."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app.people.models import StaffAccount
from app.people.roles import Role
from app.people.service import LoginTaken, account_by_password, create_account
from app.places.models import Neighbourhood

Run = Callable[..., Result]
PASSWORD = "twelve chars"


@pytest.fixture
def add(app: Flask, neighbourhood: Neighbourhood, session: Any) -> Run:
    def go(login: str = "anna", *, typed: str = f"{PASSWORD}\n{PASSWORD}\n", town: str = "GM0344") -> Result:
        arguments = ["staff", "add", login, "--name", "Anna", "--role", "coordinator", "--municipality", town]
        result = app.test_cli_runner().invoke(args=arguments, input=typed)
        session.rollback()
        return result

    return go


def logins(session: Any) -> list[str]:
    return list(session.scalars(select(StaffAccount.login)))


def test_who_is_added_can_sign_in(add: Run, neighbourhood: Neighbourhood) -> None:
    result = add(" anna ")
    assert result.exit_code == 0, result.output
    assert "anna can sign in as coordinator of Voorbeeldstad." in result.output
    assert PASSWORD not in result.output
    account = account_by_password("anna", PASSWORD)
    assert account is not None
    assert (account.name, account.role, account.municipality.code) == ("Anna", Role.COORDINATOR, "GM0344")


def test_a_login_is_given_once(add: Run, session: Any) -> None:
    add()
    again = add(typed="another password\nanother password\n")
    assert again.exit_code == 2
    assert again.output == "Error: There is already an account with login anna. Nothing was added.\n"
    assert logins(session) == ["anna"]
    assert account_by_password("anna", PASSWORD) is not None


def test_an_account_is_not_made_over_another(neighbourhood: Neighbourhood, session: Any) -> None:
    for name in ("Anna", "Another"):
        try:
            create_account("anna", name, PASSWORD, Role.WORKER, neighbourhood.municipality)
        except LoginTaken:
            assert name == "Another"
    assert list(session.scalars(select(StaffAccount.name))) == ["Anna"]


def test_a_short_password_is_refused(add: Run, session: Any) -> None:
    result = add(typed="eleven char\neleven char\n")
    assert result.exit_code == 2
    assert "shorter than 12 characters" in result.output
    assert logins(session) == []


def test_a_password_is_typed_twice_the_same(add: Run, session: Any) -> None:
    assert add(typed=f"{PASSWORD}\nsomething else\n").exit_code != 0
    assert logins(session) == []


def test_a_password_is_no_part_of_the_command(app: Flask) -> None:
    assert "--password" not in app.test_cli_runner().invoke(args=["staff", "add", "--help"]).output


def test_an_unknown_municipality_gets_one_clear_line(add: Run, session: Any) -> None:
    result = add(town="GM1")
    assert result.exit_code == 2
    assert result.output == "Error: There is no municipality GM1. There are: GM0344.\n"
    assert logins(session) == []

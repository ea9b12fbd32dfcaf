"""The Flask extensions, made here and bound to the application by `init_app`."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask import Flask, g
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can change it on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True)
babel = Babel()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
login_manager = LoginManager()

_REGIONS = {"en": "en_GB"}  # English as it is written in Europe: 10 December 2026


@event.listens_for(Engine, "connect")
def _careful_sqlite(connection: Any, _record: Any) -> None:
    """WAL lets readers go on while one writes; FULL makes an acknowledged row survive a power cut.

    With secure_delete, what is erased is overwritten in the file.
    """
    if isinstance(connection, sqlite3.Connection):
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")


def init_app(app: Flask) -> None:
    """Bind every extension to this application."""
    db.init_app(app)
    migrate.init_app(app, db)
    babel.init_app(app, locale_selector=lambda: _REGIONS.get(g.get("lang", "nl"), g.get("lang", "nl")))
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)

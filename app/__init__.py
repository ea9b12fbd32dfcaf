"""Wijkstem: residents speak, parties promise, everyone sees what was kept.

`create_app` wires the parts together and decides nothing. It imports them when it is called, so that the pure
cores (`python -m app.insight`, `from app.voting import approval`) need neither Flask nor a database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The web application for these settings (from the environment when none are given).

    Raises `app.config.SettingsError`, which names each setting that is missing or wrong.
    """
    from flask import Flask

    from app import cli, extensions, jobs, web
    from app.config import load_settings
    from app.people import access

    settings = settings or load_settings()
    app = Flask(__name__, static_url_path="/static")
    app.config.from_mapping(settings.flask_config())
    app.extensions["settings"] = settings
    web.prepare(app, settings)
    extensions.init_app(app)
    jobs.init_app(app)
    access.init_app(app)
    web.register(app)
    cli.register(app)
    return app

"""The pages that combine slices, and what every page needs: languages, safe headers, errors."""

from __future__ import annotations

from flask import Flask

from app.config import Settings


def prepare(app: Flask, settings: Settings) -> None:
    """What must be there before any slice asks its questions: languages in URLs, logs, the prefix."""
    from app.web import languages, request_log, serving

    serving.init_app(app, settings)
    languages.init_app(app)
    request_log.init_app(app, settings)


def register(app: Flask) -> None:
    """Register every slice's pages below the language, and the pages without one."""
    from importlib import import_module
    from importlib.util import find_spec

    from app.web import errors, headers, health

    for name in ("web", "people", "insight", "surveys", "ideas", "voting", "ambitions", "feedback"):
        if find_spec(f"app.{name}") and find_spec(f"app.{name}.routes"):  # until all slices are there
            app.register_blueprint(import_module(f"app.{name}.routes").bp, url_prefix="/<lang:lang>")
    app.register_blueprint(health.bp)
    headers.init_app(app)
    errors.init_app(app)

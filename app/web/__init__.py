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
    from app.ambitions.routes import bp as ambitions
    from app.feedback.routes import bp as feedback
    from app.ideas.routes import bp as ideas
    from app.insight.routes import bp as insight
    from app.people.routes import bp as people
    from app.surveys.routes import bp as surveys
    from app.voting.routes import bp as voting
    from app.web import errors, headers, health
    from app.web.routes import bp as web

    for blueprint in (web, people, insight, surveys, ideas, voting, ambitions, feedback):
        app.register_blueprint(blueprint, url_prefix="/<lang:lang>")
    app.register_blueprint(health.bp)
    headers.init_app(app)
    errors.init_app(app)

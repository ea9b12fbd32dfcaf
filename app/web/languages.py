"""The language of a page is in its address: /nl/…, /en/…, /ar/…

A link can be shared, printed on a poster and cached, and no cookie is needed to choose. A language is added by
adding one catalogue in `translations/`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for
from werkzeug.routing import BaseConverter, ValidationError

from app.common.languages import direction, languages, name_in, own_name
from app.places.framework import themes


class LanguageConverter(BaseConverter):
    """The first part of a path, when there is a catalogue for it."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        if value not in languages():
            raise ValidationError
        return value


def language_links() -> list[tuple[str, str, str, bool]]:
    """This page in each language: code, own name, address, and whether it is the page shown."""
    return [(code, own_name(code), _address_in(code), code == g.lang) for code in languages()]


def _address_in(code: str) -> str:
    rule = request.url_rule
    if rule is None or "lang" not in rule.arguments or "GET" not in (rule.methods or ()):
        return url_for("web.start", lang=code)
    path = url_for(rule.endpoint, **{**(request.view_args or {}), "lang": code})
    # Put behind it as it came: as arguments, names like "_scheme" would mean something else.
    query = urlencode(list(request.args.items(multi=True)))
    return f"{path}?{query}" if query else path


def init_app(app: Flask) -> None:
    """Take the language out of the address of each request, and put it into each address that is made."""
    app.url_map.converters["lang"] = LanguageConverter

    @app.url_value_preprocessor
    def take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        code = values.pop("lang", None) if values else None
        if code is None:
            first = request.path.strip("/").split("/", 1)[0]
            code = first if first in languages() else request.accept_languages.best_match(languages()) or "nl"
        g.lang = code
        g.text_direction = direction(code)

    @app.url_defaults
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and "lang" in g and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.lang

    def theme_title(theme_id: str | None) -> str:
        return themes()[theme_id].title.shown(g.lang).text if theme_id in themes() else ""

    app.jinja_env.globals.update(
        language_links=language_links,
        direction=direction,
        language_name=lambda code: name_in(code, g.lang),
        theme_title=theme_title,
    )

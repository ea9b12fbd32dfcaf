"""Served below a path, behind proxies: one place that knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings


class BelowPrefix:
    """Takes the path of PUBLIC_URL off each request, so that links, cookies and redirects all carry it.

    A proxy may pass the prefix on or take it off itself; both work.
    """

    def __init__(self, wsgi: Any, prefix: str) -> None:
        self._wsgi = wsgi
        self._prefix = prefix

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == self._prefix or path.startswith(self._prefix + "/"):
            environ["PATH_INFO"] = path[len(self._prefix) :] or "/"
        environ["SCRIPT_NAME"] = self._prefix
        return self._wsgi(environ, start_response)


def init_app(app: Flask, settings: Settings) -> None:
    """Wrap the application for where it is served, and give templates the version of each static file."""
    if settings.url_prefix:
        app.wsgi_app = BelowPrefix(app.wsgi_app, settings.url_prefix)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]

    @lru_cache(maxsize=100)
    def asset_version(name: str) -> str:
        return hashlib.sha256(Path(app.static_folder or "", name).read_bytes()).hexdigest()[:12]

    app.jinja_env.globals["asset_version"] = asset_version

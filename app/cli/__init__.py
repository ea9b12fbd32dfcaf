"""The `flask …` commands."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask


def register(app: Flask) -> None:
    """Add every command group."""
    for module, group in (
        ("places", "place_cli"),
        ("staff", "staff_cli"),
        ("surveys", "survey_cli"),
        ("imports", "import_cli"),
        ("insight", "insight_cli"),
        ("demo", "demo_cli"),
        ("worker", "worker_cli"),
    ):
        if find_spec(f"app.cli.{module}"):  # until all slices are there
            app.cli.add_command(getattr(import_module(f"app.cli.{module}"), group))

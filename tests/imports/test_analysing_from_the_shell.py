"""`flask insight analyse`: what an import brought in is analysed here and now."""

from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.contributions import service as contributions
from app.contributions.models import Contribution
from app.places.models import Neighbourhood


def test_what_was_imported_is_analysed_and_the_command_says_so(
    app: Flask, session: Any, neighbourhood: Neighbourhood, tmp_path: Path
) -> None:
    file = tmp_path / "statements.csv"
    file.write_text("text\nDe lift is al weken stuk\nThe lift is broken again\nMeer bomen\n", encoding="utf-8")
    run = app.test_cli_runner().invoke
    run(args=["import", "statements", str(file), "--neighbourhood", neighbourhood.code, "--text-column", "text"])
    assert contributions.waiting(neighbourhood.id) == contributions.waiting() == 3
    result = run(args=["insight", "analyse"])
    assert result.exit_code == 0, result.output
    assert "3 contributions analysed." in result.output
    session.rollback()
    assert contributions.waiting() == 0
    assert all(c.redacted_text and c.analysed_at for c in session.scalars(select(Contribution)))
    assert run(args=["insight", "analyse"]).output == "Nothing waits for analysis.\n"

"""`python -m app.cli.serve`: everything on one machine. Prepares what is missing, then runs web and worker.

Both processes end together: on Ctrl-C, on SIGTERM, or when one of them falls over.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from babel.messages.frontend import CommandLineInterface
from flask_migrate import upgrade
from honcho import manager

from app import create_app
from app.cli.keys import make_keys
from app.config import ROOT, SettingsError, load_settings


def compile_catalogues() -> None:
    """Turn the catalogues into what gettext reads."""
    CommandLineInterface().run(["pybabel", "-q", "compile", "-d", str(ROOT / "translations")])


def prepare() -> str:
    """Make keys, catalogues, tables and the demo where they are missing; returns what to tell the administrator."""
    settings = load_settings()
    make_keys(settings.data_dir)
    compile_catalogues()
    app = create_app(settings)
    with app.app_context():
        from app.cli.demo import load_demo

        upgrade(directory=str(ROOT / "migrations"))
        return load_demo(settings.data_dir)


def main() -> int:
    """Prepare and serve until stopped; the exit status of the first process that ended."""
    try:
        story = prepare()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FLASK_APP": "wsgi", "PYTHONUNBUFFERED": "1"}
    here = Path(sys.executable).parent
    manager.KILL_WAIT = 25  # seconds: longer than gunicorn gives requests to end (graceful_timeout)
    processes = manager.Manager()
    processes.add_process("web", f"exec {here}/gunicorn wsgi:app", cwd=str(ROOT), env=environment)
    processes.add_process("worker", f"exec {here}/flask worker", cwd=str(ROOT), env=environment)
    sys.stdout.write(f"\n{story}\n\nWijkstem is at {load_settings().public_url}   (Ctrl-C ends it)\n\n")
    sys.stdout.flush()
    processes.loop()
    return processes.returncode or 0


if __name__ == "__main__":
    sys.exit(main())

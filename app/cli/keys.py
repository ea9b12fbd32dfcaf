"""`flask keys make`: the secrets of one installation."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from app.config import KEY_NAMES, load_settings

keys_cli = click.Group("keys", help="The secrets of this installation.")


def make_keys(data_dir: Path) -> list[str]:
    """Make the keys that are not there yet, readable by their owner only. Never changes one that is there."""
    folder = data_dir / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    for name in KEY_NAMES:
        try:
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        made.append(name)
    return made


@keys_cli.command("make")
def make() -> None:
    """Make the keys that are not there yet in DATA_DIR/keys."""
    made = make_keys(load_settings().data_dir)
    click.echo(f"Made: {', '.join(made)}" if made else "All keys are there already.")

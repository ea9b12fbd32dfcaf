"""`python -m app.cli.keys`: makes the secrets of one installation in DATA_DIR/keys.

Not a `flask` command: the application does not start without its keys.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from app.config import KEY_NAMES, load_settings


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


def main() -> None:
    """Make the keys that are not there yet, and say which."""
    made = make_keys(load_settings().data_dir)
    sys.stdout.write(f"Made: {', '.join(made)}\n" if made else "All keys are there already.\n")


if __name__ == "__main__":
    main()

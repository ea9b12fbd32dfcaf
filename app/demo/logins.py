"""The secrets of one installation's demo: made once, kept in a file that only its owner can read."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from app.demo.words import read
from app.people.codes import new_code

_FILE = "demo-logins.txt"
_HEADING = "# The demo town's logins and codes. Whoever can read this file can sign in there.\n"


@dataclass
class Logins:
    """Staff passwords by login, a resident's receipt code, and unused access codes for the open vote."""

    staff: dict[str, str]
    receipt_code: str
    access_codes: list[str] = field(default_factory=list)


def known_logins(data_dir: Path) -> Logins | None:
    """The logins that were made for this installation, if any."""
    path = data_dir / _FILE
    return Logins(**YAML(typ="safe").load(path)) if path.exists() else None


def make_logins() -> Logins:
    """Fresh random ones. Passwords look like codes, which are easy to type over."""
    return Logins({row["login"]: new_code() for row in read("places")["staff"]}, new_code())


def keep(logins: Logins, data_dir: Path) -> None:
    """Write them to DATA_DIR, readable by their owner only."""
    yaml = YAML()
    yaml.default_flow_style = False
    text = StringIO(_HEADING)
    text.seek(0, os.SEEK_END)
    yaml.dump(asdict(logins), text)
    # Made beside it and then put in place, so that a crash leaves the old file or the new one, never half of one.
    beside = data_dir / f"{_FILE}.new"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text.getvalue())
    beside.replace(data_dir / _FILE)


def told(logins: Logins, address: str) -> str:
    """What whoever starts the demo needs to know."""
    names = {row["login"]: row["role"] for row in read("places")["staff"]}
    staff = [f"  {login:<12} {password}   ({names[login]})" for login, password in logins.staff.items()]
    lines = [
        "A demo town is loaded: Voorbeeldstad, where everything is invented.",
        f"Staff sign in at {address}/nl/staff/sign-in",
        *staff,
        f"A resident's receipt code:  {logins.receipt_code}",
        f"Codes for the open vote:    {'  '.join(logins.access_codes[:3])}",
        f"These and {max(0, len(logins.access_codes) - 3)} more codes are in {_FILE} in DATA_DIR.",
    ]
    return "\n".join(lines)

"""Count published ballots again, without a server or a database:

    python -m app.voting BALLOTS.json

Reads the file that a result page offers and prints the outcome as one JSON object. Exit status 0 when done, 2 with
one line when the file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from app.voting.approval import ApprovalRule, count


def recount(published: dict[str, object]) -> dict[str, object]:
    """The outcome of a published file (`rule`, `options`, `ballots`). Raises KeyError, TypeError, ValueError."""
    rule = ApprovalRule(**published["rule"])  # type: ignore[arg-type]
    options: list[str] = [option["key"] for option in published["options"]]  # type: ignore[attr-defined]
    outcome = count(rule, options, published["ballots"])  # type: ignore[arg-type]
    return {"winners": list(outcome.winners), **asdict(outcome)}


def main() -> int:
    """The shell face."""
    parser = argparse.ArgumentParser(prog="python -m app.voting", description="Count published ballots again.")
    parser.add_argument("file", type=Path)
    path: Path = parser.parse_args().file
    try:
        outcome = recount(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        sys.stderr.write(f"{path}: {error.strerror}\n")
        return 2
    except (KeyError, TypeError, ValueError) as error:
        sys.stderr.write(f"{path}: not a file of published ballots ({error})\n")
        return 2
    sys.stdout.write(json.dumps(outcome, ensure_ascii=False, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Prints the tables."""

from collections.abc import Iterable, Sequence
from math import isnan

Cell = str | int | float


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return "–" if isnan(cell) else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], note: str = "") -> None:
    """A heading, a table in Markdown, and a sentence below it."""
    print(f"\n### {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(_shown(cell) for cell in row)} |", flush=True)
    if note:
        print(f"\n{note}", flush=True)

"""Votes and statements from CSV files in the shape of the Polis export; for the shell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.insight import table
from app.insight.agreement.votes import Choice, Vote

PARTICIPANT = "participant"
_OTHER_COLUMNS = frozenset({PARTICIPANT, "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
_CHOICES = {str(choice.value): choice for choice in Choice}


@dataclass(frozen=True, slots=True)
class Comments:
    """The texts of statements by id, without those that moderators took out."""

    texts: Mapping[str, str]
    taken_out: frozenset[str]


def read_comments(path: Path) -> Comments:
    """Columns `comment-id`, `comment-body` and, if there, `moderated` (-1: taken out). Raises `table.WrongInput`."""
    shape = table.look(path, "comment-body")
    place = table.place_of("comment-id", path, shape)
    moderated = table.place_of("moderated", path, shape) if "moderated" in shape.columns else None
    texts: dict[str, str] = {}
    taken_out = set()
    for line in table.rows(path, shape):
        if moderated is not None and line.cells[moderated].strip() == "-1":
            taken_out.add(line.cells[place])
        else:
            texts[line.cells[place]] = line.cells[shape.column]
    return Comments(texts, frozenset(taken_out))


def read_votes(path: Path, taken_out: frozenset[str] = frozenset()) -> Iterator[Vote]:
    """One row a participant, a column for each statement: 1 agree, -1 disagree, 0 pass, empty: did not vote.

    Other columns of the Polis export are passed over. Raises `table.WrongInput`.
    """
    shape = table.look(path, PARTICIPANT)
    statements = [(i, name) for i, name in enumerate(shape.columns) if name not in _OTHER_COLUMNS]
    if len({name for _, name in statements}) < len(statements):
        raise table.WrongInput(f"{path}: two columns have the same name")
    seen: set[str] = set()
    for line in table.rows(path, shape):
        who = line.cells[shape.column]
        if who in seen:
            raise table.WrongInput(f'{path}, line {line.number}: participant "{who}" has more than one row')
        seen.add(who)
        for i, name in statements:
            if not (cell := line.cells[i].strip()):
                continue
            if cell not in _CHOICES:
                what = f'"{cell[:20]}" is no vote on "{name}"; 1, 0, -1 or nothing is'
                raise table.WrongInput(f"{path}, line {line.number}: {what}")
            if name not in taken_out:
                yield Vote(who, name, _CHOICES[cell])

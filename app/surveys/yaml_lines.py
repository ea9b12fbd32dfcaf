"""YAML that knows on which line everything stands, and that a hostile file cannot blow up.

A survey file is plain: mappings, lists and texts. So this reads the parser's events and nothing more: no tags, no
references (a "billion laughs" file is refused at its first one), no deep nesting, no huge files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 24
_NOTHING = ("", "~", "null")


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file: where, what, and what to do about it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} — {self.remedy}"


@dataclass(frozen=True)
class Text:
    """A single value, always as text; "" when there is nothing."""

    line: int
    text: str


@dataclass(frozen=True)
class Items:
    """A list."""

    line: int
    items: list[Node]


@dataclass(frozen=True)
class Entries:
    """A mapping: keys and values in order. A key may occur twice; the reader says so."""

    line: int
    entries: list[tuple[Node, Node]]


Node = Text | Items | Entries


class Unreadable(Exception):
    """Nothing can be made of the file. Line, what is wrong, and the remedy."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy


def parse(source: bytes) -> Node:
    """The one document in this file. Raises Unreadable."""
    if len(source) > MAX_BYTES:
        most = MAX_BYTES // 1024
        raise Unreadable(1, f"the file is larger than {most} KB, too large for a survey", "keep it smaller")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "this is not UTF-8", "save the file as UTF-8") from error
    try:
        return _build(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"this is not YAML: {error.problem or error.context or 'the parser gives up'}"
        remedy = "check the indentation, the colons and the quotes on this line"
        raise Unreadable(mark.line + 1 if mark else 1, what, remedy) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(
            line, f"a character that YAML does not allow: U+{error.character:04X}", "take it out"
        ) from error
    except YAMLError as error:
        raise Unreadable(1, "this is not YAML", "copy surveys/liveability.yaml and change it") from error


def _build(events: Iterable[object]) -> Node:
    """The tree of these events, without recursion, so that no file can exhaust the stack."""
    open_nodes: list[tuple[Items | Entries, list[Node]]] = []
    root: Node | None = None
    for event in events:
        if isinstance(event, DocumentStartEvent) and root is not None:
            raise Unreadable(_line(event), "a second document begins here", "keep one survey in a file")
        if isinstance(event, AliasEvent):
            raise Unreadable(_line(event), f"a reference (*{event.anchor})", "write the text out in full")
        done: Node | None = None
        match event:
            case ScalarEvent():
                done = Text(_line(event), "" if event.value in _NOTHING and not event.style else event.value.strip())
            case MappingStartEvent():
                open_nodes.append((Entries(_line(event), []), []))
            case SequenceStartEvent():
                open_nodes.append((Items(_line(event), []), []))
            case MappingEndEvent() | SequenceEndEvent():
                done, children = open_nodes.pop()
                if isinstance(done, Entries):
                    done.entries.extend(zip(children[::2], children[1::2], strict=True))
                else:
                    done.items.extend(children)
        if len(open_nodes) > MAX_DEPTH:
            raise Unreadable(_line(event), "this is nested too deep", "check the brackets and the indentation")
        if done is not None and open_nodes:
            open_nodes[-1][1].append(done)
        elif done is not None:
            root = done
    if root is None:
        raise Unreadable(1, "the file is empty", "copy surveys/liveability.yaml and change it")
    return root


def _line(event: object) -> int:
    return event.start_mark.line + 1 if isinstance(event, NodeEvent | DocumentStartEvent) else 1

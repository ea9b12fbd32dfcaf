"""Reading the parts of a survey file, and noting whatever is wrong instead of stopping at it.

Every method gives what could be read, or an empty value, so that one mistake does not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from app.common.localized import LocalizedText
from app.surveys.yaml_lines import Entries, Items, Node, Problem, Text

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WHOLE = re.compile(r"-?[0-9]{1,9}")


class Mapping(dict[str, Node]):
    """The values of a mapping by key, with the line on which each key stands."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Report:
    """The problems found so far in one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: set[Problem] = set()
        self._names: dict[tuple[str, str], int] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the file."""
        return tuple(sorted(self._problems))

    def wrong(self, line: int, what: str, remedy: str) -> None:
        """Note a problem."""
        self._problems.add(Problem(self._file, line, what, remedy))

    def once(self, kind: str, name: str, line: int, remedy: str = "give it an id of its own") -> None:
        """Note an id that another thing of this kind has already."""
        if name and (kind, name) in self._names:
            first = self._names[kind, name]
            self.wrong(line, f"the {kind} `{name}` is there already, on line {first}", remedy)
        self._names.setdefault((kind, name), line)

    def mapping(self, node: Node, thing: str, needed: Iterable[str], possible: Iterable[str] = ()) -> Mapping:
        """The entries of a mapping. Notes what is missing, unknown or there twice."""
        needed, known = tuple(needed), (*needed, *possible)
        found = Mapping(node.line)
        if not isinstance(node, Entries):
            self.wrong(node.line, f"{thing} is not a mapping", f"write it as lines of `key: value` ({known[0]}: …)")
            return found
        for key, value in node.entries:
            name = key.text if isinstance(key, Text) else ""
            if name not in known:
                near = get_close_matches(name, known, 1)
                remedy = f"did you mean `{near[0]}`?" if near else f"{thing} has only: {', '.join(known)}"
                self.wrong(key.line, f"unknown key `{_short(name)}` in {thing}", remedy)
            elif name in found:
                self.wrong(key.line, f"`{name}` is here twice, first on line {found.lines[name]}", "keep one of them")
            else:
                found[name], found.lines[name] = value, key.line
        for name in needed:
            if name not in found:
                self.wrong(node.line, f"{thing} has no `{name}`", f"add `{name}:`")
        return found

    def items(self, node: Node | None, thing: str, least: int, most: int) -> list[Node]:
        """The items of a list, when there are not too few and not too many."""
        if node is None:
            return []
        if not isinstance(node, Items):
            self.wrong(node.line, f"{thing} is not a list", "begin each item with a dash: `- `")
            return []
        if not least <= len(node.items) <= most:
            amount = f"{least} or more" if most > 1000 else f"{least} to {most}"
            self.wrong(node.line, f"{thing} has {len(node.items)} items", f"give it {amount}")
        return node.items

    def text(self, node: Node | None, thing: str) -> str:
        """One plain value, not empty."""
        if node is None:
            return ""
        if not isinstance(node, Text):
            self.wrong(node.line, f"{thing} is not a single value", "write it on one line after the colon")
            return ""
        if not node.text:
            self.wrong(node.line, f"{thing} is empty", "fill it in or leave the line out")
        return node.text

    def id(self, node: Node | None, thing: str) -> str:
        """A name that code and addresses can use."""
        value = self.text(node, thing)
        if node is not None and value and not _ID.fullmatch(value):
            remedy = "begin with a small letter; use small letters, digits and _, at most 40"
            self.wrong(node.line, f"{thing} `{_short(value)}` is not usable as a name", remedy)
        return value

    def whole(self, node: Node | None, thing: str, least: int, most: int) -> int:
        """A whole number between two bounds."""
        value = self.text(node, thing)
        if node is None or not value:
            return least
        if not _WHOLE.fullmatch(value) or not least <= int(value) <= most:
            self.wrong(node.line, f"{thing} is `{_short(value)}`", f"give a whole number from {least} to {most}")
            return least
        return int(value)

    def localized(self, node: Node | None, thing: str, languages: tuple[str, ...]) -> LocalizedText:
        """A text in each of the survey's languages. An empty translation is a missing one."""
        if node is None:
            return LocalizedText({})
        if not isinstance(node, Entries):
            remedy = "write it once for each language: " + ", ".join(f"`{code}: …`" for code in languages)
            self.wrong(node.line, f"{thing} is not a text for each language", remedy)
            return LocalizedText({})
        texts = {
            code: self.text(value, f"{thing} in `{code}`") if isinstance(value, Items | Entries) else value.text
            for code, value in self.mapping(node, thing, (), languages or ("nl",)).items()
        }
        found = LocalizedText(texts)
        for code in found.missing(languages):
            self.wrong(node.line, f"{thing} has no text in `{code}`", f"add `{code}: …` here, with words in it")
        return found


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"

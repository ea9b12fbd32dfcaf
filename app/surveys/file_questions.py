"""Reading one question of a survey file."""

from __future__ import annotations

from app.places.population import DIMENSIONS, POSTCODE, is_group
from app.surveys.definition import Kind, Option, Question
from app.surveys.file_conditions import Known, read_condition
from app.surveys.file_report import Mapping, Report
from app.surveys.yaml_lines import Entries, Node, Text

_NUMBER_BOUND = 999_999_999
_MOST_OPTIONS = 40
# What a question of each type has besides its id, type and text.
_PARTS: dict[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("options",),
    Kind.MULTIPLE: ("options",),
    Kind.SCALE: ("low", "high"),
    Kind.NUMBER: ("min", "max"),
    Kind.OPEN: (),
}
_ALL_PARTS = ("options", "low", "high", "min", "max")


def read_question(node: Node, known: Known, languages: tuple[str, ...], report: Report) -> Question | None:
    """The question written here; None when its type is not known. What is wrong is noted."""
    possible = (*_ALL_PARTS, "help", "ask_if", "population")
    entries = report.mapping(node, "a question", ("id", "type", "text"), possible)
    name = report.id(entries.get("id"), "the id of a question")
    report.once("question", name, entries.lines.get("id", node.line))
    thing = f"question `{name}`"
    kind = _read_kind(entries, report)
    ask_if = read_condition(entries["ask_if"], known, report) if "ask_if" in entries else None
    if kind is None:
        return None
    for part in _ALL_PARTS:
        if part in _PARTS[kind] and part not in entries:
            report.wrong(node.line, f"{thing} has type {kind} but no `{part}`", f"add `{part}:`")
        elif part not in _PARTS[kind] and part in entries:
            report.wrong(
                entries.lines[part], f"`{part}` does not belong to type {kind}", "take it out, or change the type"
            )
    minimum = report.whole(entries.get("min"), f"`min` of {thing}", -_NUMBER_BOUND, _NUMBER_BOUND)
    maximum = report.whole(entries.get("max"), f"`max` of {thing}", -_NUMBER_BOUND, _NUMBER_BOUND)
    if kind is Kind.NUMBER and "min" in entries and "max" in entries and minimum >= maximum:
        report.wrong(entries.lines["max"], f"`max` of {thing} is not more than `min`", "make it larger")
    options = _read_options(entries, kind, thing, languages, report)
    return Question(
        id=name,
        kind=kind,
        text=report.localized(entries.get("text"), f"the text of {thing}", languages),
        help=report.localized(entries.get("help"), f"the help of {thing}", languages),
        options=options,
        low=report.localized(entries.get("low"), f"`low` of {thing}", languages),
        high=report.localized(entries.get("high"), f"`high` of {thing}", languages),
        minimum=minimum if kind is Kind.NUMBER else 0,
        maximum=maximum if kind is Kind.NUMBER else 0,
        ask_if=ask_if,
        population=_read_population(entries, kind, options, thing, report),
    )


def _read_population(entries: Mapping, kind: Kind, options: tuple[Option, ...], thing: str, report: Report) -> str:
    """The dimension of the population that the answers are compared with, whose groups are the options."""
    dimension = report.text(entries.get("population"), "`population`")
    if not dimension:
        return ""
    line = entries.lines["population"]
    report.once("`population` of another question", dimension, line, "compare one question with it")
    if dimension not in DIMENSIONS:
        report.wrong(line, f"`population` is `{dimension[:40]}`", f"use one of: {', '.join(DIMENSIONS)}")
    elif kind is not (Kind.NUMBER if dimension == POSTCODE else Kind.SINGLE):
        kinds = "number" if dimension == POSTCODE else "single"
        report.wrong(line, f"`population` of {thing} does not fit type {kind}", f"make it a question of type {kinds}")
    else:
        for option in options:
            if not is_group(dimension, option.id):
                what = f"option `{option.id[:40]}` of {thing} is no group of {dimension}"
                report.wrong(line, what, "see docs/surveys.md for its groups")
    return dimension


def _read_kind(entries: Mapping, report: Report) -> Kind | None:
    value = report.text(entries.get("type"), "the type of a question")
    if value in list(Kind):
        return Kind(value)
    if value:
        line, kinds = entries.lines["type"], ", ".join(Kind)
        report.wrong(line, f"unknown question type `{value[:40]}`", f"use one of: {kinds}")
    return None


def _read_options(
    entries: Mapping, kind: Kind, thing: str, languages: tuple[str, ...], report: Report
) -> tuple[Option, ...]:
    found = []
    possible = ("alone",) if kind is Kind.MULTIPLE else ()
    for node in report.items(entries.get("options"), f"the options of {thing}", 2, _MOST_OPTIONS):
        parts = report.mapping(node, f"an option of {thing}", ("id", "text"), possible)
        name = report.id(parts.get("id"), f"the id of an option of {thing}")
        report.once(f"option of {thing}", name, parts.lines.get("id", node.line))
        alone = report.text(parts.get("alone"), "`alone`")
        if alone not in ("", "true", "false"):
            report.wrong(parts.lines["alone"], f"`alone` is `{alone[:40]}`", "write `true`, or leave the line out")
        text = report.localized(parts.get("text"), f"the text of option `{name}`", languages)
        found.append(Option(name, text, alone == "true"))
    return tuple(found)


def question_ids(pages: list[Node]) -> frozenset[str]:
    """Every question id on these pages, to tell a question that comes later from one that does not exist."""
    questions = (node for page in pages for node in _items(_value(page, "questions")))
    ids = (_value(question, "id") for question in questions)
    return frozenset(node.text for node in ids if isinstance(node, Text))


def _value(node: Node, key: str) -> Node | None:
    entries = node.entries if isinstance(node, Entries) else []
    return next((value for name, value in entries if isinstance(name, Text) and name.text == key), None)


def _items(node: Node | None) -> list[Node]:
    return [] if node is None or isinstance(node, Text | Entries) else node.items

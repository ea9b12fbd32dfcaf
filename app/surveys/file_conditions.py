"""Reading the conditions of a survey file: `ask_if: {question: tenure, is: rent}` and what is built from these."""

from __future__ import annotations

from dataclasses import dataclass

from app.surveys.definition import SCALE_STEPS, And, AnyOf, AtLeast, Condition, Is, Kind, Not, Or, Question
from app.surveys.file_report import Mapping, Report
from app.surveys.yaml_lines import Entries, Node, Text

_EXAMPLE = "for example `ask_if: {question: tenure, is: rent}`"


@dataclass(frozen=True)
class Known:
    """What a condition may look at: the questions of earlier pages that could be read (`before`).

    `earlier`: the ids of all questions on earlier pages; `ids`: those of the whole file.
    """

    before: dict[str, Question]
    earlier: frozenset[str]
    ids: frozenset[str]


def read_condition(node: Node, known: Known, report: Report) -> Condition | None:
    """The condition written here, or None when something is wrong with it (which is then noted)."""
    keys = {key.text for key, _value in node.entries if isinstance(key, Text)} if isinstance(node, Entries) else set()
    if "question" in keys:
        return _read_test(node, known, report)
    for word in ("all", "any", "not"):
        if word in keys:
            value = report.mapping(node, f"the condition `{word}`", (word,)).get(word)
            return _read_combination(word, value, known, report) if value is not None else None
    report.wrong(node.line, "this is not a condition", f"use `question`, `all`, `any` or `not`, {_EXAMPLE}")
    return None


def _read_combination(word: str, node: Node, known: Known, report: Report) -> Condition | None:
    if word == "not":
        inner = read_condition(node, known, report)
        return Not(inner) if inner is not None else None
    parts = [read_condition(item, known, report) for item in report.items(node, f"the condition `{word}`", 1, 20)]
    whole = tuple(part for part in parts if part is not None)
    if not whole or len(whole) < len(parts):
        return None
    return And(whole) if word == "all" else Or(whole)


def _read_test(node: Node, known: Known, report: Report) -> Condition | None:
    entries = report.mapping(node, "the condition", ("question",), ("is", "any_of", "at_least"))
    tests = [word for word in ("is", "any_of", "at_least") if word in entries]
    if len(tests) != 1:
        report.wrong(node.line, "the condition needs one test", f"use one of `is`, `any_of`, `at_least`, {_EXAMPLE}")
        return None
    name = report.text(entries.get("question"), "the question of the condition")
    question = _question(name, entries, known, report)
    if question is None:
        return None
    word, value = tests[0], entries[tests[0]]
    if word == "any_of":
        values = [
            _value(item, question, report)
            for item in report.items(value, "`any_of`", 1, max(2, len(question.options)))
        ]
        return AnyOf(name, tuple(v for v in values if v is not None)) if None not in values and values else None
    if word == "at_least":
        if question.kind not in (Kind.SCALE, Kind.NUMBER):
            report.wrong(
                value.line,
                f"`at_least` cannot be asked of `{name}`, which has type {question.kind}",
                "use `is` or `any_of` with the ids of its options",
            )
            return None
        least = _value(value, question, report)
        return AtLeast(name, least) if isinstance(least, int) else None
    wanted = _value(value, question, report)
    return Is(name, wanted) if wanted is not None else None


def _question(name: str, entries: Mapping, known: Known, report: Report) -> Question | None:
    """The question that the condition looks at, when it may."""
    line = entries.lines.get("question", entries.line)
    question = known.before.get(name)
    if question is None and name in known.earlier:
        return None  # that question itself is wrong, and noted as such
    if question is None and name in known.ids:
        remedy = "move this question to a later page, or let it depend on a question of an earlier page"
        report.wrong(line, f"the condition looks at `{name}`, which is not on an earlier page", remedy)
    elif question is None and name:
        report.wrong(line, f"the condition looks at `{name}`, but there is no such question", "correct the id")
    elif question is not None and question.kind is Kind.OPEN:
        remedy = "let it depend on a question with options, a scale or a number"
        report.wrong(line, f"the condition looks at `{name}`, an open question", remedy)
        return None
    return question


def _value(node: Node, question: Question, report: Report) -> str | int | None:
    """A value that this question can have."""
    if question.kind in (Kind.SCALE, Kind.NUMBER):
        scale = question.kind is Kind.SCALE
        least, most = (SCALE_STEPS[0], SCALE_STEPS[-1]) if scale else (question.minimum, question.maximum)
        return report.whole(node, f"the value for `{question.id}`", least, most)
    text = report.text(node, f"the value for `{question.id}`")
    if not text:
        return None
    if text not in question.option_ids:
        remedy = "use one of: " + ", ".join(question.option_ids)
        report.wrong(node.line, f"`{question.id}` has no option `{text[:40]}`", remedy)
        return None
    return text

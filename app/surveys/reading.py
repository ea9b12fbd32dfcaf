"""Reading a survey file: a definition, or every problem in it with its line and what to do. It never raises.

The format is described in docs/surveys.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.surveys.definition import Page, Question, Survey
from app.surveys.file_conditions import Known
from app.surveys.file_questions import question_ids, read_question
from app.surveys.file_report import Report
from app.surveys.yaml_lines import MAX_BYTES, Node, Problem, Unreadable, parse

MAX_QUESTIONS_A_PAGE = 3
_NEEDED = ("survey", "languages", "title", "why", "happens", "minutes", "hear_within_days", "pages")


@dataclass(frozen=True)
class Reading:
    """What came of a file: a survey when there are no problems, else None and the problems in order."""

    survey: Survey | None
    problems: tuple[Problem, ...]


def read_file(path: Path) -> tuple[bytes, Reading]:
    """A survey file from disk: its bytes (never more than needed to see that it is too large) and what they say."""
    try:
        with path.open("rb") as file:
            source = file.read(MAX_BYTES + 1)
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or type(error).__name__}"
        problem = Problem(str(path), 1, what, "check its name, and whether you may read it")
        return b"", Reading(None, (problem,))
    return source, read(source, str(path))


def read(source: bytes, file: str) -> Reading:
    """Read a survey from these bytes; `file` is its name for in the problems."""
    try:
        root = parse(source)
    except Unreadable as error:
        return Reading(None, (Problem(file, error.line, error.what, error.remedy),))
    report = Report(file)
    survey = _read_survey(root, report)
    return Reading(None if report.problems else survey, report.problems)


def _read_survey(root: Node, report: Report) -> Survey:
    entries = report.mapping(root, "the survey", _NEEDED)
    languages = _read_languages(entries.get("languages"), report)
    nodes = report.items(entries.get("pages"), "`pages`", 1, 200)
    ids = question_ids(nodes)
    before: dict[str, Question] = {}
    earlier: frozenset[str] = frozenset()
    pages = []
    for node in nodes:
        page = _read_page(node, Known(before, earlier, ids), languages, report)
        pages.append(page)
        before = before | {question.id: question for question in page.questions}
        earlier = earlier | question_ids([node])
    return Survey(
        id=report.id(entries.get("survey"), "`survey`"),
        languages=languages,
        title=report.localized(entries.get("title"), "the title", languages),
        why=report.localized(entries.get("why"), "`why`", languages),
        happens=report.localized(entries.get("happens"), "`happens`", languages),
        minutes=report.whole(entries.get("minutes"), "`minutes`", 1, 120),
        hear_within_days=report.whole(entries.get("hear_within_days"), "`hear_within_days`", 1, 365),
        pages=tuple(pages),
    )


def _read_languages(node: Node | None, report: Report) -> tuple[str, ...]:
    found: list[str] = []
    for item in report.items(node, "`languages`", 1, 50):
        code = report.text(item, "a language")
        if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha() and code.islower()):
            report.wrong(item.line, f"`{code[:40]}` is not a language", "use codes such as nl, en, ar, tr")
        elif code in found:
            report.wrong(item.line, f"`{code}` is in the list twice", "keep one of them")
        else:
            found.append(code)
    return tuple(found)


def _read_page(node: Node, known: Known, languages: tuple[str, ...], report: Report) -> Page:
    entries = report.mapping(node, "a page", ("id", "title", "questions"))
    name = report.id(entries.get("id"), "the id of a page")
    report.once("page", name, entries.lines.get("id", node.line))
    title = report.localized(entries.get("title"), f"the title of page `{name}`", languages)
    thing = f"the questions of page `{name}`"
    nodes = report.items(entries.get("questions"), thing, 1, MAX_QUESTIONS_A_PAGE)
    questions = (read_question(question, known, languages, report) for question in nodes)
    return Page(name, title, tuple(question for question in questions if question is not None))

"""What is asked, given the answers so far. It is worked out each time and never stored.

A condition is true, false or unknown (Kleene's strong logic, "On notation for ordinal numbers", 1938). It is unknown
when it looks at a question that was not asked, not answered yet, declined or left empty: no answer decides nothing,
not even through "not". A question is asked when its condition is true.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.surveys.definition import (
    And,
    AnyOf,
    AtLeast,
    Condition,
    Is,
    NoAnswer,
    Not,
    Or,
    Page,
    Question,
    Survey,
    Value,
)

Answers = Mapping[str, Value]
"""Answers by question id. Answers to questions that are not asked may be among them: they do nothing."""


def holds(condition: Condition, answers: Answers) -> bool | None:
    """Whether a condition is true (True), false (False) or unknown (None) with these answers."""
    match condition:
        case Not(inner):
            result = holds(inner, answers)
            return None if result is None else not result
        case And(parts):
            results = [holds(part, answers) for part in parts]
            return False if False in results else None if None in results else True
        case Or(parts):
            results = [holds(part, answers) for part in parts]
            return True if True in results else None if None in results else False
        case Is(question, value):
            return _has(answers.get(question), (value,))
        case AnyOf(question, values):
            return _has(answers.get(question), values)
        case AtLeast(question, value):
            given = answers.get(question)
            return given >= value if isinstance(given, int) else None


def _has(given: Value | None, wanted: tuple[str | int, ...]) -> bool | None:
    if given is None or isinstance(given, NoAnswer):
        return None
    if isinstance(given, tuple):
        return any(option in wanted for option in given)
    return given in wanted


def asked(survey: Survey, answers: Answers) -> tuple[Question, ...]:
    """The questions that someone with these answers is asked, in order."""
    counting: dict[str, Value] = {}
    found = []
    for question in survey.questions:
        if question.ask_if is None or holds(question.ask_if, counting) is True:
            found.append(question)
            if question.id in answers:
                counting[question.id] = answers[question.id]
    return tuple(found)


def counting_answers(survey: Survey, answers: Answers) -> dict[str, Value]:
    """The answers that count: those to questions that are asked, in order."""
    return {question.id: answers[question.id] for question in asked(survey, answers) if question.id in answers}


def asked_pages(survey: Survey, answers: Answers) -> tuple[Page, ...]:
    """The pages that someone with these answers gets, each with only what is asked on it."""
    wanted = {question.id for question in asked(survey, answers)}
    pages = (
        Page(page.id, page.title, tuple(question for question in page.questions if question.id in wanted))
        for page in survey.pages
    )
    return tuple(page for page in pages if page.questions)


def is_complete(page: Page, answers: Answers) -> bool:
    """Whether each question of this page (as `asked_pages` gives it) has been gone through."""
    return all(question.id in answers for question in page.questions)


def first_to_do(survey: Survey, answers: Answers) -> Page | None:
    """The first page with a question that is asked and was not gone through yet; None when all is done."""
    return next((page for page in asked_pages(survey, answers) if not is_complete(page, answers)), None)


def page_after(survey: Survey, answers: Answers, page_id: str) -> Page | None:
    """The page that follows this one for someone with these answers; None after the last."""
    order = [page.id for page in survey.pages]
    here = order.index(page_id)
    return next((page for page in asked_pages(survey, answers) if order.index(page.id) > here), None)


def page_before(survey: Survey, answers: Answers, page_id: str) -> Page | None:
    """The page that precedes this one for someone with these answers; None before the first."""
    order = [page.id for page in survey.pages]
    here = order.index(page_id)
    earlier = [page for page in asked_pages(survey, answers) if order.index(page.id) < here]
    return earlier[-1] if earlier else None

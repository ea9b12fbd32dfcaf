"""The form of one page of a survey, made from its definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import BooleanField, Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.common.forms import PlainForm
from app.surveys.answers import DECLINE, Wrong, check
from app.surveys.definition import SCALE_STEPS, Kind, NoAnswer, Page, Question, Value
from app.surveys.words import mistake_text, rather_not_say, shown


class ResumeForm(PlainForm):
    """The receipt code that opens answers on another phone."""

    code = StringField(_l("Your code"), [InputRequired(_l("Type your code."))])


class PageForm(PlainForm):
    """The questions of one page. After `validate`, `given` has each answer that is right."""

    page: Page

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given: dict[str, Value] = {}

    def field(self, question: Question) -> Field:
        """The field of a question."""
        return self[f"q_{question.id}"]

    def decline_field(self, question: Question) -> Field | None:
        """The tick of its own with which a number is declined; other questions have it among their choices."""
        return self[f"none_{question.id}"] if question.kind is Kind.NUMBER else None

    def typed(self, question: Question) -> list[str]:
        """Everything that was sent for a question."""
        values = list(self.field(question).raw_data or [])
        tick = self.decline_field(question)
        return [*values, DECLINE] if tick is not None and tick.data else values

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each question by the rules of its type."""
        is_right = super().validate(extra_validators)
        for question in self.page.questions:
            answer = check(question, self.typed(question))
            if isinstance(answer, Wrong):
                self.field(question).errors = [mistake_text(question, answer)]
                is_right = False
            else:
                self.given[question.id] = answer
        return is_right


def page_form(page: Page, answers: Mapping[str, Value]) -> PageForm:
    """The form of a page, filled in with what was sent, else with the earlier answers."""
    fields: dict[str, Any] = {"page": page}
    data: dict[str, Any] = {}
    for question in page.questions:
        fields[f"q_{question.id}"] = _field(question)
        answer = answers.get(question.id)
        if question.kind is Kind.NUMBER:
            fields[f"none_{question.id}"] = BooleanField(_decline_label(question))
            data[f"none_{question.id}"] = answer is NoAnswer.DECLINED
        data[f"q_{question.id}"] = _data(question, answer)
    form_class: type[PageForm] = type("PageForm", (PageForm,), fields)
    return form_class(data=data)


def _field(question: Question) -> Any:
    label = question.text
    if question.kind is Kind.OPEN:
        return TextAreaField(shown(label))
    if question.kind is Kind.NUMBER:
        return StringField(shown(label))
    steps = [SelectChoice(str(step)) for step in SCALE_STEPS] if question.kind is Kind.SCALE else []
    options = [SelectChoice(option.id, shown(option.text)) for option in question.options]
    choices = [*steps, *options, SelectChoice(DECLINE, rather_not_say())]
    field = SelectMultipleField if question.kind is Kind.MULTIPLE else RadioField
    return field(shown(label), choices=choices, validate_choice=False)


def _decline_label(question: Question) -> Markup:
    """The tick stands apart from its question, so for screen readers it names it."""
    return Markup('{}<span class="wijk-hidden">: {}</span>').format(rather_not_say(), shown(question.text))


def _data(question: Question, answer: Value | None) -> Any:
    """An earlier answer as a form holds it."""
    if answer is None or answer is NoAnswer.LEFT_EMPTY:
        return [] if question.kind is Kind.MULTIPLE else None
    if answer is NoAnswer.DECLINED:
        return {Kind.MULTIPLE: [DECLINE], Kind.NUMBER: None}.get(question.kind, DECLINE)
    return list(answer) if isinstance(answer, tuple) else str(answer)

"""Forms for a concern that staff adds, and for its examples."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import Form, RadioField, TextAreaField
from wtforms.validators import InputRequired

from app.common.forms import SubmissionForm
from app.insight.example_texts import FEWEST, LONGEST, MOST, Fault, Sentence, fault, sentences
from app.insight.forms import LONGEST_TITLE, NONE, DecisionForm, in_each_language
from app.insight.models import ConcernExample


def _one_on_each_line() -> TextAreaField:
    return TextAreaField(_l("Example sentences"))


class _WithExamples(Form):
    """A form with example sentences, one on each line."""

    examples: TextAreaField
    most = MOST

    @cached_property
    def sentences(self) -> list[Sentence]:
        """What was typed, without personal data."""
        return sentences(self.examples.data or "", g.lang)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        found = fault(self.sentences, self.most)
        if found is None:
            return valid
        self.examples.errors = [self._told(*found)]
        return False

    def _told(self, why: Fault, number: int) -> Any:
        typed = len(self.sentences)
        told = {
            Fault.FEW: lambda: ngettext(
                "Write at least %(fewest)s sentences, each on its own line. There is %(num)d now.",
                "Write at least %(fewest)s sentences, each on its own line. There are %(num)d now.",
                typed,
                fewest=FEWEST,
            ),
            Fault.MANY: lambda: _(
                "Write at most %(most)s sentences. There are %(number)s now.", most=self.most, number=typed
            ),
            Fault.LONG: lambda: _(
                "Sentence %(number)s is too long. Make it shorter: at most %(max)s characters.",
                number=number,
                max=LONGEST,
            ),
            Fault.NO_WORDS: lambda: _("Sentence %(number)s has no words.", number=number),
            Fault.TWICE: lambda: _("Sentence %(number)s is the same as an earlier one.", number=number),
        }
        return told[why]()


class AddConcernForm(_WithExamples, SubmissionForm):
    """A concern that the computer did not find yet: its title, its theme and examples."""

    title = in_each_language(_l("Title"), LONGEST_TITLE)
    theme = RadioField(_l("Which theme is this about?"), [InputRequired(_l("Choose a theme."))])
    examples = _one_on_each_line()

    def offer(self, titles: dict[str, str]) -> None:
        """The themes with their titles, and none of them."""
        self.theme.choices = [*titles.items(), (NONE, _("None of these"))]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.title.form.text:
            return valid
        self.title.form.ask(_("Write a title in at least one language."))
        return False


class ExamplesForm(_WithExamples, DecisionForm):
    """The examples of a concern that is there."""

    examples = _one_on_each_line()

    def offer(self, there: Sequence[ConcernExample]) -> None:
        """The examples as they are, to be changed. After two concerns were put together there can be many."""
        self.most = max(MOST, len(there))
        if not self.is_submitted():
            self.examples.data = "\n".join(row.text for row in there)

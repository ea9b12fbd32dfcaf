"""Forms of voting."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.common.forms import PlainForm, SubmissionForm
from app.common.languages import languages, own_name
from app.common.localized import LocalizedText
from app.voting.service import MOST_AT_ONCE


class CodeForm(PlainForm):
    """The code from the letter."""

    code = StringField(_l("Your code"), [InputRequired(_l("Type the code that is on your letter."))])


class BallotForm(SubmissionForm):
    """The choices on a ballot; how many there may be is the rule's business. `ticket`: whose ballot it is."""

    ticket = HiddenField()
    choices = SelectMultipleField(
        _l("Your choice"), widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=False
    )


class CancelForm(PlainForm):
    """Why a poll is cancelled: everyone reads it."""

    reason = TextAreaField(
        _l("Why do you cancel this poll?"),
        [InputRequired(_l("Write why. Everyone can read this.")), Length(max=1000)],
    )


class CodesForm(SubmissionForm):
    """How many codes to print."""

    amount = IntegerField(
        _l("How many codes?"),
        [
            InputRequired(_l("Type a number from 1 to 500.")),
            NumberRange(1, MOST_AT_ONCE, _l("Type a number from 1 to 500.")),
        ],
    )
    area = StringField(_l("For which street or area?"), [Optional(), Length(max=80)])


class ReplaceForm(SubmissionForm):
    """Which code was lost."""

    number = IntegerField(_l("Number on the letter"), [InputRequired(_l("Type the number that is on the letter."))])


class VoidForm(PlainForm):
    """Which sheet was lost: from which number to which."""

    first = IntegerField(
        _l("First number on the sheet"), [InputRequired(_l("Type the number that is on the letter."))]
    )
    last = IntegerField(_l("Last number on the sheet"), [InputRequired(_l("Type the number that is on the letter."))])

    def validate_last(self, field: Any) -> None:
        if self.first.data is not None and field.data is not None and field.data < self.first.data:
            raise ValidationError(_("The last number can not be lower than the first."))


class PollForm(SubmissionForm):
    """A new poll. Title and question in each language; one option a line."""

    last_day = DateField(_l("Last day to vote"), [InputRequired(_l("Choose the last day on which people can vote."))])
    seats = IntegerField(
        _l("How many options are chosen at most?"),
        [InputRequired(_l("Type a whole number.")), NumberRange(1, 50, _l("Type a number from 1 to 50."))],
        default=1,
    )
    min_choices = IntegerField(
        _l("How many must each person choose at least?"),
        [InputRequired(_l("Type a whole number.")), NumberRange(1, 50, _l("Type a number from 1 to 50."))],
        default=1,
    )
    max_choices = IntegerField(
        _l("How many may each person choose at most?"),
        [InputRequired(_l("Type a whole number.")), NumberRange(1, 50, _l("Type a number from 1 to 50."))],
        default=1,
    )
    threshold_percent = IntegerField(
        _l("How many percent of the voters does an option need?"),
        [InputRequired(_l("Type a whole number.")), NumberRange(0, 100, _l("Type a number from 0 to 100."))],
        default=0,
    )

    def texts(self, part: str) -> LocalizedText:
        """The title or question in every language."""
        return LocalizedText({code: self[f"{part}_{code}"].data for code in languages()})

    def option_titles(self) -> list[LocalizedText]:
        """The options: line n of each language belongs together. An empty line is a missing translation."""
        lines = {code: (self[f"options_{code}"].data or "").splitlines() for code in languages()}
        rows = [dict(zip(lines, row, strict=True)) for row in zip_longest(*lines.values(), fillvalue="")]
        return [title for row in rows if (title := LocalizedText(row))]


def poll_form(**kwargs: Any) -> PollForm:
    """The form with a field for each language there is."""

    class Localized(PollForm):
        pass

    for code in languages():
        name = own_name(code)
        required = [InputRequired(_l("Fill in the Dutch text."))] if code == "nl" else [Optional()]
        title = StringField(_l("Title (%(language)s)", language=name), [*required, Length(max=120)])
        question = StringField(_l("Question (%(language)s)", language=name), [*required, Length(max=300)])
        options = TextAreaField(
            _l("Options, one on each line (%(language)s)", language=name), [*required, Length(max=8000)]
        )
        for part, field in (("title", title), ("question", question), ("options", options)):
            setattr(Localized, f"{part}_{code}", field)
    return Localized(**kwargs)

"""Forms of staff for ambitions, promises and progress."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from app.ambitions.horizon import Horizon
from app.ambitions.traffic_light import Direction, Outcome
from app.common.forms import SubmissionForm
from app.common.languages import languages, own_name
from app.common.localized import LocalizedText
from app.places.framework import themes

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 2000


class LocalizedFields(Form):
    """One field for each language; at least one must be filled in."""

    missing: Any = _l("Write this in at least one language.")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.text:
            return valid
        first = self[g.lang] if g.lang in self else next(iter(self))
        first.errors = [*first.errors, str(self.missing)]
        return False

    @property
    def text(self) -> LocalizedText:
        """What was typed."""
        return LocalizedText(self.data)

    def in_order(self) -> list[Any]:
        """The fields, the reader's own language first."""
        return sorted(self, key=lambda field: field.short_name != g.lang)

    def others_in_use(self) -> bool:
        """Whether a language that is not the reader's own has a text or a mistake."""
        return any(field.data or field.errors for field in self.in_order()[1:])


def localized_field(label: Any, *, longest: int, lines: int = 1, missing: Any = None) -> FormField:
    """A field for a text in every language of the site. `lines` above 1 makes it a text area."""
    kind = StringField if lines == 1 else TextAreaField
    too_long = _l("Make this shorter: at most %(max)d characters.", max=longest)
    fields: dict[str, Any] = {
        code: kind(own_name(code), [Length(max=longest, message=too_long)]) for code in languages()
    }
    if missing is not None:
        fields["missing"] = missing
    return FormField(type("LocalizedFieldsOf", (LocalizedFields,), fields), label)


class DecimalText(StringField):
    """A figure as people write it here ("12,5" or "12.5"); `data` stays what was typed, `figure` is the number."""

    figure: Decimal | None = None

    def pre_validate(self, form: Any) -> None:
        typed = (self.data or "").strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if not typed:
            return
        mistake = ValidationError(_("Write a number, for example 40 or 12,5, without points for thousands."))
        whole, mark, part = typed.partition("," if "," in typed else ".")
        # "1.000" may be one or a thousand: better asked than guessed.
        if mark == "." and len(part) == 3:
            raise mistake
        try:
            figure = Decimal(f"{whole}.{part}" if mark else whole)
        except InvalidOperation as error:
            raise mistake from error
        if not figure.is_finite() or abs(figure) >= Decimal(10) ** 12 or "e" in typed.lower():
            raise mistake
        self.figure = figure


def _horizon_choices() -> list[SelectChoice]:
    return [
        SelectChoice(Horizon.SHORT.value, _l("Short: within 1 year")),
        SelectChoice(Horizon.MEDIUM.value, _l("Medium: within 4 years")),
        SelectChoice(Horizon.LONG.value, _l("Long: within 15 years")),
    ]


class AmbitionForm(SubmissionForm):
    """The words of an ambition."""

    title = localized_field(
        _l("What do we want?"), longest=LONGEST_TITLE, missing=_l("Write what you want, in at least one language.")
    )
    why = localized_field(
        _l("Why do we want it?"),
        longest=LONGEST_TEXT,
        lines=4,
        missing=_l("Write why you want it, in at least one language."),
    )
    theme = SelectField(_l("Theme"), [InputRequired(_l("Choose a theme."))])
    horizon = RadioField(
        _l("When must it be there?"), [InputRequired(_l("Choose when it must be there."))], choices=_horizon_choices()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(theme.id, theme.title.shown(g.lang).text) for theme in themes().values()]
        self.theme.choices = [("", _("Choose a theme")), *titles]


class AmbitionEditForm(AmbitionForm):
    """New words for an ambition; `seen` is the version that the editor had before them."""

    seen = HiddenField()
    reason = localized_field(
        _l("Why do you change it?"),
        longest=LONGEST_TEXT,
        lines=2,
        missing=_l("Write why you change it. Residents can read the reason."),
    )


class ReasonForm(SubmissionForm):
    """Why an ambition is dropped."""

    reason = localized_field(
        _l("Why do you stop with this ambition?"),
        longest=LONGEST_TEXT,
        lines=3,
        missing=_l("Write why you stop with it. Residents can read the reason."),
    )


class LinkForm(SubmissionForm):
    """Which ambition a concern leads to: one that exists, or a new one."""

    NEW: Final = "new"

    ambition = RadioField(_l("Which ambition?"), [InputRequired(_l("Choose an ambition."))])


class AgreementForm(SubmissionForm):
    """What a party promises."""

    party = SelectField(_l("Which party promises it?"), [InputRequired(_l("Choose a party."))])
    what = localized_field(
        _l("What will they do?"), longest=500, lines=2, missing=_l("Write what the party will do.")
    )
    due = DateField(
        _l("What is the last day on which it must be done?"),
        [InputRequired(_l("Choose a day, for example 31 December 2027."))],
    )
    measured_how = localized_field(
        _l("How do we see that it is done?"), longest=500, lines=2, missing=_l("Write how we see that it is done.")
    )
    target = DecimalText(_l("Which number must be reached?"), [Length(max=40)])
    direction = RadioField(
        _l("Must the number be higher or lower?"),
        choices=[
            SelectChoice(Direction.AT_LEAST.value, _l("This number or more")),
            SelectChoice(Direction.AT_MOST.value, _l("This number or less")),
        ],
        default=Direction.AT_LEAST.value,
    )


class ReportForm(SubmissionForm):
    """How it goes with a promise. Without a target one says whether it is kept; with one, the figure says it."""

    sentence = localized_field(
        _l("How does it go?"), longest=500, lines=2, missing=_l("Write in one sentence how it goes.")
    )
    figure = DecimalText(_l("What is the number now?"), [Length(max=40)])
    outcome = RadioField(_l("What about the promise itself?"), default=Outcome.UNDER_WAY.value)

    def __init__(self, *args: Any, has_target: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [(Outcome.UNDER_WAY.value, _("We are working on it"))]
        if not has_target:
            del self.figure
            self.outcome.choices.append((Outcome.KEPT.value, _("We did it")))
        self.outcome.choices.append((Outcome.NOT_KEPT.value, _("It will not happen")))


class PutToResidentsForm(SubmissionForm):
    """Which proposals residents choose from, how many, and until when."""

    ambitions = SelectMultipleField(_l("Which proposals do residents choose from?"))
    title = localized_field(
        _l("What is this vote called?"), longest=LONGEST_TITLE, missing=_l("Write what this vote is called.")
    )
    question = localized_field(
        _l("What do you ask residents?"), longest=300, missing=_l("Write what you ask residents.")
    )
    seats = IntegerField(
        _l("How many plans are chosen?"), [InputRequired(_l("Write a number, for example 3."))], default=1
    )
    choices = IntegerField(
        _l("How many plans may each resident choose?"),
        [InputRequired(_l("Write a number, for example 3."))],
        default=1,
    )
    last_day = DateField(
        _l("What is the last day on which they can vote?"), [InputRequired(_l("Choose the last day for voting."))]
    )

    def validate_ambitions(self, field: Any) -> None:
        if len(field.data or []) < 2:
            raise ValidationError(_("Choose at least two proposals."))

    def validate_seats(self, field: Any) -> None:
        offered = len(self.ambitions.data or [])
        if offered >= 2 and not 1 <= field.data < offered:
            raise ValidationError(_("Write a number from 1 to %(most)d. Not all can be chosen.", most=offered - 1))

    def validate_choices(self, field: Any) -> None:
        offered = len(self.ambitions.data or [])
        if offered >= 2 and not 1 <= field.data <= offered:
            raise ValidationError(_("Write a number from 1 to %(most)d.", most=offered))

"""Forms of the review."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import (
    BooleanField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from app.common.forms import PlainForm
from app.common.languages import direction, languages, own_name
from app.common.localized import LocalizedText
from app.insight.models import Concern, Passage

LONGEST_TITLE = 120
LONGEST_REASON = 1000
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NEW = "new"
NONE = "none"


class InEachLanguage(Form):
    """One field for each language of the site."""

    @property
    def text(self) -> LocalizedText:
        """What was typed; a language that was left empty is missing."""
        return LocalizedText(self.data)

    def ask(self, message: str) -> None:
        """Put this message at the field of the reader's own language."""
        field = self[g.lang]
        field.errors = [*field.errors, message]


def in_each_language(label: Any, longest: int, kind: type = StringField) -> FormField:
    """One text, with a field for each language of the site."""
    too_long = _l("Make this shorter: at most %(max)d characters.", max=longest)
    fields = {code: kind(own_name(code), [Length(max=longest, message=too_long)]) for code in languages()}
    return FormField(type("InTheseLanguages", (InEachLanguage,), fields), label)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class DecisionForm(PlainForm):
    """A decision about the concern as it was when the page was opened."""

    version = HiddenField()
    until = HiddenField()

    @property
    def read_until(self) -> datetime | None:
        """When the newest passage came in that the person was shown; None when that is unreadable."""
        try:
            moment = datetime.fromisoformat(self.until.data or "")
        except ValueError:
            return None
        return moment if moment.tzinfo else None

    @property
    def seen(self) -> int:
        """The version that the person saw; 0, which no concern has, when it is unreadable."""
        return _number(self.version.data)


class RenameForm(DecisionForm):
    """A title, in at least one language."""

    title = in_each_language(_l("Title"), LONGEST_TITLE)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.title.form.text:
            return valid
        self.title.form.ask(_("Write a title in at least one language."))
        return False


class SplitForm(RenameForm):
    """Which passages go, and what the new concern is called."""

    passages = SelectMultipleField(_l("Which of these say something else?"), validate_choice=False)

    def offer(self, passages: list[Passage]) -> None:
        """The passages that can be ticked."""
        self.passages.choices = [(str(p.id), _spoken(p.text, p.language)) for p in passages]

    @property
    def ticked(self) -> list[UUID]:
        """The passages that were ticked, also one that is in another concern by now."""
        return [UUID(value) for value in self.passages.data or [] if _ID.fullmatch(value)]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.ticked:
            return valid
        self.passages.errors = [_("Tick at least one that says something else.")]
        return False


class PartForm(Form):
    """One suggested part: which passages, whether it becomes a concern of its own, and what that is called."""

    ids = HiddenField()
    chosen = BooleanField(_l("Make this a concern of its own"))
    title = in_each_language(_l("What do these people say? This is the title of the new concern."), LONGEST_TITLE)

    @property
    def passage_ids(self) -> list[UUID]:
        """Which passages it holds; none when the field is unreadable."""
        try:
            packed = base64.urlsafe_b64decode(self.ids.data or "")
        except (binascii.Error, ValueError):
            return []
        if len(packed) % 16:
            return []
        return [UUID(bytes=packed[at : at + 16]) for at in range(0, len(packed), 16)]


def packed(ids: Collection[UUID]) -> str:
    """Many ids in one field, as short as can be."""
    return base64.urlsafe_b64encode(b"".join(one.bytes for one in ids)).decode()


class PartsForm(DecisionForm):
    """The suggested parts beside the one that stays."""

    first = FormField(PartForm)
    second = FormField(PartForm)

    @property
    def parts(self) -> list[PartForm]:
        """The parts that the page offers."""
        return [part for part in (self.first.form, self.second.form) if part.ids.data]

    @property
    def ticked(self) -> list[PartForm]:
        """The parts that become a concern of their own."""
        return [part for part in self.parts if part.chosen.data]

    def offer(self, parts: Sequence[Collection[UUID]]) -> None:
        """The parts as they are suggested now; what was typed for them stays."""
        offered = [packed(part) for part in parts]
        for form, ids in zip((self.first.form, self.second.form), [*offered, "", ""][:2], strict=True):
            form.ids.data = ids

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for part in self.ticked:
            if not part.title.form.text:
                part.title.form.ask(_("Write a title in at least one language."))
                valid = False
        if self.parts and not self.ticked:
            part = self.parts[0]
            part.chosen.errors = [_("Tick at least one part.")]
            valid = False
        return valid


class ThemeForm(DecisionForm):
    """Which theme a concern is about."""

    theme = RadioField(_l("Which theme is this about?"), [InputRequired(_l("Choose a theme."))])

    def offer(self, titles: dict[str, str]) -> None:
        """The themes with their titles, and none of them."""
        self.theme.choices = [*titles.items(), (NONE, _("None of these"))]


class DismissForm(DecisionForm):
    """A reason, in at least one language."""

    reason = in_each_language(_l("Reason"), LONGEST_REASON, TextAreaField)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.reason.form.text:
            return valid
        self.reason.form.ask(_("Write a reason in at least one language. The people who said this will read it."))
        return False


def _still_there(_form: Form, field: RadioField) -> None:
    """The list may have changed since the page was opened."""
    if field.data not in [value for value, _text in field.choices]:
        raise ValidationError(_("What you chose is no longer in the list. Choose again."))


class MergeForm(DecisionForm):
    """Which concern this one goes into. More can be chosen than the page shows."""

    target = RadioField(
        _l("Which concern says the same?"),
        [InputRequired(_l("Choose the concern that says the same."))],
        validate_choice=False,
    )

    def offer(self, shown: list[Concern], allowed: list[Concern]) -> None:
        """The concerns that are shown, and all that can be chosen."""
        self.target.choices = [(str(c.id), _title(c)) for c in shown]
        self._allowed = {str(c.id) for c in allowed}

    def validate_target(self, field: RadioField) -> None:
        """The list may have changed since the page was opened."""
        if field.data not in self._allowed:
            raise ValidationError(_("What you chose is no longer in the list. Choose again."))


class MoveForm(PlainForm):
    """Where one passage belongs."""

    was_in = HiddenField()
    to = RadioField(
        _l("Where does this belong?"),
        [InputRequired(_l("Choose where this belongs.")), _still_there],
        validate_choice=False,
    )
    title = in_each_language(_l("Title of the new concern"), LONGEST_TITLE)

    def offer(self, concerns: list[Concern]) -> None:
        """The concerns that can be chosen, a new one, and none."""
        titles: list[tuple[str, Any]] = [(str(c.id), _title(c)) for c in concerns]
        self.to.choices = [*titles, (NEW, _("A new concern")), (NONE, _("No concern: this is a single voice"))]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.to.data != NEW or self.title.form.text:
            return valid
        self.title.form.ask(_("Write a title for the new concern in at least one language."))
        return False


def _spoken(text: str, language: str | None) -> Markup:
    if language is None:
        return Markup('<span dir="auto">{}</span>').format(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction(language), text)


def _title(concern: Concern) -> Markup:
    shown = concern.title.shown(g.lang)
    return _spoken(shown.text, shown.language)

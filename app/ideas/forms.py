"""What residents and staff type about ideas. Fields keep what was typed; `…_words` is what will be stored."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import StringField, TextAreaField, ValidationError

from app.common.forms import PlainForm, SubmissionForm
from app.contributions.typed_text import cleaned, has_word, is_blank

SHORTEST_TITLE, LONGEST_TITLE = 3, 120
LONGEST_TEXT = 4_000
# Someone may give the words of their idea as a comment to another's, so that must fit.
LONGEST_COMMENT = 5_000
LONGEST_REASON = 500


def _not_longer(words: str, most: int) -> None:
    over = len(words) - most
    if over > 0:
        raise ValidationError(
            ngettext(
                "This is %(num)d character too long. Use at most %(most)d.",
                "This is %(num)d characters too long. Use at most %(most)d.",
                over,
                most=most,
            )
        )


class IdeaForm(SubmissionForm):
    """A new idea."""

    title = StringField(_l("Your idea in a few words"))
    text = TextAreaField(_l("Tell more about it"))

    @property
    def title_words(self) -> str:
        """The title on one line."""
        return " ".join(cleaned(self.title.data or "").split())

    @property
    def text_words(self) -> str:
        """The text; "" when nothing can be seen of it."""
        words = cleaned(self.text.data or "")
        return "" if is_blank(words) else words

    def validate_title(self, _field: Any) -> None:
        """A title has a word in it, so that others can find the idea and say it again."""
        if is_blank(self.title_words):
            raise ValidationError(_("Type your idea in a few words, for example: a bench near the bus stop."))
        if not has_word(self.title_words):
            raise ValidationError(_("Use at least one word, so that others can find your idea."))
        if len(self.title_words) < SHORTEST_TITLE:
            raise ValidationError(_("This is too short. Use at least %(least)d characters.", least=SHORTEST_TITLE))
        _not_longer(self.title_words, LONGEST_TITLE)

    def validate_text(self, _field: Any) -> None:
        """More text is not required."""
        _not_longer(self.text_words, LONGEST_TEXT)

    def begin_another(self) -> None:
        """The words are a new idea, not the one that was sent from this page before."""
        self.submission_id.data = str(uuid4())


class CommentForm(SubmissionForm):
    """A comment on an idea. A single emoji is a fine comment."""

    text = TextAreaField(_l("Your comment"))

    @property
    def text_words(self) -> str:
        """The comment as it will be stored."""
        return cleaned(self.text.data or "")

    def validate_text(self, _field: Any) -> None:
        """There is something to see in it."""
        if is_blank(self.text_words):
            raise ValidationError(_("Type your comment first."))
        _not_longer(self.text_words, LONGEST_COMMENT)

    def begin_another(self) -> None:
        """The words are a new comment, not the one that was sent from this page before."""
        self.submission_id.data = str(uuid4())


class HideForm(PlainForm):
    """Why staff keeps something from others."""

    reason = TextAreaField(_l("Why do you hide it?"))

    @property
    def reason_words(self) -> str:
        """The reason as it will be stored."""
        return cleaned(self.reason.data or "")

    def validate_reason(self, _field: Any) -> None:
        """The writer will read it, so it cannot be empty."""
        if not has_word(self.reason_words):
            raise ValidationError(_("Type why you hide it. The person who wrote it will read this."))
        _not_longer(self.reason_words, LONGEST_REASON)

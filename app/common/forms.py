"""The bases of every form."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField


class PlainForm(FlaskForm):
    """A form with a CSRF token and messages in the reader's language."""


class SubmissionForm(PlainForm):
    """A form that stores something once: its `submission_id` is made when the page is opened.

    A double tap or a resend carries the same id, and a unique column in the table makes it one row.
    """

    submission_id = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            self.submission_id.data = str(UUID(self.submission_id.data or ""))
        except ValueError:
            self.submission_id.data = str(uuid4())

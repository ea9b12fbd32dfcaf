"""Forms of residents who come back to see what happened."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired

from app.common.forms import PlainForm


class ReceiptForm(PlainForm):
    """The receipt code, as it is typed."""

    code = StringField(
        _l("Your code"),
        [InputRequired(_l("Type your code. You got it when you sent something."))],
    )

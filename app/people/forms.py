"""Forms of people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.common.forms import PlainForm


class SignInForm(PlainForm):
    """Signing in as staff."""

    login = StringField(_l("User name"), [InputRequired(_l("Type your user name.")), Length(max=80)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Type your password.")), Length(max=200)])

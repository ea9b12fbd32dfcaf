"""What a command says when it cannot do what was asked."""

from __future__ import annotations

import click


class WrongInput(click.ClickException):
    """One clear line, and exit status 2."""

    exit_code = 2

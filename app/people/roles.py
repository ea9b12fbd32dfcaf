"""Who may do what: the role table, and the marks that put it on every page.

A view without a mark is refused for everyone, so nothing is public by forgetting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

from flask import current_app

from app.extensions import limiter

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """The staff roles; a resident needs no account and has none."""

    WORKER = "worker"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that staff may or may not do."""

    SEE_DASHBOARD = "see_dashboard"
    ADD_NOTES = "add_notes"
    REVIEW_CONCERNS = "review_concerns"
    READ_ORIGINALS = "read_originals"
    MODERATE_IDEAS = "moderate_ideas"
    MANAGE_SURVEYS = "manage_surveys"
    MANAGE_POLLS = "manage_polls"
    MANAGE_AMBITIONS = "manage_ambitions"
    REPORT_PROGRESS = "report_progress"
    ADMINISTER = "administer"


_WORKER = frozenset({Permission.SEE_DASHBOARD, Permission.ADD_NOTES, Permission.MODERATE_IDEAS})
_COORDINATOR = _WORKER | {
    Permission.REVIEW_CONCERNS,
    Permission.READ_ORIGINALS,
    Permission.MANAGE_SURVEYS,
    Permission.MANAGE_POLLS,
    Permission.MANAGE_AMBITIONS,
    Permission.REPORT_PROGRESS,
}
# An administrator keeps the installation running and has no need to read what residents wrote.
ROLE_TABLE: dict[Role, frozenset[Permission]] = {
    Role.WORKER: _WORKER,
    Role.COORDINATOR: _COORDINATOR,
    Role.ADMINISTRATOR: frozenset({Permission.SEE_DASHBOARD, Permission.ADMINISTER}),
}


@dataclass(frozen=True)
class Access:
    """Who may reach a view: everyone when `permission` is None, else staff whose role has it."""

    permission: Permission | None = None

    def admits(self, role: Role | None) -> bool:
        """Whether someone in this role (None: a resident without an account) may come in."""
        return self.permission is None or (role is not None and self.permission in ROLE_TABLE[role])


def _mark(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def _limited(view: View, setting: str) -> View:
    return cast(View, limiter.limit(lambda: current_app.config[setting], methods=["POST"])(view))


def public(view: View) -> View:
    """Anyone may read this page."""
    return _mark(view, Access())


def public_write(view: View) -> View:
    """Anyone may send this form, within the rate limit (on POST)."""
    return _mark(_limited(view, "RATE_LIMIT_WRITES"), Access())


def code_entry(view: View) -> View:
    """Anyone may try a code here, within the stricter limit for codes (on POST)."""
    return _mark(_limited(view, "RATE_LIMIT_CODES"), Access())


def allowed(permission: Permission) -> Callable[[View], View]:
    """Only staff whose role has this permission may come here."""
    return lambda view: _mark(view, Access(permission))

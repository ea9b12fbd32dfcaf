"""What a coordinator decides about one concern. Each function is one decision and one transaction.

Each takes the version of the concern that the person saw. When someone else changed it since, nothing is written
and `ChangedMeanwhile` says so. Each decision is a step in the history and in the audit trail, and the analysis
leaves it as it is.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.common.audit import record
from app.common.localized import LocalizedText
from app.insight.models import Concern, ConcernState
from app.insight.service import examples
from app.insight.service.came_in import came_in
from app.insight.service.deciding import ChangedMeanwhile, NotPossible, deciding, read_by_staff
from app.insight.undoing import StepKind
from app.people.models import StaffAccount
from app.places.framework import THEME_IDS


def confirm(concern_id: UUID, version: int, actor: StaffAccount, *, until: datetime | None = None) -> Concern:
    """This is a concern of residents: from now on everyone can see it.

    `until` is when the newest passage came in that the person was shown; what joined later has not been read. None:
    all that is there now.
    """
    with deciding(concern_id, version, StepKind.CONFIRM, actor) as change:
        concern = change.concern
        if concern.state is not ConcernState.FOUND or examples.without_words([concern.id]):
            raise NotPossible  # of examples alone nobody can say that residents have this concern
        concern.state = ConcernState.CONFIRMED
        read_by_staff(concern, until)
        record(actor, "concern.confirm", concern)
        change.keep()
    return concern


def read_new(concern_id: UUID, version: int, until: datetime | None, actor: StaffAccount) -> Concern:
    """What came into a confirmed concern, up to and including `until`, has been read: it may be quoted.

    When more came in since the person opened the page, nothing is written: they have not seen that.
    """
    with deciding(concern_id, version, StepKind.READ_NEW, actor) as change:
        concern = change.concern
        people, last = came_in(concern.id)
        if concern.state is not ConcernState.CONFIRMED or not people or last is None:
            raise NotPossible
        if until is None or last > until:
            raise ChangedMeanwhile
        read_by_staff(concern, until)
        record(actor, "concern.read_new", concern, people=people)
        change.keep()
    return concern


def rename(concern_id: UUID, version: int, title: LocalizedText, actor: StaffAccount) -> Concern:
    """Give the concern a title of the coordinator's own, in one or more languages."""
    with deciding(concern_id, version, StepKind.RENAME, actor) as change:
        concern = change.concern
        concern.title = title
        concern.named_by_staff = True
        record(actor, "concern.rename", concern, languages=sorted(title.texts))
        change.keep()
    return concern


def set_theme(concern_id: UUID, version: int, theme: str | None, actor: StaffAccount) -> Concern:
    """Say which theme it is about (None: none of them). From then on it does not follow the passages any more."""
    with deciding(concern_id, version, StepKind.THEME, actor) as change:
        concern = change.concern
        if theme is not None and theme not in THEME_IDS:
            raise NotPossible
        concern.theme, concern.theme_by_staff = theme, True
        record(actor, "concern.theme", concern, theme=theme)
        change.keep()
    return concern


def dismiss(
    concern_id: UUID, version: int, reason: LocalizedText, actor: StaffAccount, *, until: datetime | None = None
) -> Concern:
    """This is taken no further. The people who said it read the reason. `until` as for `confirm`."""
    with deciding(concern_id, version, StepKind.DISMISS, actor) as change:
        concern = change.concern
        if concern.state is ConcernState.DISMISSED or not reason:
            raise NotPossible
        concern.state, concern.reason = ConcernState.DISMISSED, reason
        read_by_staff(concern, until)
        record(actor, "concern.dismiss", concern, languages=sorted(reason.texts))
        change.keep()
    return concern


def reopen(concern_id: UUID, version: int, actor: StaffAccount) -> Concern:
    """Take a decision back: the concern is to be reviewed again, and no longer public."""
    with deciding(concern_id, version, StepKind.REOPEN, actor) as change:
        concern = change.concern
        if concern.state is ConcernState.FOUND:
            raise NotPossible
        record(actor, "concern.reopen", concern, was=concern.state.value)
        concern.state, concern.reason = ConcernState.FOUND, None
        change.keep()
    return concern

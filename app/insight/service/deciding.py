"""What every decision of staff has in common: alone in its neighbourhood, all or nothing, and kept so that it can
be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from app.common.clock import now
from app.common.localized import LocalizedText
from app.extensions import db
from app.insight.models import Concern, ConcernState, MovedPassage, Passage, ReviewStep
from app.insight.service import revisions
from app.insight.service.spoken import spoken
from app.insight.shared_theme import shared_theme
from app.insight.undoing import StepKind
from app.people.models import StaffAccount


class ChangedMeanwhile(Exception):
    """Someone else, or the analysis, changed this since the page was opened. Nothing was written."""


class NotPossible(Exception):
    """The decision does not fit the state of the concern. Nothing was written."""


_FIELDS = (
    "title", "state", "merged_into_id", "reason", "theme", "named_by_staff", "theme_by_staff", "reviewed_at",
    "reviewed_by_id", "read_until",
)  # fmt: skip


class Change:
    """A step in the making. `watch` a concern before it is changed; `keep` writes down how it was."""

    def __init__(
        self, kind: StepKind, neighbourhood_id: UUID, actor: StaffAccount, concern: Concern | None = None
    ) -> None:
        self.kind = kind
        self.neighbourhood_id = neighbourhood_id
        self.actor = actor
        self._concern = concern
        self._was: dict[UUID, tuple[Concern, dict[str, Any]]] = {}
        if concern is not None:
            self.watch(concern)

    @property
    def concern(self) -> Concern:
        """What it is about."""
        assert self._concern is not None
        return self._concern

    def watch(self, concern: Concern) -> None:
        """Remember how this concern is now."""
        self._was[concern.id] = (concern, {field: getattr(concern, field) for field in _FIELDS})

    def keep(
        self,
        *,
        other: Concern | None = None,
        made: bool = False,
        moved: Mapping[UUID, bool] | None = None,
        undoes: ReviewStep | None = None,
    ) -> ReviewStep:
        """Write it down in the caller's transaction. `other`: where words went, `made` when this step made it;
        `moved`: which passages, and whether a person had put each where it was."""
        concerns = {
            str(concern_id): {
                field: _plain(value) for field, value in was.items() if getattr(concern, field) != value
            }
            for concern_id, (concern, was) in self._was.items()
        }
        last = select(func.max(ReviewStep.number)).where(ReviewStep.neighbourhood_id == self.neighbourhood_id)
        step = ReviewStep(
            neighbourhood_id=self.neighbourhood_id,
            number=(db.session.scalar(last) or 0) + 1,
            kind=self.kind,
            at=now(),
            actor_id=self.actor.id,
            concern_id=self._concern.id if self._concern is not None else None,
            other_id=other.id if other is not None else None,
            undoes_id=undoes.id if undoes is not None else None,
            before={"concerns": concerns, **({"made": str(other.id)} if made and other is not None else {})},
        )
        db.session.add(step)
        db.session.flush()
        db.session.add_all(
            MovedPassage(step_id=step.id, passage_id=passage_id, was_pinned=was_pinned)
            for passage_id, was_pinned in (moved or {}).items()
        )
        db.session.flush()
        return step


def _plain(value: Any) -> Any:
    """A field as JSON."""
    if isinstance(value, LocalizedText):
        return dict(value.texts)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def give_back(concern: Concern, fields: Mapping[str, Any]) -> None:
    """Set the fields of a concern to what `Change.keep` wrote down."""
    for field, plain in fields.items():
        value: Any = plain
        if plain is not None and field in ("title", "reason"):
            value = LocalizedText(plain)
        elif plain is not None and field in ("reviewed_at", "read_until"):
            value = datetime.fromisoformat(plain)
        elif plain is not None and field in ("merged_into_id", "reviewed_by_id"):
            value = UUID(plain)
        elif field == "state":
            value = ConcernState(plain)
        setattr(concern, field, value)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction: it is committed, or nothing of it is there."""
    try:
        yield
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise ChangedMeanwhile from error
    except Exception:
        db.session.rollback()
        raise


@contextmanager
def deciding(concern_id: UUID, version: int, kind: StepKind, actor: StaffAccount) -> Iterator[Change]:
    """One decision about one concern: alone in its neighbourhood, on the version that the person saw."""
    with all_or_nothing():
        seen = db.session.get_one(Concern, concern_id)
        revisions.changed([seen.neighbourhood_id], due=False)
        concern = db.session.get_one(Concern, concern_id, populate_existing=True)
        if concern.version != version:
            raise ChangedMeanwhile
        if concern.state is ConcernState.MERGED:
            raise NotPossible
        change = Change(kind, concern.neighbourhood_id, actor, concern)
        decided(concern, actor)
        yield change


def decided(concern: Concern, actor: StaffAccount) -> None:
    """From now on the analysis leaves this concern as it is."""
    concern.reviewed_at = now()
    concern.reviewed_by_id = actor.id


def read_by_staff(concern: Concern, until: datetime | None) -> None:
    """Staff has read what came in up to and including `until` (None: all that is there now)."""
    moment = now()
    concern.read_until = moment if until is None else min(until, moment)


def follow_theme(concern: Concern) -> None:
    """Let the theme follow the passages, after some came or went, unless staff chose it."""
    if not concern.theme_by_staff:
        themes = db.session.scalars(spoken(Passage.theme).where(Passage.concern_id == concern.id))
        concern.theme = shared_theme(themes) or concern.theme

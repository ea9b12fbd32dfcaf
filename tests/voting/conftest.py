"""A poll, its codes, and a way to look at a later moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from app.common.localized import LocalizedText
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from app.voting import service
from app.voting.models import Poll
from app.voting.service import OptionDraft, PollDraft

PLANS = ("Bomen", "Bankjes", "Lampen", "Speeltuin")
LAST_DAY = date(2027, 3, 28)  # the day on which the clock goes forward


BEFORE = datetime(2027, 3, 28, 20, 0, tzinfo=UTC)  # the evening of the last day
AFTER = datetime(2027, 3, 28, 22, 0, tzinfo=UTC)  # midnight in Amsterdam, after the clock went forward


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The tests begin on the evening of the last day; `clock.move_to(…)` goes on."""
    with time_machine.travel(BEFORE) as traveller:
        yield traveller


def poll_of_plans() -> PollDraft:
    """Two of four plans are chosen; each person chooses three at most."""
    return PollDraft(
        title=LocalizedText({"nl": "Wat eerst?", "en": "What first?"}),
        question=LocalizedText({"nl": "Welke plannen?", "en": "Which plans?"}),
        options=[OptionDraft(LocalizedText({"nl": plan}), subject=f"ambition:{plan}") for plan in PLANS],
        last_day=LAST_DAY,
        seats=2,
        max_choices=3,
    )


@pytest.fixture
def draft_poll(neighbourhood: Neighbourhood, coordinator: StaffAccount) -> Poll:
    return service.create_poll(neighbourhood, poll_of_plans(), coordinator)


@pytest.fixture
def open_poll(draft_poll: Poll, coordinator: StaffAccount) -> Poll:
    service.open_poll(draft_poll, coordinator)
    return draft_poll


@pytest.fixture
def codes(open_poll: Poll, coordinator: StaffAccount) -> list[str]:
    """Eight codes of the open poll."""
    return [printed.code for printed in service.make_codes(open_poll, 8, "Havenstraat", str(uuid4()), coordinator)]


@pytest.fixture
def vote(open_poll: Poll) -> Callable[..., service.CastOutcome]:
    """`vote(code, "1", "2")`: cast a ballot."""

    def go(code: str, *choices: str, submission: str | None = None, replace: bool = False) -> service.CastOutcome:
        return service.cast(open_poll, code, choices, submission or str(uuid4()), replace=replace)

    return go

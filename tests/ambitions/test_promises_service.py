"""Promises of parties and how they go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select

from app.ambitions import service
from app.ambitions.horizon import Horizon
from app.ambitions.models import Agreement, Ambition, ProgressReport
from app.ambitions.states import ReasonMissingError, State, StateChangeError
from app.ambitions.traffic_light import Light, Outcome
from app.common.localized import LocalizedText
from app.extensions import db
from app.people.models import StaffAccount
from app.places.models import Neighbourhood
from tests.ambitions.conftest import bring_to, words

NEWS = LocalizedText({"en": "Ten roofs are done"})
WHY = LocalizedText({"en": "The corporation sold the houses"})
MakeAgreement = Callable[..., Agreement]


def light(ambition: Ambition) -> Light:
    return service.standings(ambition)[0].light


def test_a_proposal_takes_no_promises(ambition: Ambition, coordinator: StaffAccount) -> None:
    party = ambition.neighbourhood.municipality.parties[0]
    promised = service.Promised(party, NEWS, date(2030, 1, 1), NEWS)
    with pytest.raises(service.NotTaken):
        service.promise(ambition, promised, by=coordinator, submission_id=uuid4())


def test_the_same_promise_sent_twice_is_one(adopted: Ambition, coordinator: StaffAccount) -> None:
    party, due = adopted.neighbourhood.municipality.parties[0], datetime.now(UTC).date() + timedelta(days=30)
    sent = uuid4()
    for _ in range(2):
        service.promise(adopted, service.Promised(party, NEWS, due, NEWS), by=coordinator, submission_id=sent)
    assert db.session.scalar(select(func.count()).select_from(Agreement)) == 1


def test_a_promise_due_yesterday_is_refused_by_the_calendar_of_the_municipality(
    make_agreement: MakeAgreement,
) -> None:
    # Half past twelve at night on 2 May in Amsterdam is still 1 May in UTC.
    with time_machine.travel(datetime(2027, 5, 1, 22, 30, tzinfo=UTC), tick=False):
        with pytest.raises(service.DueInThePast):
            make_agreement(due=date(2027, 5, 1))
        make_agreement(due=date(2027, 5, 2))


def test_a_promise_must_fall_within_the_horizon_counted_from_adoption(
    neighbourhood: Neighbourhood, coordinator: StaffAccount
) -> None:
    with time_machine.travel(datetime(2026, 1, 10, 12, tzinfo=UTC), tick=False):
        short = service.create(neighbourhood, words(horizon=Horizon.SHORT), by=coordinator, submission_id=uuid4())
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        bring_to(short, State.ADOPTED, coordinator)
        party = neighbourhood.municipality.parties[0]
        with pytest.raises(service.DueBeyondHorizon) as refused:
            service.promise(
                short,
                service.Promised(party, NEWS, date(2027, 3, 2), NEWS),
                by=coordinator,
                submission_id=uuid4(),
            )
        assert refused.value.last == date(2027, 3, 1)
        service.promise(
            short, service.Promised(party, NEWS, date(2027, 3, 1), NEWS), by=coordinator, submission_id=uuid4()
        )


def test_the_first_report_brings_an_adopted_ambition_in_progress(
    adopted: Ambition, make_agreement: MakeAgreement, coordinator: StaffAccount
) -> None:
    agreement = make_agreement()
    service.report(agreement, NEWS, by=coordinator, submission_id=uuid4())
    service.report(agreement, NEWS, by=coordinator, submission_id=uuid4())
    assert adopted.state is State.IN_PROGRESS
    assert [change.to_state for change in adopted.changes][-1] is State.IN_PROGRESS


def test_a_report_sent_twice_is_one(make_agreement: MakeAgreement, coordinator: StaffAccount) -> None:
    agreement, sent = make_agreement(), uuid4()
    for _ in range(2):
        service.report(agreement, NEWS, by=coordinator, submission_id=sent)
    assert db.session.scalar(select(func.count()).select_from(ProgressReport)) == 1


def test_the_light_follows_reports_and_days(
    adopted: Ambition, make_agreement: MakeAgreement, coordinator: StaffAccount
) -> None:
    agreement = make_agreement(target=Decimal(40))
    assert light(adopted) is Light.ON_TRACK
    with time_machine.travel(datetime.now(UTC) + timedelta(days=367)):
        assert light(adopted) is Light.LATE
    service.report(agreement, NEWS, figure=Decimal("40.0"), by=coordinator, submission_id=uuid4())
    db.session.expire_all()
    assert light(adopted) is Light.KEPT
    assert service.standings(adopted)[0].reports[0].figure == Decimal("40.0")


def test_the_day_of_a_report_is_that_of_the_municipality(
    adopted: Ambition, make_agreement: MakeAgreement, coordinator: StaffAccount
) -> None:
    with time_machine.travel(datetime(2027, 5, 1, 8, tzinfo=UTC), tick=False):
        agreement = make_agreement(due=date(2027, 6, 1))
    # 22:30 UTC on the last day is half past twelve at night in Amsterdam: too late.
    with time_machine.travel(datetime(2027, 6, 1, 22, 30, tzinfo=UTC), tick=False):
        service.report(agreement, NEWS, outcome=Outcome.KEPT, by=coordinator, submission_id=uuid4())
        db.session.expire_all()
        assert light(adopted) is Light.KEPT_LATE


def test_saying_kept_is_refused_where_a_figure_decides_and_a_figure_where_none_was_promised(
    make_agreement: MakeAgreement, coordinator: StaffAccount
) -> None:
    with pytest.raises(service.OnlyFiguresCount):
        service.report(
            make_agreement(target=Decimal(3)), NEWS, outcome=Outcome.KEPT, by=coordinator, submission_id=uuid4()
        )
    with pytest.raises(service.NoFigureHere):
        service.report(make_agreement(), NEWS, figure=Decimal(3), by=coordinator, submission_id=uuid4())


def test_dropping_needs_a_reason_and_ends_the_promises_as_they_stood(
    adopted: Ambition, make_agreement: MakeAgreement, coordinator: StaffAccount
) -> None:
    agreement = make_agreement()
    with pytest.raises(ReasonMissingError):
        service.drop(adopted, LocalizedText({}), by=coordinator)
    service.drop(adopted, WHY, by=coordinator)
    assert adopted.changes[-1].reason == WHY
    with pytest.raises(service.NotTaken):
        service.report(agreement, NEWS, by=coordinator, submission_id=uuid4())
    with time_machine.travel(datetime.now(UTC) + timedelta(days=900)):
        assert light(adopted) is Light.ON_TRACK


def test_achieved_comes_only_after_work_has_begun(
    adopted: Ambition, make_agreement: MakeAgreement, coordinator: StaffAccount
) -> None:
    with pytest.raises(StateChangeError):
        service.achieve(adopted, by=coordinator)
    agreement = make_agreement()
    service.report(agreement, NEWS, by=coordinator, submission_id=uuid4())
    service.achieve(adopted, by=coordinator)
    service.achieve(adopted, by=coordinator)  # sent twice
    assert [change.to_state for change in adopted.changes].count(State.ACHIEVED) == 1
    service.report(agreement, NEWS, by=coordinator, submission_id=uuid4())  # the last roof


def test_the_list_takes_the_same_number_of_statements_for_one_and_for_ten(
    neighbourhood: Neighbourhood, coordinator: StaffAccount, count_statements: Callable[[], object]
) -> None:
    counts = []
    for wanted in (1, 10):
        while len(service.lines(neighbourhood.id)) < wanted:
            one = service.create(neighbourhood, words(), by=coordinator, submission_id=uuid4())
            bring_to(one, State.ADOPTED, coordinator)
            party = neighbourhood.municipality.parties[0]
            due = datetime.now(UTC).date() + timedelta(days=30)
            agreement = service.promise(
                one, service.Promised(party, NEWS, due, NEWS), by=coordinator, submission_id=uuid4()
            )
            service.report(agreement, NEWS, by=coordinator, submission_id=uuid4())
        place = neighbourhood.id
        db.session.expire_all()
        with count_statements() as statements:  # type: ignore[attr-defined]
            assert len(service.lines(place)) == wanted
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 5

"""What is told back follows from what is known, in order, and never before the person spoke."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ambitions.states import State, following
from app.ambitions.traffic_light import Light, Outcome
from app.common.localized import LocalizedText
from app.feedback.chain import (
    ConcernState,
    KnownAgreement,
    KnownAmbition,
    KnownChange,
    KnownConcern,
    KnownReport,
    Next,
    NextKind,
    Said,
    Step,
    StepKind,
    steps,
    upcoming,
)

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
CONCERN, AMBITION = UUID(int=1), UUID(int=2)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def text(words: str) -> LocalizedText:
    return LocalizedText({"en": words})


def kinds(said: Said) -> list[StepKind]:
    return [step.kind for step in steps(said)]


def ambition(*changes: KnownChange, linked: int = 3, agreements: tuple[KnownAgreement, ...] = ()) -> KnownAmbition:
    return KnownAmbition(AMBITION, text("Dry homes"), day(linked), changes, agreements)


def concern(*ambitions: KnownAmbition, state: ConcernState = ConcernState.CONFIRMED) -> KnownConcern:
    return KnownConcern(CONCERN, text("Mould"), state, day(2), text("Not ours"), ambitions)


def said(*concerns: KnownConcern) -> Said:
    return Said(day(0), day(1), concerns=concerns)


def promise(light: Light, *reports: KnownReport, due: date = date(2026, 6, 1)) -> KnownAgreement:
    overdue_at = datetime(due.year, due.month, due.day, tzinfo=UTC) + timedelta(days=1)
    return KnownAgreement("De Sleutel", text("Fix 40 roofs"), day(20), due, overdue_at, light, reports)


def test_what_was_just_sent_is_received_and_will_be_read() -> None:
    fresh = Said(day(0))
    assert kinds(fresh) == [StepKind.RECEIVED]
    assert upcoming(fresh) == Next(NextKind.READING)


def test_a_single_voice_hears_that_it_counts_when_others_say_it_too() -> None:
    assert kinds(said()) == [StepKind.RECEIVED, StepKind.READ]
    assert upcoming(said()) == Next(NextKind.OTHERS)


def test_a_concern_nobody_has_looked_at_is_told_without_the_title_that_the_computer_gave_it() -> None:
    found = said(concern(state=ConcernState.FOUND))
    assert steps(found)[-1] == Step(StepKind.SHARED, day(1))
    assert upcoming(found) == Next(NextKind.REVIEW)


def test_a_dismissed_concern_tells_why_and_ends_there() -> None:
    dismissed = said(concern(ambition(), state=ConcernState.DISMISSED))
    last = steps(dismissed)[-1]
    assert (last.kind, last.detail) == (StepKind.DISMISSED, text("Not ours"))
    assert upcoming(dismissed) is None


def test_the_whole_road_is_told_in_order() -> None:
    road = ambition(
        KnownChange(State.PUT_TO_RESIDENTS, day(5)),
        KnownChange(State.ADOPTED, day(10)),
        KnownChange(State.IN_PROGRESS, day(30)),
        KnownChange(State.ACHIEVED, day(60)),
        agreements=(promise(Light.KEPT, KnownReport(day(40), text("All done"), Outcome.KEPT)),),
    )
    told = steps(said(concern(road)))
    assert [step.kind for step in told] == [
        StepKind.RECEIVED,
        StepKind.READ,
        StepKind.CONFIRMED,
        StepKind.LINKED,
        StepKind.PUT_TO_RESIDENTS,
        StepKind.ADOPTED,
        StepKind.PROMISED,
        StepKind.IN_PROGRESS,
        StepKind.KEPT,
        StepKind.ACHIEVED,
    ]
    assert [step.on for step in told] == [day(n) for n in (0, 1, 2, 3, 5, 10, 20, 30, 40, 60)]
    kept = told[8]
    assert (kept.party, kept.name, kept.detail) == ("De Sleutel", text("Fix 40 roofs"), text("All done"))


def test_a_proposal_that_residents_did_not_choose_says_so() -> None:
    back = ambition(KnownChange(State.PUT_TO_RESIDENTS, day(5)), KnownChange(State.PROPOSED, day(9)))
    assert kinds(said(concern(back)))[-1] is StepKind.NOT_CHOSEN
    assert upcoming(said(concern(back))) == Next(NextKind.ASK_RESIDENTS)


def test_a_proposal_linked_while_it_is_only_proposed_is_not_told_as_refused() -> None:
    assert kinds(said(concern(ambition(KnownChange(State.PROPOSED, day(1))))))[-1] is StepKind.LINKED


def test_words_that_join_late_hear_how_it_stands_and_not_the_old_news() -> None:
    old = ambition(
        KnownChange(State.PUT_TO_RESIDENTS, day(-50)),
        KnownChange(State.ADOPTED, day(-40)),
        linked=-60,
        agreements=(promise(Light.ON_TRACK),),
    )
    told = steps(said(concern(old)))
    assert [(step.kind, step.on) for step in told[3:]] == [
        (StepKind.LINKED, day(2)),
        (StepKind.ADOPTED, day(2)),
        (StepKind.PROMISED, day(20)),
    ]


def test_a_late_promise_is_told_on_the_moment_it_became_late() -> None:
    late = promise(Light.LATE, KnownReport(day(400), text("Working on it")), due=date(2026, 6, 1))
    told = steps(said(concern(ambition(KnownChange(State.ADOPTED, day(10)), agreements=(late,)))))
    by_kind = {step.kind: step.on for step in told}
    assert by_kind[StepKind.LATE] == datetime(2026, 6, 2, tzinfo=UTC)
    assert told[-1].kind is StepKind.PROGRESS


def test_one_ambition_behind_two_concerns_is_told_once() -> None:
    other = KnownConcern(UUID(int=9), text("Damp"), ConcernState.CONFIRMED, day(2), ambitions=(ambition(),))
    assert kinds(said(concern(ambition()), other)).count(StepKind.LINKED) == 1


def test_what_is_withdrawn_tells_nothing_more() -> None:
    withdrawn = Said(day(0), day(1), withdrawn_at=day(4), concerns=(concern(ambition()),))
    assert kinds(withdrawn) == [StepKind.RECEIVED, StepKind.WITHDRAWN]
    assert upcoming(withdrawn) is None


def test_what_staff_keeps_from_others_is_told_and_promises_nothing() -> None:
    hidden = Said(day(0), None, hidden_at=day(4))
    assert kinds(hidden) == [StepKind.RECEIVED, StepKind.HIDDEN]
    assert upcoming(hidden) is None


@pytest.mark.parametrize(
    ("agreements", "expected"),
    [
        ((), Next(NextKind.PROMISES)),
        ((promise(Light.KEPT),), None),
        ((promise(Light.BROKEN),), None),
        ((promise(Light.LATE),), Next(NextKind.OVERDUE)),
        (
            (promise(Light.ON_TRACK, due=date(2026, 9, 1)), promise(Light.NO_NEWS, due=date(2026, 8, 1))),
            Next(NextKind.DELIVERY, date(2026, 8, 1)),
        ),
        (
            (promise(Light.LATE, due=date(2026, 2, 1)), promise(Light.ON_TRACK, due=date(2026, 9, 1))),
            Next(NextKind.DELIVERY, date(2026, 9, 1)),
        ),
    ],
)
def test_what_comes_next_follows_from_the_promises(
    agreements: tuple[KnownAgreement, ...], expected: Next | None
) -> None:
    adopted = ambition(KnownChange(State.ADOPTED, day(10)), agreements=agreements)
    assert upcoming(said(concern(adopted))) == expected


def test_of_two_roads_the_furthest_one_is_told() -> None:
    waiting = KnownConcern(UUID(int=9), text("Damp"), ConcernState.FOUND)
    voting = ambition(KnownChange(State.PUT_TO_RESIDENTS, day(5)))
    assert upcoming(said(waiting, concern(voting))) == Next(NextKind.VOTE)


MOMENTS = st.integers(min_value=-100, max_value=100).map(day)
REPORTS = st.builds(KnownReport, at=MOMENTS, sentence=st.just(text("News")), outcome=st.sampled_from(Outcome))
AGREEMENTS = st.builds(
    KnownAgreement,
    party=st.just("De Sleutel"),
    what=st.just(text("Fix")),
    made_at=MOMENTS,
    due=st.dates(date(2025, 10, 1), date(2026, 5, 1)),
    overdue_at=MOMENTS,
    light=st.sampled_from(Light),
    reports=st.lists(REPORTS, max_size=3).map(tuple),
)


@st.composite
def walks(draw: st.DrawFn) -> tuple[KnownChange, ...]:
    """A history that the state rules allow."""
    state, changes, at = State.PROPOSED, [], draw(st.integers(-100, 50))
    for _ in range(draw(st.integers(0, 6))):
        if not following(state):
            break
        state = draw(st.sampled_from(following(state)))
        at += draw(st.integers(1, 20))
        changes.append(KnownChange(state, day(at)))
    return tuple(changes)


AMBITIONS = st.builds(
    KnownAmbition,
    id=st.uuids(),
    title=st.just(text("Dry homes")),
    linked_at=MOMENTS,
    changes=walks(),
    agreements=st.lists(AGREEMENTS, max_size=3).map(tuple),
)
CONCERNS = st.builds(
    KnownConcern,
    id=st.uuids(),
    title=st.just(text("Mould")),
    state=st.sampled_from(ConcernState),
    decided_at=st.none() | MOMENTS,
    reason=st.just(text("Not ours")),
    ambitions=st.lists(AMBITIONS, max_size=2).map(tuple),
)
SAIDS = st.builds(
    Said,
    received_at=MOMENTS,
    analysed_at=st.none() | MOMENTS,
    withdrawn_at=st.none(),
    concerns=st.lists(CONCERNS, max_size=3).map(tuple),
)


@given(known=SAIDS)
def test_steps_are_in_order_and_never_before_the_person_spoke(known: Said) -> None:
    moments = [step.on for step in steps(known)]
    assert moments == sorted(moments)
    assert moments[0] == known.received_at
    assert steps(known)[0].kind is StepKind.RECEIVED


@given(known=SAIDS)
def test_every_ambition_ends_its_story_in_the_state_it_is_in(known: Said) -> None:
    told = steps(known)
    for known_concern in known.concerns if known.analysed_at else ():
        if known_concern.state is not ConcernState.CONFIRMED:
            continue
        for one in known_concern.ambitions:
            mine = [step.kind.value for step in told if step.ambition_id == one.id]
            assert mine[0] == "linked"
            states = [kind for kind in mine if kind in set(State) | {"not_chosen"}]
            if one.state is not State.PROPOSED:
                assert states[-1] == one.state.value
            assert mine.count("promised") == len(one.agreements)


@given(known=SAIDS)
def test_words_of_others_are_never_told_before_staff_looked(known: Said) -> None:
    for step in steps(known):
        if step.kind is StepKind.SHARED:
            assert step.name is None

"""An ambition goes from proposed to achieved in order, or is dropped with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ambitions.states import (
    ReasonMissingError,
    State,
    StateChangeError,
    check_change,
    following,
    may_be_edited,
    takes_agreements,
)

ROAD = [State.PROPOSED, State.PUT_TO_RESIDENTS, State.ADOPTED, State.IN_PROGRESS, State.ACHIEVED]


def test_the_whole_road_can_be_walked_in_order() -> None:
    for current, wanted in zip(ROAD, ROAD[1:], strict=False):
        check_change(current, wanted)


@pytest.mark.parametrize("current", list(State))
@pytest.mark.parametrize("wanted", list(State))
def test_nothing_else_is_allowed(current: State, wanted: State) -> None:
    allowed = set(zip(ROAD, ROAD[1:], strict=False))
    allowed |= {(state, State.DROPPED) for state in ROAD[:-1]}
    allowed.add((State.PUT_TO_RESIDENTS, State.PROPOSED))  # residents chose others this time
    if (current, wanted) in allowed:
        check_change(current, wanted, has_reason=True)
    else:
        with pytest.raises(StateChangeError):
            check_change(current, wanted, has_reason=True)


def test_dropping_needs_a_reason() -> None:
    with pytest.raises(ReasonMissingError):
        check_change(State.ADOPTED, State.DROPPED)


@given(choices=st.lists(st.integers(min_value=0, max_value=10), max_size=30))
def test_no_walk_reaches_adoption_without_residents(choices: list[int]) -> None:
    walk = [State.PROPOSED]
    for choice in choices:
        options = following(walk[-1])
        if not options:
            break
        walk.append(options[choice % len(options)])
    if State.ADOPTED in walk:
        assert walk[walk.index(State.ADOPTED) - 1] is State.PUT_TO_RESIDENTS


def test_words_cannot_change_while_residents_vote_on_them_or_when_it_is_over() -> None:
    assert [state for state in State if may_be_edited(state)] == [
        State.PROPOSED,
        State.ADOPTED,
        State.IN_PROGRESS,
    ]


def test_only_an_adopted_ambition_takes_agreements() -> None:
    assert [state for state in State if takes_agreements(state)] == [State.ADOPTED, State.IN_PROGRESS]

"""Which step of the review can be taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.insight.undoing import Reason, Refusal, Step, StepKind, refusal, standing


def step(number: int, kind: StepKind = StepKind.RENAME, touches: str = "a", undoes: int | None = None) -> Step:
    return Step(number, kind, frozenset(touches), undoes)


def test_the_last_step_can_be_undone_and_then_the_one_before_it() -> None:
    first, second = step(1), step(2, StepKind.CONFIRM)
    assert refusal(second, [first, second]) is None
    assert refusal(first, [first, second]) == Refusal(Reason.BUILT_UPON, 2)
    assert refusal(first, [first, second, step(3, StepKind.UNDO, undoes=2)]) is None


def test_a_step_on_another_concern_stands_in_nobodys_way() -> None:
    first, other = step(1, touches="a"), step(2, touches="b")
    assert refusal(first, [first, other]) is None


def test_what_was_merged_waits_for_what_happened_to_the_whole() -> None:
    merge, rename, confirm = step(1, StepKind.MERGE, "ab"), step(2, touches="b"), step(3, StepKind.CONFIRM, "b")
    assert refusal(merge, [merge, rename, confirm]) == Refusal(Reason.BUILT_UPON, 3)


def test_an_undo_is_not_undone_and_nothing_is_undone_twice() -> None:
    first, undo = step(1), step(2, StepKind.UNDO, undoes=1)
    assert refusal(undo, [first, undo]) == Refusal(Reason.IS_UNDO)
    assert refusal(first, [first, undo]) == Refusal(Reason.DONE_ALREADY)


def test_what_others_rely_on_stays() -> None:
    confirm = step(1, StepKind.CONFIRM)
    assert refusal(confirm, [confirm], relied_on=True) == Refusal(Reason.RELIED_ON)


@given(
    st.lists(st.tuples(st.sets(st.sampled_from("abcd"), min_size=1, max_size=2), st.integers(0, 9)), max_size=12),
    st.lists(st.integers(0, 30), max_size=20),
)
def test_undoing_what_may_be_undone_leaves_things_as_if_it_had_not_been_done(
    done: list[tuple[set[str], int]], tries: list[int]
) -> None:
    """Each step writes a value on what it touches and keeps what was there; an undo puts that back. The oracle makes
    the remaining steps anew from nothing."""
    steps: list[Step] = []
    world: dict[str, int] = {}
    kept: dict[int, dict[str, int | None]] = {}
    wrote: dict[int, int] = {}
    for touched, value in done:
        number = len(steps) + 1
        steps.append(Step(number, StepKind.RENAME, frozenset(touched)))
        kept[number] = {thing: world.get(thing) for thing in touched}
        wrote[number] = value
        world.update(dict.fromkeys(touched, value))
    for choice in tries:
        if not steps:
            break
        chosen = steps[choice % len(steps)]
        if refusal(chosen, steps) is None:
            for thing, was in kept[chosen.number].items():
                if was is None:
                    world.pop(thing)
                else:
                    world[thing] = was
            steps.append(Step(len(steps) + 1, StepKind.UNDO, chosen.touches, undoes=chosen.number))
    anew: dict[str, int] = {}
    for one in standing(steps):
        anew.update(dict.fromkeys(one.touches, wrote[one.number]))
    assert world == anew

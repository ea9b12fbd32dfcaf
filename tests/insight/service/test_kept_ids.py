"""A concern keeps its id when it stays mostly the same."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.insight.kept_ids import kept_ids


def _id(number: int) -> UUID:
    return UUID(int=number)


def _before(**concerns: list[int]) -> dict[UUID, UUID]:
    return {_id(p): _id(ord(name)) for name, passages in concerns.items() for p in passages}


A, B = _id(ord("a")), _id(ord("b"))


def test_a_concern_that_grows_keeps_its_id():
    assert kept_ids(_before(a=[1, 2]), [{_id(n) for n in (1, 2, 3, 4, 5, 6)}]) == [A]


def test_of_a_concern_that_falls_apart_the_largest_part_keeps_the_id():
    groups = [{_id(1)}, {_id(2), _id(3), _id(4)}]
    assert kept_ids(_before(a=[1, 2, 3, 4]), groups) == [None, A]


def test_two_concerns_that_become_one_keep_the_id_of_the_larger():
    assert kept_ids(_before(a=[1, 2], b=[3, 4, 5]), [{_id(n) for n in range(1, 6)}]) == [B]


def test_a_few_shared_passages_are_not_the_same_concern():
    before = _before(a=list(range(1, 11)))
    assert kept_ids(before, [{_id(1), *(_id(n) for n in range(20, 29))}]) == [None]


def test_passages_that_were_nowhere_make_a_new_concern():
    assert kept_ids({}, [{_id(1), _id(2)}]) == [None]


passages = st.integers(0, 30)


@given(st.dictionaries(passages, st.integers(100, 104)), st.dictionaries(passages, st.integers(0, 5)), st.randoms())
def test_each_id_is_kept_once_only_by_a_group_that_shares_it_and_in_any_order(before, after, random):
    old = {_id(p): _id(c) for p, c in before.items()}
    groups = [frozenset(_id(p) for p, g in after.items() if g == wanted) for wanted in sorted(set(after.values()))]
    kept = kept_ids(old, groups)
    given_out = [concern for concern in kept if concern is not None]
    assert len(given_out) == len(set(given_out))
    for group, concern in zip(groups, kept, strict=True):
        assert concern is None or any(old.get(p) == concern for p in group)
    shuffled = groups[:]
    random.shuffle(shuffled)
    assert dict(zip(groups, kept, strict=True)) == dict(zip(shuffled, kept_ids(old, shuffled), strict=True))


@given(st.dictionaries(passages, st.integers(100, 104), min_size=1))
def test_nothing_changed_means_every_id_is_kept(before):
    old = {_id(p): _id(c) for p, c in before.items()}
    concerns = sorted(set(old.values()), key=str)
    assert kept_ids(old, [{p for p, c in old.items() if c == concern} for concern in concerns]) == concerns

"""What the quality benchmark counts: each measure against counting pair by pair."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.quality import metrics
from tools.quality.metrics import Pairs

LABEL = st.one_of(st.none(), st.sampled_from("abc"))
ROWS = st.lists(st.tuples(LABEL, LABEL, st.sampled_from(["nl", "ar", "tr"]), st.booleans()), max_size=14)
Row = tuple[str | None, str | None, str, bool]


def counted(rows: list[Row], counts: Callable[[Row, Row], bool]) -> Pairs:
    """One pair after the other."""
    true = found = both = 0
    for one, other in combinations(rows, 2):
        if counts(one, other):
            truly = one[0] is not None and one[0] == other[0]
            together = one[1] is not None and one[1] == other[1]
            true, found, both = true + truly, found + together, both + (truly and together)
    return Pairs(true, found, both)


@given(ROWS)
def test_all_pairs_count(rows: list[Row]) -> None:
    assert metrics.pairwise([r[0] for r in rows], [r[1] for r in rows]) == counted(rows, lambda _, __: True)


@given(ROWS)
def test_a_pair_is_about_something_when_one_of_the_two_is(rows: list[Row]) -> None:
    got = metrics.pairwise_about([r[0] for r in rows], [r[1] for r in rows], [r[3] for r in rows])
    assert got == counted(rows, lambda one, other: one[3] or other[3])


@given(ROWS)
def test_a_pair_across_languages_is_in_two(rows: list[Row]) -> None:
    got = metrics.pairwise_across([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    assert got == counted(rows, lambda one, other: one[2] != other[2])


@given(ROWS)
def test_alone_is_in_no_group_or_in_one_of_its_own(rows: list[Row]) -> None:
    found = [r[1] for r in rows]
    by_hand = [
        not any(found[i] is not None and found[i] == found[j] for j in range(len(found)) if j != i)
        for i in range(len(found))
    ]
    assert metrics.alone(found) == by_hand


def test_precision_recall_and_f1_of_pairs() -> None:
    pairs = metrics.pairwise(["a", "a", "a", "b"], [1, 1, 2, 2])
    assert (pairs.precision, pairs.recall) == (1 / 2, 1 / 3)
    assert pairs.f1 == pytest.approx(2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3))


def test_a_share_of_nothing_is_not_a_number() -> None:
    nothing = metrics.pairwise([None, "a"], [None, 1])
    shares = (nothing.precision, nothing.recall, nothing.f1, metrics.share([]), metrics.v_measure([], []))
    assert all(isnan(value) for value in shares)


def test_what_is_in_no_group_is_not_one_group_together() -> None:
    true = ["a", "a", None, None]
    assert metrics.v_measure(true, [1, 1, None, None]) == pytest.approx(1)
    assert metrics.agreement(true, [1, 1, None, None]) == pytest.approx(1)
    assert metrics.v_measure(true, [1, 1, 2, 2]) < 1


def test_one_lump_says_nothing() -> None:
    assert metrics.v_measure(["a", "a", "b", "b"], [1, 1, 1, 1]) == 0
    assert metrics.agreement(["a", "a", "b", "b"], [1, 1, 1, 1]) == 0


def test_many_small_groups_raise_v_but_not_the_agreement() -> None:
    true, none = ["a", "a", "b", "b", "c", "c"], [None] * 6
    assert metrics.v_measure(true, none) > 0.7
    assert metrics.agreement(true, none) == pytest.approx(0, abs=1e-6)


def test_no_answer_is_a_wrong_answer() -> None:
    assert metrics.macro_f1(["a", "b"], ["a", "b"]) == 1
    assert metrics.macro_f1(["a", "b"], ["a", None]) == 0.5
    # an answer that is never true lowers what it was given for, and is no class of its own
    assert metrics.macro_f1(["a", "b"], ["a", "c"]) == 0.5


def test_near_asks_for_as_many_as_there_are() -> None:
    angles = np.deg2rad([0, 5, 10, 90, 95, 180])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert metrics.near(vectors, ["a", "a", "a", "b", "b", "c"]) == 1
    # the middle one of "a" says something else, so it stands in the way of the two others; it is not asked itself
    assert metrics.near(vectors, ["a", None, "a", "b", "b", "c"]) == pytest.approx((0 + 0 + 1 + 1) / 4)
    assert isnan(metrics.near(vectors, [None] * 6))

"""Vectors kept small are found as if they were kept whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight.kept_vectors import KeptVectors
from app.insight.learnt import unit

DIMENSIONS = 24


def some(count: int, seed: int) -> np.ndarray:
    return unit(np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32))


def keys(count: int) -> list[bytes]:
    return [f"{i:04}".encode() for i in range(count)]


@given(st.integers(0, 60), st.integers(1, 3), st.integers(0, 1000), st.floats(-1, 1))
def test_what_is_found_is_what_the_cosines_say(count: int, asked: int, seed: int, at_least: float) -> None:
    vectors, questions = some(count, seed), some(asked, seed + 1)
    kept = KeptVectors(DIMENSIONS)
    kept.add(keys(count), vectors, [0] * count)
    found = dict(kept.nearest(questions, at_least))
    true = dict(zip(keys(count), (vectors @ questions.T).max(axis=1), strict=True)) if count else {}
    assert {key for key, cosine in true.items() if cosine >= at_least + 0.01} <= set(found)
    for key, likeness in found.items():
        assert at_least - 1e-4 <= likeness <= 1
        assert likeness == pytest.approx(true[key], abs=0.01)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@given(st.lists(st.tuples(st.sampled_from(["add", "drop", "keep"]), st.sets(st.integers(0, 20))), max_size=12))
def test_adding_and_letting_go_is_what_a_dictionary_does(steps: list[tuple[str, set[int]]]) -> None:
    vectors = some(21, 7)
    kept, naive = KeptVectors(DIMENSIONS), set()
    for what, rows in steps:
        chosen = sorted(rows)
        if what == "add":
            kept.add([keys(21)[i] for i in chosen], vectors[chosen], [i % 3 for i in chosen])
            naive |= rows
        elif what == "drop":
            kept.drop([keys(21)[i] for i in chosen])
            naive -= rows
        else:
            kept.keep_only({keys(21)[i] for i in chosen})
            naive &= rows
        assert len(kept) == len(naive)
        assert {i for i in range(21) if keys(21)[i] in kept} == naive
        for i in naive:
            assert kept.nearest(vectors[[i]], 0.99)[0][0] == keys(21)[i]
        assert {key for key, _ in kept.nearest(vectors, -1, groups=[1])} == {keys(21)[i] for i in naive if i % 3 == 1}


def test_of_equal_ones_the_likeness_is_equal_wherever_they_are() -> None:
    kept = KeptVectors(DIMENSIONS)
    one = some(1, 3)
    kept.add(keys(5000), np.repeat(one, 5000, axis=0), [0] * 5000)
    assert {likeness for _, likeness in kept.nearest(one, 0.5)} == {1.0}


def test_a_vector_of_nothing_is_like_nothing() -> None:
    kept = KeptVectors(DIMENSIONS)
    assert kept.nearest(some(1, 1), 0) == []
    kept.add([b"a"], np.zeros((1, DIMENSIONS), np.float32), [0])
    assert kept.nearest(some(1, 1), 0.1) == []

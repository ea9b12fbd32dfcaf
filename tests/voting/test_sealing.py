"""The inner envelope."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.sealing import CannotOpen, lock, new_keys, open_box, seal, unlock

OPTIONS = ["1", "2", "3", "10"]
PUBLIC, OPENING = new_keys()


@given(st.sets(st.sampled_from(OPTIONS)))
def test_what_is_sealed_is_opened_again(choices: set[str]) -> None:
    assert set(open_box(OPENING, seal(PUBLIC, choices, OPTIONS))) == choices


@given(st.sets(st.sampled_from(OPTIONS)), st.sets(st.sampled_from(OPTIONS)))
def test_boxes_tell_nothing_by_size_and_the_same_choice_looks_different(one: set[str], other: set[str]) -> None:
    assert len(seal(PUBLIC, one, OPTIONS)) == len(seal(PUBLIC, other, OPTIONS))
    assert seal(PUBLIC, one, OPTIONS) != seal(PUBLIC, one, OPTIONS)


def test_another_key_and_a_changed_box_open_nothing() -> None:
    box = seal(PUBLIC, ["1"], OPTIONS)
    with pytest.raises(CannotOpen):
        open_box(new_keys()[1], box)
    with pytest.raises(CannotOpen):
        open_box(OPENING, box[:-1] + bytes([box[-1] ^ 1]))


def test_the_opening_key_is_locked_with_the_installations_secret() -> None:
    locked = lock(OPENING, "secret")
    assert OPENING not in locked
    assert unlock(locked, "secret") == OPENING
    with pytest.raises(CannotOpen):
        unlock(locked, "another secret")

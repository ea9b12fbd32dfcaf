"""Codes that people type."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.code_format import ALPHABET, LENGTH, CodeMistyped, new_code, read_code, shown_code

codes = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(
    lambda body: next(body + c for c in ALPHABET if _fits(body + c))
)


def _fits(code: str) -> bool:
    try:
        return read_code(code) == code
    except CodeMistyped:
        return False


def test_a_new_code_is_read_back_and_looks_like_three_groups_of_four() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert shown_code(read_code(code)) == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(code: str, place: int, wrong: str) -> None:
    changed = code[:place] + wrong + code[place + 1 :]
    if changed != code:
        with pytest.raises(CodeMistyped):
            read_code(changed)


@given(codes, st.integers(0, LENGTH - 2), st.integers(1, LENGTH - 1))
def test_every_swap_of_two_different_characters_is_noticed(code: str, first: int, distance: int) -> None:
    second = min(first + distance, LENGTH - 1)
    signs = list(code)
    signs[first], signs[second] = signs[second], signs[first]
    if signs != list(code):
        with pytest.raises(CodeMistyped):
            read_code("".join(signs))


@given(codes)
def test_small_letters_spaces_and_arabic_digits_are_the_same_code(code: str) -> None:
    typed = shown_code(code).lower().replace("-", " ").translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩"))
    assert read_code(f"  {typed} ") == code


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_as_a_typing_mistake(typed: str) -> None:
    with suppress(CodeMistyped):
        assert len(read_code(typed)) == LENGTH

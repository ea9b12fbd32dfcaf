"""Pieces of one contribution stay one passage unless they clearly speak of different things."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.insight import Analysis, Vectors
from app.insight.joining import AT_MOST, join
from app.insight.passages import Piece

Analysed = Callable[[Sequence[str]], Analysis]


def about(*types: int) -> Vectors:
    """Pieces that are each surely about one of three types; -1 for one that says little."""
    rows = [[1 / 3] * 3 if kind < 0 else [0.9 if i == kind else 0.05 for i in range(3)] for kind in types]
    return np.array(rows, np.float32)


PIECES = [Piece(0, 40, True), Piece(41, 80, False), Piece(81, 120, False)]


def test_what_says_little_stays_with_what_was_said_before() -> None:
    assert join(PIECES, about(0, -1, 0)) == [[0, 1, 2]]


def test_two_things_said_in_one_contribution_are_two_passages() -> None:
    assert join(PIECES, about(0, 0, 1)) == [[0, 1], [2]]
    assert join(PIECES, about(0, 1, 0)) == [[0], [1], [2]]


def test_a_new_line_begins_a_new_passage_whatever_it_is_about() -> None:
    pieces = [Piece(0, 40, True), Piece(41, 80, True), Piece(81, 120, False)]
    assert join(pieces, about(0, 0, 0)) == [[0], [1, 2]]


@given(st.lists(st.tuples(st.integers(1, 900), st.integers(-1, 2)), max_size=30))
def test_every_piece_is_in_one_passage_in_order_and_none_grows_without_end(drawn: list[tuple[int, int]]) -> None:
    pieces, at = [], 0
    for length, _ in drawn:
        pieces.append(Piece(at, at + length, is_new=False))
        at += length + 1
    groups = join(pieces, about(*(kind for _, kind in drawn)) if drawn else np.empty((0, 3), np.float32))
    assert [i for group in groups for i in group] == list(range(len(drawn)))
    for group in groups:
        assert len(group) == 1 or pieces[group[-1]].end - pieces[group[0]].start <= AT_MOST


def test_a_lift_and_mould_are_two_passages_and_one_story_is_one(analysed: Analysed) -> None:
    two = analysed(["De lift is al weken kapot. De slaapkamer zit vol schimmel en alles is vochtig."])
    assert len(two.passages) == 2
    one = analysed(["De lift is al weken kapot. Ik woon op acht hoog. Niemand doet er iets aan!"])
    assert len(one.passages) == 1


def test_danger_in_one_sentence_makes_the_passage_urgent(analysed: Analysed) -> None:
    said = "Mooie straat hoor. De buren zijn aardig en er is veel groen. Mijn man slaat mij. Verder is het hier fijn."
    assert any(passage.urgent for passage in analysed([said]).passages)

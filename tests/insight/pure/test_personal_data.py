"""What is promised about personal data holds on labelled passages (docs/decisions/insight.md, "Personal data")."""

from __future__ import annotations

import re
from functools import cache

import pytest
from stdnum import iban
from stdnum.nl import bsn

from tools.measure_redaction import Outcome, Piece, labelled, outcome, score, untouched

SURE = ("email", "iban", "phone", "bsn", "postcode", "number_plate")


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(outcome(passage, passage.language) for passage in labelled())


def test_the_labelled_passages_are_what_they_say() -> None:
    passages = labelled()
    assert len(passages) >= 320
    assert sum(not passage.pieces for passage in passages) >= 120
    assert {passage.part for passage in passages} == {"dev", "test", "fresh"}
    for passage in passages:
        assert "⟦" not in passage.text
        for piece in passage.pieces:
            digits = "".join(str(int(c)) if c.isdecimal() else c for c in passage.text[piece.start : piece.end])
            if piece.kind == "bsn":
                assert bsn.is_valid(digits), passage.id
            if piece.kind == "iban":
                assert iban.is_valid(digits, check_country=False), passage.id
        unmarked = list(passage.text)
        for piece in passage.pieces:
            unmarked[piece.start : piece.end] = "#" * (piece.end - piece.start)
        assert not any(bsn.is_valid(number) for number in re.findall(r"\b\d{9}\b", "".join(unmarked))), passage.id


@pytest.mark.parametrize("kind", SURE)
def test_what_can_be_told_by_its_shape_is_taken_out(kind: str) -> None:
    assert score(outcomes(), lambda _, piece: piece.kind == kind).recall == 1.0


@pytest.mark.parametrize(
    ("languages", "recall", "precision"),
    [(("nl",), 0.95, 0.95), (("en",), 0.90, 0.95), (("ar", "tr", "pl", "uk", "fr", "de"), 0.95, 0.95)],
)
def test_names_are_taken_out_and_little_else(languages: tuple[str, ...], recall: float, precision: float) -> None:
    def is_counted(one: Outcome, piece: Piece) -> bool:
        return piece.kind == "name" and one.passage.language in languages

    found = score(outcomes(), is_counted)
    assert found.recall >= recall
    assert found.precision >= precision


def test_house_numbers_are_taken_out() -> None:
    assert score(outcomes(), lambda _, piece: piece.kind == "house_number").recall >= 0.95


def test_what_only_looks_personal_stays() -> None:
    left, clean = untouched(outcomes())
    assert left >= 0.97 * clean
    assert score(outcomes()).precision >= 0.97


def test_a_piece_that_is_partly_left_counts_as_missed() -> None:
    passage = next(one for one in labelled() if len(one.pieces) == 1)
    (piece,) = passage.pieces
    half = Outcome(passage, (Piece(piece.start, piece.end - 1, piece.kind),))
    assert half.found(piece) == "partly"
    assert score([half]).recall == 0.0
    more = Outcome(passage, (Piece(0, len(passage.text), piece.kind),))
    assert more.found(piece) == "whole"
    assert score([more]).precision == 0.0

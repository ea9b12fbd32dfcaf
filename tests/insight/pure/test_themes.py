"""Which themes a passage is about, and how a coordinator's corrections change that at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight import THEMES, Statement, Taught, default_encoder, learnt_for, read, vector_of
from app.insight.learnt import unit
from app.insight.themes import ALSO, SURE, ThemeFinder, starting_point, starting_sentences
from app.places.framework import THEME_IDS
from tools.quality import texts

LOCKERS = "De kluisjes bij het zwembad zijn altijd bezet"


def taught(*said: tuple[str, str | None]) -> Taught:
    vectors = np.stack([vector_of(text, "nl") for text, _ in said])
    return Taught(vectors, tuple(text for text, _ in said), tuple(theme for _, theme in said))


def found(text: str, *said: tuple[str, str | None]) -> dict[str, float]:
    corrected = taught(*said) if said else None
    (passage,) = read([Statement("1", text, "nl")], default_encoder(), corrected).passages
    return dict(passage.themes)


def test_the_file_has_enough_to_start_from_for_every_theme_of_the_framework() -> None:
    assert set(THEMES) == set(THEME_IDS)
    sentences = starting_sentences()
    for theme in (*THEMES, None):
        assert len({text for text, of in sentences if of == theme}) >= 9
    measured = {one.text.casefold() for one in (*texts.field(1), *texts.feelings(), *texts.urgent())}
    assert not measured.intersection(text.casefold() for text, _ in sentences)


def test_a_sentence_of_the_file_gets_its_theme() -> None:
    learnt = learnt_for(default_encoder())
    start = starting_point(default_encoder(), learnt)
    scores = ThemeFinder(learnt, start).shares(start.vectors, start.texts)
    right = [THEMES[row.argmax()] == theme for row, theme in zip(scores, start.themes, strict=True) if theme]
    assert sum(right) / len(right) > 0.7


def test_a_passage_can_have_several_themes_and_the_first_is_its_theme() -> None:
    (passage,) = read([Statement("1", LOCKERS, "nl")], default_encoder(), taught((LOCKERS, "youth"))).passages
    assert passage.theme == passage.themes[0][0] == "youth"
    assert passage.theme_score == passage.themes[0][1] >= SURE
    assert all(score >= ALSO for _, score in passage.themes)


@pytest.mark.parametrize("theme", THEMES)
def test_one_correction_is_enough_for_what_says_the_same(theme: str) -> None:
    assert next(iter(found(LOCKERS, (LOCKERS, theme)))) == theme
    assert next(iter(found("de kluisjes in het zwembad zijn steeds bezet", (LOCKERS, theme)))) == theme


def test_none_of_the_themes_is_learnt_as_well() -> None:
    text = "Bij ons zit de hele badkamermuur vol schimmel"
    assert "housing" in found(text)
    assert found(text, (text, None)) == {}


def test_what_is_like_nothing_corrected_keeps_its_theme() -> None:
    text = "De huisarts neemt geen nieuwe patiënten aan"
    assert next(iter(found(text))) == next(iter(found(text, (LOCKERS, "voice")))) == "health"


def test_corrections_in_another_order_teach_the_same() -> None:
    said = [(LOCKERS, "youth"), ("De bus rijdt niet meer", "public_space"), ("Ik ken hier niemand", "social")]
    assert found(LOCKERS, *said) == found(LOCKERS, *reversed(said))


def test_a_text_without_words_has_no_theme() -> None:
    (passage,) = read([Statement("1", "12345", "nl")], default_encoder()).passages
    assert (passage.theme, passage.themes) == (None, ())


said_of = st.lists(st.tuples(st.integers(0, 50), st.sampled_from([*THEMES, None])), max_size=8)


@given(said_of, st.integers(0, 50))
def test_scores_are_shares_and_the_nearest_rule_is_solved_exactly(
    said: list[tuple[int, str | None]], asked: int
) -> None:
    learnt = learnt_for(default_encoder())
    size = default_encoder().dimensions

    def vector(seed: int) -> np.ndarray:
        return unit(np.random.default_rng(seed).normal(size=(1, size)).astype(np.float32))[0]

    corrections = None
    if said:
        corrections = Taught(np.stack([vector(i) for i, _ in said]), ("",) * len(said), tuple(t for _, t in said))
    (scores,) = ThemeFinder(learnt, corrections=corrections).shares(vector(asked)[None], [""])
    assert (scores >= 0).all()
    assert scores.sum() <= 1.001
    # by hand: what is left to explain, pulled towards each correction by how alike it is
    plain = ThemeFinder(learnt)
    expected = plain.shares(vector(asked)[None], [""])[0].astype(float)
    if said:
        near = unit(np.stack([vector(i) for i, _ in said]) @ learnt.sameness)
        here = unit(vector(asked)[None] @ learnt.sameness)
        left = np.array([[float(t == theme) for theme in THEMES] for _, t in said])
        left -= plain.shares(np.stack([vector(i) for i, _ in said]), [""] * len(said))
        pull = np.linalg.inv(np.exp(2 * (near @ near.T - 1)) + 0.5 * np.eye(len(said))) @ left
        expected = np.clip(expected + (np.exp(2 * (here @ near.T - 1)) @ pull)[0], 0, 1)
    assert scores == pytest.approx(expected / max(expected.sum(), 1), abs=0.003)

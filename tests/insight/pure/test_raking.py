"""Weighting to several margins at once, against a loop over single people that anyone can check by hand."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.insight.raking import CannotWeight, Cell, Margin, Raked, Reason, Why, rake

AGE = Margin("age", {"young": 300, "middle": 500, "old": 200})
LANGUAGE = Margin("language", {"nl": 70, "tr": 30})
ANSWERED: dict[Cell, int] = {
    ("young", "nl"): 12,
    ("young", "tr"): 6,
    ("middle", "nl"): 60,
    ("middle", "tr"): 9,
    ("old", "nl"): 30,
    ("old", "tr"): 3,
}


def one_by_one(counts: dict[Cell, int], margins: list[Margin], rounds: int = 2000) -> dict[Cell, float]:
    """The same fitting without arrays or cells: every person has a weight of their own."""
    people = [cell for cell, number in counts.items() for _person in range(number)]
    weights = [1.0] * len(people)
    for _round in range(rounds):
        for at, margin in enumerate(margins):
            known = sum(person[at] is not None for person in people)
            whole = sum(margin.population.values())
            now: dict[str | None, float] = {}
            for person, weight in zip(people, weights, strict=True):
                now[person[at]] = now.get(person[at], 0.0) + weight
            wanted: dict[str | None, float] = {g: known * n / whole for g, n in margin.population.items()}
            wanted[None] = len(people) - known
            weights = [w * wanted[p[at]] / now[p[at]] for p, w in zip(people, weights, strict=True)]
    return dict(zip(people, weights, strict=True))


def weighted(raked: Raked, counts: dict[Cell, int], at: int) -> dict[str | None, float]:
    found: dict[str | None, float] = {}
    for cell, weight in raked.weights.items():
        found[cell[at]] = found.get(cell[at], 0.0) + weight * counts[cell]
    return found


@st.composite
def surveys(draw: st.DrawFn) -> tuple[dict[Cell, int], list[Margin]]:
    """Answers in two or three margins, at least one of each combination, and a population of any shape."""
    sizes = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    margins = [
        Margin(f"m{at}", {f"{at}{g}": draw(st.integers(20, 400)) for g in range(size)})
        for at, size in enumerate(sizes)
    ]
    cells: list[Cell] = [()]
    for margin in margins:
        cells = [(*cell, group) for cell in cells for group in margin.population]
    return {cell: draw(st.integers(1, 12)) for cell in cells}, margins


@given(surveys())
def test_the_weights_are_those_of_the_loop_over_people(case: tuple[dict[Cell, int], list[Margin]]) -> None:
    counts, margins = case
    by_hand = one_by_one(counts, margins, rounds=150)
    raked = rake(counts, margins, cap=1e9)
    assert all(isclose(raked.weights[cell], weight, rel_tol=1e-3, abs_tol=1e-4) for cell, weight in by_hand.items())


@given(surveys())
def test_every_margin_is_right_and_no_weight_is_zero(case: tuple[dict[Cell, int], list[Margin]]) -> None:
    counts, margins = case
    raked = rake(counts, margins, cap=1e9)
    for at, margin in enumerate(margins):
        whole = sum(margin.population.values())
        for group, people in weighted(raked, counts, at).items():
            assert isclose(people / raked.people, margin.population[str(group)] / whole, abs_tol=2e-6)
    assert min(raked.weights.values()) > 0
    assert raked.effective <= raked.people * (1 + 1e-9)
    assert isclose(sum(raked.weights[cell] * number for cell, number in counts.items()), raked.people)
    assert raked.gap <= 1e-6


@given(surveys(), st.integers(2, 9), st.floats(0.01, 100))
def test_only_proportions_count(case: tuple[dict[Cell, int], list[Margin]], times: int, scale: float) -> None:
    counts, margins = case
    first = rake(counts, margins)
    scaled = [Margin(m.dimension, {g: n * scale for g, n in m.population.items()}) for m in margins]
    second = rake({cell: number * times for cell, number in counts.items()}, scaled)
    assert all(isclose(second.weights[c], w, rel_tol=1e-4, abs_tol=1e-5) for c, w in first.weights.items())
    assert isclose(second.effective, first.effective * times, rel_tol=1e-4)


@given(surveys())
def test_the_order_of_the_margins_does_not_matter(case: tuple[dict[Cell, int], list[Margin]]) -> None:
    counts, margins = case
    there = rake(counts, margins, cap=1e9)
    back = rake({cell[::-1]: number for cell, number in counts.items()}, margins[::-1], cap=1e9)
    assert all(isclose(back.weights[cell[::-1]], w, rel_tol=1e-3, abs_tol=1e-4) for cell, w in there.weights.items())


@given(surveys(), st.floats(1.1, 4))
def test_no_weight_passes_the_cap_and_what_that_costs_is_told(
    case: tuple[dict[Cell, int], list[Margin]], cap: float
) -> None:
    counts, margins = case
    raked = rake(counts, margins, cap=cap)
    assert raked.largest <= cap * (1 + 1e-5)
    assert raked.largest == max(raked.weights.values())
    assert isclose(sum(raked.weights[cell] * number for cell, number in counts.items()), raked.people, rel_tol=1e-6)
    seen = max(
        abs(people / raked.people - margin.population[str(group)] / sum(margin.population.values()))
        for at, margin in enumerate(margins)
        for group, people in weighted(raked, counts, at).items()
    )
    assert isclose(raked.gap, seen, abs_tol=1e-9)
    if rake(counts, margins, cap=1e9).largest <= cap:
        assert raked.cut == 0
    assert raked.effective <= raked.people * (1 + 1e-9)


def test_one_margin_is_plain_post_stratification() -> None:
    raked = rake({("nl",): 90, ("tr",): 10}, [LANGUAGE])
    assert isclose(raked.weights["nl",], 70 / 90)
    assert isclose(raked.weights["tr",], 3)
    assert isclose(raked.effective, 100**2 / (90 * (70 / 90) ** 2 + 10 * 9))


def test_equal_weights_lose_nothing() -> None:
    raked = rake({("nl",): 70, ("tr",): 30}, [LANGUAGE])
    assert set(raked.weights.values()) == {1.0}
    assert (raked.effective, raked.largest, raked.cut, raked.sweeps) == (100, 1, 0, 0)
    assert rake({(): 12}, []).effective == 12


def test_who_did_not_say_keeps_their_share() -> None:
    counts: dict[Cell, int] = {**ANSWERED, (None, "nl"): 20, ("old", None): 4, (None, None): 6}
    raked = rake(counts, [AGE, LANGUAGE])
    by_hand = one_by_one(counts, [AGE, LANGUAGE])
    assert all(isclose(raked.weights[cell], weight, rel_tol=1e-3) for cell, weight in by_hand.items())
    assert isclose(weighted(raked, counts, 0)[None], 26, abs_tol=1e-3)
    assert isclose(weighted(raked, counts, 1)[None], 10, abs_tol=1e-3)


def test_a_group_that_did_not_answer_cannot_be_spoken_for() -> None:
    with pytest.raises(CannotWeight) as refused:
        rake({("young", "nl"): 10, ("middle", "nl"): 40}, [AGE, LANGUAGE])
    assert refused.value.reasons == (Reason(Why.NOBODY, "age", "old"), Reason(Why.NOBODY, "language", "tr"))
    assert str(refused.value) == "nobody age old; nobody language tr"


def test_too_few_may_not_speak_for_many() -> None:
    with pytest.raises(CannotWeight) as refused:
        rake({("nl",): 90, ("tr",): 4}, [LANGUAGE], least=5)
    assert refused.value.reasons == (Reason(Why.TOO_FEW, "language", "tr"),)
    assert rake({("nl",): 90, ("tr",): 5}, [LANGUAGE], least=5).people == 95


def test_a_group_that_nobody_belongs_to_needs_no_answers_but_may_not_have_them() -> None:
    table = Margin("language", {"nl": 70, "tr": 30, "pl": 0})
    assert len(rake({("nl",): 90, ("tr",): 9}, [table]).weights) == 2
    for stranger in ("pl", "uk"):
        with pytest.raises(CannotWeight) as refused:
            rake({("nl",): 90, ("tr",): 9, (stranger,): 2}, [table])
        assert refused.value.reasons == (Reason(Why.NOT_IN_TABLE, "language", stranger),)


def test_margins_that_no_weights_fit_are_refused() -> None:
    """All young people speak Dutch here, and no others do; but the tables want as many young people as Turkish."""
    with pytest.raises(CannotWeight) as refused:
        rake({("young", "nl"): 30, ("old", "tr"): 30}, [Margin("age", {"young": 5, "old": 5}), LANGUAGE])
    assert refused.value.reasons == (Reason(Why.CONTRADICTION),)


def test_nobody_and_a_cap_that_leaves_nothing() -> None:
    with pytest.raises(CannotWeight) as refused:
        rake({("nl",): 0}, [LANGUAGE])
    assert refused.value.reasons == (Reason(Why.NO_ANSWERS),)
    with pytest.raises(ValueError, match="cap"):
        rake({("nl",): 9}, [LANGUAGE], cap=1)


@given(surveys())
def test_weights_are_the_same_each_time(case: tuple[dict[Cell, int], list[Margin]]) -> None:
    counts, margins = case
    assume(len(margins) > 1)
    assert rake(counts, margins) == rake(counts, margins)

"""Who is heard beside who lives there: shares, intervals that hold together, and silence where little is known."""

from __future__ import annotations

import random
from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.insight.representation import Comparison, Group, Verdict, base, compare, share_among

AGES = {"age_15_24": 700, "age_25_44": 1400, "age_45_64": 1100, "age_65_plus": 850}
CHI_SQUARE_95 = {1: 3.841, 2: 5.024, 4: 6.239, 5: 6.635, 10: 7.879}
"""The value that chi-square with 1 degree of freedom passes with a chance of 0.05 / k (printed tables)."""


def named(found: Comparison, name: str) -> Group:
    return next(group for group in found.groups if group.id == name)


def test_a_share_stands_beside_that_of_the_population_with_its_interval() -> None:
    found = compare("age", {"age_15_24": 20, "age_25_44": 90, "age_45_64": 78, "age_65_plus": 12}, AGES)
    old = named(found, "age_65_plus")
    assert (found.spoke, found.lives, found.left_out) == (200, 4050, 0)
    assert (old.spoke, old.share) == (12, 0.06)
    assert round(old.population_share, 3) == 0.21
    assert old.difference is not None
    assert round(old.difference, 3) == -0.15
    assert old.interval is not None
    assert (round(old.interval.low, 3), round(old.interval.high, 3)) == (0.03, 0.117)  # by hand, with 6.239
    assert old.verdict is Verdict.LESS
    assert named(found, "age_45_64").verdict is Verdict.MORE
    assert named(found, "age_25_44").verdict is Verdict.MORE
    assert [group.id for group in found.missing] == ["age_65_plus", "age_15_24"]


def test_who_is_hardly_heard_comes_first() -> None:
    found = compare("age", {"age_15_24": 60, "age_25_44": 300, "age_45_64": 240, "age_65_plus": 0}, AGES)
    assert [group.id for group in found.missing] == ["age_65_plus", "age_15_24"]
    assert named(found, "age_65_plus").verdict is Verdict.HARDLY
    assert named(found, "age_65_plus").spoke == 0


def test_how_many_more_would_make_it_even() -> None:
    found = compare("gender", {"men": 30, "women": 90}, {"men": 500, "women": 500})
    assert (named(found, "men").wanted, named(found, "women").wanted) == (60, 0)
    even = compare("gender", {"men": 90, "women": 90}, {"men": 500, "women": 500})
    assert all(group.verdict is Verdict.NO_DIFFERENCE and group.wanted == 0 for group in even.groups)


@pytest.mark.parametrize("groups", CHI_SQUARE_95)
@given(people=st.integers(0, 400), more=st.integers(0, 400))
def test_the_interval_holds_the_shares_that_a_score_test_does_not_refuse(groups: int, people: int, more: int) -> None:
    """Wilson's and Goodman's interval is where (share - p)² / (p (1 - p) / n) stays below chi-square's value."""
    total = people + more
    assume(total > 0)
    interval = share_among(people, total, groups)
    refused = [
        p / 1000
        for p in range(1, 1000)
        if (people / total - p / 1000) ** 2 * total > CHI_SQUARE_95[groups] * (p / 1000) * (1 - p / 1000)
    ]
    inside = [p / 1000 for p in range(1, 1000) if interval.low <= p / 1000 <= interval.high]
    edge = 0.0011  # a value at the very edge may fall on either side
    assert all(abs(p - interval.low) < edge or abs(p - interval.high) < edge for p in set(refused) & set(inside))
    assert 0 <= interval.low <= people / total <= interval.high <= 1
    assert len(inside) + len(refused) >= 999 - 2


def test_all_intervals_hold_together_in_nineteen_of_twenty_samples() -> None:
    chance = random.Random(11)
    shares = {"nl": 55, "tr": 20, "ar": 15, "pl": 10}
    held = 0
    for _sample in range(600):
        drawn = chance.choices(list(shares), list(shares.values()), k=120)
        found = compare(
            "language", {name: drawn.count(name) for name in shares}, {n: s * 10 for n, s in shares.items()}
        )
        held += all(group.verdict is Verdict.NO_DIFFERENCE for group in found.groups)
    assert held / 600 > 0.93


@given(st.lists(st.integers(0, 60), min_size=2, max_size=7), st.integers(0, 12), st.data())
def test_numbers_from_one_to_four_are_hidden_and_nothing_said_depends_on_them(
    spoke: list[int], unknown: int, data: st.DataObject
) -> None:
    population = {f"g{i}": data.draw(st.integers(5, 900)) for i in range(len(spoke))}
    counts: dict[str | None, int] = {f"g{i}": people for i, people in enumerate(spoke)} | {None: unknown}
    found = compare("street", counts, population)
    shown = [group.spoke for group in found.groups]
    assert all(number is None or number == 0 or number >= 5 for number in [*shown, found.spoke, found.left_out])
    hidden = [place for place, number in enumerate(shown) if number is None]
    small = [place for place in hidden if spoke[place] < 5]
    assert all(found.groups[place].is_small for place in small)
    assert all(found.groups[place].share is None and found.groups[place].wanted is None for place in hidden)
    # Another sample with other hidden numbers and the same shown ones says exactly the same.
    if len(small) >= 2:
        first, second = small[:2]
        if spoke[first] < 4 and spoke[second] > 1:
            other = dict(counts)
            other[f"g{first}"] += 1
            other[f"g{second}"] -= 1
            assert compare("street", other, population) == found


def test_a_hidden_group_is_still_told_to_be_missing_when_that_is_sure() -> None:
    found = compare("age", {"age_15_24": 40, "age_25_44": 90, "age_45_64": 68, "age_65_plus": 2}, AGES)
    old = named(found, "age_65_plus")
    assert (old.spoke, old.share, old.is_small) == (None, None, True)
    assert old.verdict is Verdict.HARDLY
    assert old.interval is not None
    assert old.interval.low == share_among(1, 200, 4).low  # as wide as 1 to 4 people leave it
    assert old.interval.high == share_among(4, 200, 4).high
    hides_with_it = named(found, "age_15_24")
    assert (hides_with_it.spoke, hides_with_it.is_small) == (None, False)


@pytest.mark.parametrize("people", [0, 3, 9])
def test_below_ten_nothing_is_concluded(people: int) -> None:
    found = compare("gender", {"men": people, "women": 0}, {"men": 500, "women": 500})
    assert not found.concludes
    assert found.missing == ()
    assert all(group.share is None and group.interval is None for group in found.groups)
    assert compare("gender", {"men": 10}, {"men": 500, "women": 500}).concludes


def test_what_is_not_in_the_table_is_other_where_there_is_an_other_and_else_left_out() -> None:
    spoke = {"nl": 40, "de": 12, "uk": 9, None: 6}
    with_other = compare("language", spoke, {"nl": 900, "other": 100})
    assert {group.id: group.spoke for group in with_other.groups} == {"nl": 40, "other": 21}
    assert with_other.left_out == 6
    without = compare("language", spoke, {"nl": 900, "tr": 100})
    assert {group.id: group.spoke for group in without.groups} == {"nl": 40, "tr": 0}
    assert without.left_out == 27


def test_who_could_not_answer_is_no_part_of_the_comparison_and_is_named() -> None:
    ages = {"age_0_14": 950, **AGES}
    found = compare("age", dict.fromkeys(AGES, 30), ages, offered=list(AGES))
    assert found.not_asked == ("age_0_14",)
    assert found.lives == sum(AGES.values())
    assert isclose(sum(group.population_share for group in found.groups), 1)


def test_a_language_that_is_no_answer_counts_with_other() -> None:
    assert base({"nl": 500, "uk": 60, "other": 40}, ["nl", "other"]) == {"nl": 500, "other": 100}
    assert compare("language", {"nl": 30}, {"nl": 500, "uk": 60}, ["nl", "other"]).not_asked == ()


def test_with_one_group_there_is_nothing_to_compare() -> None:
    assert compare("language", {"nl": 50}, {"nl": 900}).groups == ()
    assert compare("language", {"nl": 50}, {}).groups == ()
    assert compare("language", {}, {"nl": 900, "tr": 0}).groups == ()

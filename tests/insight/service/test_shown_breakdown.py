"""No part of a total that is too small can be seen or worked out."""

from hypothesis import given
from hypothesis import strategies as st

from app.insight.shown_breakdown import ShownBreakdown, shown_breakdown


def test_large_parts_are_shown_largest_first():
    assert shown_breakdown({"nl": 9, "ar": 12}, 5) == ShownBreakdown((("ar", 12), ("nl", 9)), 0)


def test_small_parts_are_put_together():
    assert shown_breakdown({"nl": 9, "ar": 3, "tr": 4}, 5) == ShownBreakdown((("nl", 9),), 7)


def test_one_small_part_takes_the_next_with_it_so_that_it_cannot_be_subtracted():
    assert shown_breakdown({"nl": 9, "tr": 8, "ar": 1}, 5) == ShownBreakdown((("nl", 9),), 9)


def test_a_total_that_is_too_small_shows_nothing():
    assert shown_breakdown({"nl": 3}, 5) == ShownBreakdown((), None)


def test_nobody_is_nothing_to_hide():
    assert shown_breakdown({"nl": 0}, 5) == ShownBreakdown((), 0)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30)))
def test_who_knows_the_total_cannot_find_a_small_part(counts):
    shown = shown_breakdown(counts, 5)
    total = sum(counts.values())
    named = dict(shown.parts)
    hidden = {key: n for key, n in counts.items() if n and key not in named}
    assert all(n >= 5 and counts[key] == n for key, n in named.items())
    if shown.together is not None:
        assert sum(named.values()) + shown.together == total
    by_subtraction = total - sum(named.values())
    assert by_subtraction == 0 or by_subtraction >= 5 or total < 5
    if len(hidden) == 1 and total >= 5:
        assert min(hidden.values()) >= 5

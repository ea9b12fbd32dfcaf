"""Wilson's interval, against another way of working it out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from app.common.share_interval import share_interval
from app.insight.summary.intervals import apart

shares = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(shares)
def test_it_is_what_scipy_says(share):
    expected = binomtest(*share).proportion_ci(method="wilson")
    assert share_interval(*share) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(shares)
def test_the_share_lies_in_it(share):
    low, high = share_interval(*share)
    assert 0 <= low <= share[0] / share[1] <= high <= 1


@pytest.mark.parametrize("share", [(0, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match="no share"):
        share_interval(*share)


def test_intervals_that_touch_are_not_apart():
    assert apart((0.1, 0.2), (0.3, 0.4))
    assert apart((0.3, 0.4), (0.1, 0.2))
    assert not apart((0.1, 0.3), (0.3, 0.4))
    assert not apart((0.1, 0.9), (0.3, 0.4))

"""Shares, their intervals, and places in a distribution."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.checkers.interval import Share, quantile


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_is_the_one_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval() == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_in_its_interval_and_the_bound_of_ninety_percent_above_the_lower_end(
    pair: tuple[int, int],
) -> None:
    share = Share(*pair)
    low, high = share.interval()
    assert 0.0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1.0
    assert share.lower() >= low - 1e-12


def test_nothing_counted_says_so_and_bounds_nothing() -> None:
    assert str(Share(0, 0)) == "none"
    assert Share(0, 0).interval() == (0.0, 1.0)
    assert str(Share(1, 4)).startswith("1/4 = 25.0 % [")


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([], 0.5, 0.0),
        ([3.0], 0.99, 3.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([float(n) for n in range(1, 101)], 0.99, 99.0),
    ],
)
def test_a_quantile_is_a_value_that_was_measured(values: list[float], share: float, found: float) -> None:
    assert quantile(values, share) == found

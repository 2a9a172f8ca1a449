"""The calculator of the adjudications: exact, and closed to everything that is no number."""

from __future__ import annotations

import pytest

from benchmarks.checkers.adjudication import PLACE, lines
from benchmarks.checkers.recompute import BadExpression, is_so


@pytest.mark.parametrize(
    ("expression", "so"),
    [
        ("1 + 11 + 132 == 145", False),
        ("1 + 11 + 132 == 144", True),
        ("(1/3) * 3 == 1", True),
        ("1/10 + 2/10 == 3/10", True),
        ("-2**2 == -4", True),
        ("2**-1 == 1/2", True),
        ("5/8 < 4/7", False),
        ("1 < 2 <= 2 != 3", True),
        ("abs(2 - 5) == 3", True),
        ("factorial(5) == 120", True),
        ("sqrt(2) * sqrt(2) == 2", True),
        ("sqrt(2) < 1415/1000", True),
        ("2 * pi > 6", True),
    ],
)
def test_a_comparison_of_numbers_is_exact(expression: str, so: bool) -> None:
    assert is_so(expression) is so


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "1 + 1",
        "1 +",
        "x == 1",
        "0.1 == 1/10",
        "True == 1",
        "'1' == '1'",
        "1 / 0 == 1",
        "2**(10**9) == 1",
        "factorial(10**9) == 1",
        "__import__('os').getcwd() == 1",
        "open('x') == 1",
        "[1 for a in (1,)] == 1",
        "1 in 2",
        "1 == " + "1 + " * 1_000 + "1",
    ],
)
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(BadExpression):
        is_so(expression)


def test_no_adjudication_contradicts_its_own_calculation() -> None:
    assert {line.key: line.fault() for line in lines(PLACE) if line.fault()} == {}

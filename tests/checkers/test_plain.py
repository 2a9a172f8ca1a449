"""The short way through plain arithmetic says what the exact tier says, or nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.decide.decision import Bounds, TooLarge, Undefined, Unsupported
from checkers.decide.exact import Exact
from checkers.decide.plain import MAX_BITS, plain_value
from checkers.decide.survey import survey
from checkers.formula.read import read
from checkers.formula.tree import Node, Unreadable
from checkers.limits import Work

NUMBERS = (
    st.integers(0, 99).map(str) | st.decimals(0, 99, places=2).map(str) | st.integers(1, 99).map(lambda n: f"{n}%")
)
FORMULAS = st.recursive(
    NUMBERS,
    lambda inside: st.tuples(inside, st.sampled_from([" + ", " - ", " * ", " / ", "^"]), inside).map(
        lambda parts: f"({parts[0]}){parts[1]}({parts[2]})"
    ),
    max_leaves=12,
)


def _read(text: str) -> Node:
    node = read(text)
    assert not isinstance(node, Unreadable)
    return node


@given(FORMULAS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_what_it_says_is_the_exact_value(text: str) -> None:
    node = _read(text)
    value = plain_value(node)
    if value is None:
        return

    assert value == Exact({}, Work(10_000), bits=8_192, below=survey(node, node, Bounds()).below).value(node)
    assert value.numerator.bit_length() <= MAX_BITS


@given(FORMULAS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_it_is_silent_only_about_what_is_large_or_has_no_value(text: str) -> None:
    node = _read(text)
    if plain_value(node) is not None:
        return
    try:
        value = Exact({}, Work(10_000), bits=8_192, below=survey(node, node, Bounds()).below).value(node)
    except (Undefined, Unsupported, TooLarge):
        return

    assert max(value.numerator.bit_length(), value.denominator.bit_length()) > 16 or "^" in text


@pytest.mark.parametrize("text", ["5/0", "0^0", "2^(1/2)", "x + 1", "\\sqrt{4}", "15 \\frac{1}{36}", "2^9^9", "9^999"])
def test_what_is_more_than_plain_is_left_to_others(text: str) -> None:
    node = read(text)
    assert isinstance(node, Unreadable) or plain_value(node) is None


def test_brackets_beyond_bound_are_left_to_others() -> None:
    assert plain_value(_read("(" * 38 + "1" + ")" * 38)) == Fraction(1)
    assert isinstance(read("(" * 60 + "1" + ")" * 60), Unreadable)

"""Formulas that are found in prose."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.formula.prose import formulas_in
from checkers.formula.tree import Unreadable
from tests.checkers.test_reader import FORMULAS, MATHS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So we get 2 + 3 = 5 apples.", ["2 + 3 = 5"]),
        ("We know that $x^2 = 4$, so $x = 2$ or $x = -2$.", ["x^2 = 4", "x = 2", "x = -2"]),
        ("- \\(7^1 = 7\\)\n- \\(7^2 = 49\\)", ["7^1 = 7", "7^2 = 49"]),
        ("Then x = 3, y = 4.", ["x = 3", "y = 4"]),
        ("(so 2 + 2 = 4)", ["2 + 2 = 4"]),
        ("speed = distance / time", ["speed = distance / time"]),
        ("10 &= 2 \\cdot 5 \\\\\n&= 10", ["10 &= 2 \\cdot 5 \\\\\n&= 10"]),
        ("x = 5 cm and y = 2", ["x = 5 cm", "y = 2"]),
        ("A_{total} = 0.7A_{BCDE}", ["A_{total} = 0.7A_{BCDE}"]),
        ("f(1, 2) = 3", ["f(1, 2) = 3"]),
        ("There is nothing here.", []),
        ("He has 5 apples, 3 pears.", []),
    ],
)
def test_a_formula_begins_and_ends_where_the_words_do(text: str, found: list[str]) -> None:
    spans = [text[slice(*formula.span)] for formula in formulas_in(text)]

    assert spans == found


def test_a_formula_that_was_cut_off_says_so() -> None:
    (formula,) = formulas_in("The area is = 5 + 2")

    assert isinstance(formula.node, Unreadable)
    assert formula.node.reason == "its left side stands elsewhere"


@given(parts=st.lists(MATHS | FORMULAS | st.sampled_from(["so", "we have", "\n", ". ", "$", "\\(", "\\)"]), max_size=6))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_any_prose_gives_spans_inside_it_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0

    for formula in formulas_in(text):
        assert end <= formula.span[0] < formula.span[1] <= len(text)
        end = formula.span[1]


@pytest.mark.parametrize("run", ["1=", "(", "&=", "\n", "$", "x = ", "- ", "\\\\ & ", "{=", "_{word"])
def test_a_long_text_costs_little(run: str) -> None:
    text = (run * 60_000)[:60_000]
    began = time.process_time()

    formulas_in(text)

    assert time.process_time() - began < 5

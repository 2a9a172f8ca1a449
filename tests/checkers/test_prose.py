"""Formulas that are found in prose."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.formula.prose import formulas_in
from checkers.formula.tree import Opaque, Unreadable, has
from checkers.formula.write import written
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
        ("12 * 2=<<12*2=24>>24 hours", ["12 * 2=<<12*2=24>>24 hours", "12*2=24"]),
        ("25*4=$<<25*4=100>>100 on food", ["25*4=$<<25*4=100>>100", "25*4=100"]),
        ("5 apples + 3 apples = 8 apples", ["5 apples + 3 apples = 8"]),
        ("$8/share * 5 shares = $40", ["$8/share * 5 shares = $40"]),
        ("100 yards / 10 yards/minute = 10 minutes", ["100 yards / 10 yards/minute = 10 minutes"]),
        ("ten years (40 - 30 = 10) long", ["40 - 30 = 10"]),
        ("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} = x", ["\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} = x"]),
        ("It is = about 0.5", ["It is = about 0.5"]),
        ("Bev > Cao", ["Bev > Cao"]),
        ("[asy]\nx = 3;\n[/asy]\nThus y = 4.", ["[asy]\nx = 3;\n[/asy]", "y = 4"]),
        ("[asy] so x = 3", ["x = 3"]),
        ("5 \\text{ if } x > 0", ["x > 0"]),
    ],
)
def test_a_formula_begins_and_ends_where_the_words_do(text: str, found: list[str]) -> None:
    spans = [text[slice(*formula.span)] for formula in formulas_in(text)]

    assert spans == found


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Area of the whole = 2 + 3 = 5", "[words] = 2 + 3 = 5"),
        ("This gives:\n\\[ = 1 + 1 = 2 \\]", "[words] = 1 + 1 = 2"),
        ("1 + 2 + \\dots + 9 = 45", "1 + 2 + [dots] + 9 = 45"),
        ("A = \\int_0^1 x dx = \\frac12", "A = [an integral] = (1 / 2)"),
        ("\\lim_{x \\to 0} f(x) = 2 + 1 = 3", "[a limit] = 2 + 1 = 3"),
        ("f'(x) = \\frac{d}{dx}(x^2) = 2x", "f'(x) = [a derivative] = 2 \\cdot x"),
        ("S = \\{x \\mid x > 0\\}", "S = [a set told by a condition]"),
        ("F = \\begin{cases} 1 & x > 2 \\\\ 3 & \\text{else} \\end{cases}", "F = [a case distinction]"),
        ("\\sum_{i < j} a_i = 4 = 2 + 2", "[a sum without clear bounds] = 4 = 2 + 2"),
        ("P(X = 2) = 1/4", "P([an event]) = 1 / 4"),
        ("P(\\text{both are red}) = 0.5", "P([an event]) = 0.5"),
        ("total - cost of food = 20", "total - [words] = 20"),
    ],
)
def test_what_is_not_looked_into_leaves_its_neighbours_readable(text: str, canonical: str) -> None:
    (formula,) = formulas_in(text)

    assert not isinstance(formula.node, Unreadable)
    assert written(formula.node) == canonical


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("She has 2 apples and + 3 = 5", ""),
        ("We cut 18 into - 6 = 12", ""),
        ("x = 5 - half of y", "said in words"),
        ("the sign < says so", ""),
        ("The sum of 3 and 17 = 20", "words belong"),
        ("2 boxes 3 eggs = 9", "words belong"),
        ("2 dozen * 3 = 72", ""),
    ],
)
def test_what_words_belong_to_is_not_read_as_if_they_were_not_there(text: str, reason: str) -> None:
    for formula in formulas_in(text):
        assert isinstance(formula.node, Unreadable) or has(formula.node, Opaque)
        assert not isinstance(formula.node, Unreadable) or reason in formula.node.reason


@given(parts=st.lists(MATHS | FORMULAS | st.sampled_from(["so", "we have", "\n", ". ", "$", "\\(", "\\)"]), max_size=6))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_any_prose_gives_spans_inside_it_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    start, end = 0, 0

    for formula in formulas_in(text):
        assert start <= formula.span[0] < formula.span[1] <= len(text)
        is_inside_of_the_one_before = formula.span[1] <= end
        assert is_inside_of_the_one_before or end <= formula.span[0]
        start, end = formula.span[0], max(end, formula.span[1])


@pytest.mark.parametrize(
    "run",
    [
        "[asy]",
        "(1=2)",
        "<<1=2>>",
        "words = ",
        "P(x=",
        "\\frac",
        "1 x ",
        "\\sum_{",
        "1=",
        "(",
        "&=",
        "\n",
        "$",
        "x = ",
        "- ",
        "\\\\ & ",
        "{=",
        "_{word",
    ],
)
def test_a_long_text_costs_little(run: str) -> None:
    text = (run * 60_000)[:60_000]
    began = time.process_time()

    formulas_in(text)

    assert time.process_time() - began < 5

"""What must hold of all pairs of answers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Verdict, final_answer, same_answer

SIGNS = r"""1 2 3 0 12 3.5 1,000 .5 1/2 x y a e i B (B) [ ] ( ) { } \{ \} , ; : . = < > \le \ne \in \cup \pm + - * / ^ !
% \% $ \$ £ cm m \text{ \text{and} and or \frac{1}{2} \frac \sqrt{2} \sqrt \pi \infty | \begin{pmatrix} \end{pmatrix} &
\\ \boxed{ } \boxed{5} ° ^\circ \mathbb{R} \setminus \emptyset _2 _ yes [Yes] answer is 2^{10} 9^9^9 \sum_{k=1}^{9}
\equiv eggs million ... #### Therefore"""
PIECES = st.sampled_from([*SIGNS.split(), " ", "\n"])
ANSWERS = st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=30)
DIGITS = st.text("0123456789", min_size=1, max_size=4)
MINUS = st.sampled_from(["", "-"])


@st.composite
def bare(draw: st.DrawFn) -> str:
    """A number as most answers are."""
    said = draw(MINUS) + draw(DIGITS | st.sampled_from(["1,000", "12,345", "1,234,567"]))
    said += draw(
        st.just("") | DIGITS.map(".{}".format) | DIGITS.filter(lambda under: bool(int(under))).map("/{}".format)
    )
    shapes = ["{}", " {} ", "{}.", "${}$"] if "/" in said else ["{}", "${}", "{}%", "{}\\%", "${}$", "{}."]
    return draw(st.sampled_from(shapes)).format(said)


@given(one=ANSWERS, other=ANSWERS)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_two_answers_are_the_same_both_ways_round(one: str, other: str) -> None:
    assert same_answer(one, other) is same_answer(other, one)


@given(one=ANSWERS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_an_answer_never_differs_from_itself(one: str) -> None:
    found = final_answer(one)

    assert same_answer(one, one) in (Verdict.HOLDS, Verdict.UNKNOWN)
    assert found is None or found in one


@given(one=bare(), other=bare())
@settings(max_examples=500, deadline=None, derandomize=True)
def test_the_way_of_bare_numbers_says_what_the_way_of_formulas_says(one: str, other: str) -> None:
    slow = same_answer(f"\\boxed{{{one}}}", f"\\boxed{{{other}}}")

    assert same_answer(one, other) is slow
    assert same_answer(one, f"\\boxed{{{other}}}") is slow


@given(
    above=st.integers(-999, 999),
    under=st.integers(1, 999),
    places=st.integers(0, 6),
    shift=st.integers(-2, 2),
)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_a_decimal_that_is_called_equal_is_the_value_rounded(above: int, under: int, places: int, shift: int) -> None:
    value = Fraction(above, under)
    decimal = Fraction(round(value * 10**places) + shift, 10**places)
    said = f"{'-' if decimal < 0 else ''}{abs(decimal.numerator * 10**places // decimal.denominator):0{places + 1}d}"
    written = f"{said[: len(said) - places]}.{said[len(said) - places :]}" if places else said
    found = same_answer(f"{above}/{under}", written)

    assert found is not Verdict.HOLDS or abs(value - decimal) * 10**places <= Fraction(1, 2)
    assert found is not Verdict.FAILS or value != decimal
    assert value != decimal or found is Verdict.HOLDS


@given(above=st.integers(1, 99), under=st.integers(2, 400), places=st.integers(2, 5))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_decimal_is_called_equal_to_two_fractions(above: int, under: int, places: int) -> None:
    near = Fraction(above, under) + Fraction(1, 3 * 10 ** (places + 1))
    decimal = f"{float(round(Fraction(above, under), places)):.{places}f}"
    found = [same_answer(decimal, f"{value.numerator}/{value.denominator}") for value in (Fraction(above, under), near)]

    assert found.count(Verdict.HOLDS) <= 1


@given(items=st.lists(st.integers(-50, 50), min_size=2, max_size=6), seed=st.randoms())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_set_has_no_order_and_a_tuple_has_one(items: list[int], seed: object) -> None:
    turned = list(reversed(items))
    one, other = ", ".join(map(str, items)), ", ".join(map(str, turned))

    assert same_answer(f"\\{{{one}\\}}", f"\\{{{other}\\}}") is Verdict.HOLDS
    assert same_answer(f"({one})", f"({other})") is (Verdict.HOLDS if items == turned else Verdict.FAILS)


@given(a=st.integers(1, 9), b=st.integers(1, 9), c=st.integers(1, 9), factor=st.integers(-9, 9).filter(bool))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_an_equation_stays_the_same_when_all_of_it_is_multiplied(a: int, b: int, c: int, factor: int) -> None:
    one = f"{a}x + {b}y = {c}"

    assert same_answer(one, f"{a * factor}x + {b * factor}y = {c * factor}") is Verdict.HOLDS
    assert same_answer(one, f"{a * factor}x + {b * factor}y = {c * factor + 1}") is Verdict.FAILS

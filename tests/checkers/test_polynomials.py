"""Polynomials are multiplied out, divided and solved as SymPy does it, and written so that they read as the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checkers.decide.decision import TooLarge, Undefined
from checkers.decide.polynomial import Polynomial, is_sum_of, rest_of
from checkers.decide.quotient import Quotient, difference_of, quotient_of
from checkers.decide.roots import Line, common, count_real, divided, fractions_among, line_of, simple, without
from checkers.decide.told import told
from checkers.formula.read import read
from checkers.formula.tree import Group, Name, Negative, Node, Number, Power, Product, Sum, Unreadable
from checkers.limits import Work

AT = (0, 0)
SYMBOLS = {name: sympy.Symbol(name) for name in "xyn"}
NUMBERS = st.integers(0, 12).map(lambda value: Number(AT, Fraction(value)))
LEAVES: st.SearchStrategy[Node] = NUMBERS | st.sampled_from(list(SYMBOLS)).map(lambda name: Name(AT, name))


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(inner, inner)
    flags = st.sampled_from([(False, False), (False, True)])
    return (
        st.builds(lambda parts, minus: Sum(AT, parts, minus), pairs, flags)
        | st.builds(lambda parts, under: Product(AT, parts, under), pairs, flags)
        | st.builds(lambda base, times: Power(AT, base, Number(AT, Fraction(times))), inner, st.integers(1, 3))
        | inner.map(lambda of: Negative(AT, of))
        | inner.map(lambda of: Group(AT, of))
    )


NODES = st.recursive(LEAVES, _larger, max_leaves=8)
LINES = st.lists(st.integers(-6, 6), min_size=1, max_size=6).map(lambda values: tuple(map(Fraction, values)))


def by_sympy(node: Node) -> sympy.Expr:
    match node:
        case Number(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name(name=name):
            return SYMBOLS[name]
        case Group(inside=of):
            return by_sympy(of)
        case Negative(of=of):
            return -by_sympy(of)
        case Power(base=base, exponent=exponent):
            return by_sympy(base) ** by_sympy(exponent)
        case Sum(terms=parts, minus=marked):
            return sympy.Add(
                *(-by_sympy(part) if flag else by_sympy(part) for part, flag in zip(parts, marked, strict=True))
            )
        case Product(factors=parts, under=marked):
            return sympy.Mul(
                *(1 / by_sympy(part) if flag else by_sympy(part) for part, flag in zip(parts, marked, strict=True))
            )
        case _:
            raise TypeError(node)


def as_sympy(polynomial: Polynomial) -> sympy.Expr:
    return sympy.Add(
        *(
            sympy.Rational(value.numerator, value.denominator)
            * sympy.Mul(*(SYMBOLS[name] ** times for name, times in monomial))
            for monomial, value in polynomial.terms.items()
        )
    )


def multiplied_out(node: Node) -> Quotient:
    try:
        return quotient_of(node, Work(20_000))
    except (TooLarge, Undefined):
        assume(False)
        raise


def line(values: Line) -> Line:
    while values and not values[-1]:
        values = values[:-1]
    return values


def as_poly(values: Line) -> sympy.Poly:
    return sympy.Poly([int(value) for value in reversed(values)] or [0], SYMBOLS["x"])


@given(node=NODES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_formula_is_multiplied_out_as_sympy_does_it(node: Node) -> None:
    found = multiplied_out(node)

    assert sympy.cancel(by_sympy(node) - as_sympy(found.above) / as_sympy(found.under)) == 0


@given(one=NODES, other=NODES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_difference_is_zero_just_where_sympy_says_that_both_are_the_same(one: Node, other: Node) -> None:
    multiplied_out(one), multiplied_out(other)
    try:
        found = difference_of(one, other, Work(50_000))
    except TooLarge:
        return

    assert (not found.above.terms) == (sympy.cancel(by_sympy(one) - by_sympy(other)) == 0)


@given(node=NODES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_what_is_told_reads_as_the_same_polynomial(node: Node) -> None:
    found = multiplied_out(node)
    for latex in (True, False):
        said = told(found.above, latex=latex)
        if said is not None:
            again = read(said)
            assert not isinstance(again, Unreadable)
            assert quotient_of(again, Work(20_000)).above == found.above


@given(one=LINES, other=LINES)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_common_factors_and_remainders_are_those_of_sympy(one: Line, other: Line) -> None:
    one, other = line(one), line(other)
    assume(one and other)
    quotient, rest = divided(one, other)
    above, under = sympy.div(as_poly(one), as_poly(other), domain="QQ")

    assert [sympy.Rational(v.numerator, v.denominator) for v in reversed(quotient)] == (
        above.all_coeffs() if above else []
    )
    assert [sympy.Rational(v.numerator, v.denominator) for v in reversed(rest)] == (under.all_coeffs() if under else [])
    assert len(common(one, other)) - 1 == sympy.gcd(as_poly(one), as_poly(other)).degree()


@given(values=LINES)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_real_roots_are_counted_and_fractions_found_as_by_sympy(values: Line) -> None:
    values = line(values)
    assume(len(values) > 1)
    poly = as_poly(values)

    assert count_real(values) == poly.sqf_part().count_roots()
    wanted = sorted(Fraction(int(root.p), int(root.q)) for root in poly.ground_roots())
    assert list(fractions_among(values)) == wanted
    assert len(simple(values)) - 1 == poly.sqf_part().degree()


@given(one=LINES, other=LINES)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_what_is_left_without_the_roots_of_another_shares_none_with_it(one: Line, other: Line) -> None:
    one, other = line(one), line(other)
    assume(len(one) > 1 and other)

    assert len(common(without(one, other), other)) <= 1


def polynomial(text: str) -> Polynomial:
    node = read(text)
    assert not isinstance(node, Unreadable)
    return quotient_of(node, Work(5_000)).above


@pytest.mark.parametrize(
    ("wanted", "parts", "is_so"),
    [
        ("2ab + 2cd - 6", ["ab + cd - 3"], True),
        ("ab + ac + bd + cd - 7", ["ab + cd - 3", "ac + bd - 4"], True),
        ("ab - 3", ["ab + cd - 3"], False),
        ("a - a", [], True),
    ],
)
def test_a_sum_of_what_is_known_is_seen(wanted: str, parts: list[str], is_so: bool) -> None:
    assert is_sum_of(polynomial(wanted), list(map(polynomial, parts))) is is_so


def test_what_is_left_of_a_multiple_is_nothing() -> None:
    assert not rest_of(polynomial("(x + y)(x^2 + y^2 - 5)"), polynomial("x^2 + y^2 - 5"), "x").terms
    assert rest_of(polynomial("x^2 + y^2"), polynomial("x^2 + y^2 - 5"), "x").terms


@pytest.mark.parametrize(
    "text", ["(x + y + z + 1)^24", "(x + 1)^9000", "(7x)^999999", "((((x + y)^5 + z)^5 + a)^5 + b)^5"]
)
def test_what_would_grow_too_large_is_refused(text: str) -> None:
    with pytest.raises(TooLarge):
        polynomial(text)


def test_a_line_of_too_high_a_degree_is_refused() -> None:
    with pytest.raises(TooLarge):
        line_of(polynomial("x^13 + 1"), "x")

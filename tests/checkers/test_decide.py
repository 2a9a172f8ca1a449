"""Whether two formulas are the same, tier by tier."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.decide.decision import Bounds, Decision
from checkers.decide.equal import equal
from checkers.decide.numeric import ONE_AT_A_TIME
from checkers.decide.related import related
from checkers.decide.system import Algebra
from checkers.finding import Verdict
from checkers.formula.read import read
from checkers.formula.tree import Call, Chain, Negative, Node, Number, Product, Series, Sum, Unreadable
from checkers.limits import Budget, Late, Work

H, F, U = Verdict.HOLDS, Verdict.FAILS, Verdict.UNKNOWN
NONE = Algebra(("/bin/false",))
"""An algebra system that never starts: what is decided with it was decided without."""


def node(text: str) -> Node:
    found = read(text)
    assert not isinstance(found, Unreadable), found
    return found


def decided(text: str, **bounds: int) -> Decision:
    chain = node(text)
    assert isinstance(chain, Chain)
    return equal(*chain.parts, bounds=Bounds(**bounds), algebra=NONE)


@pytest.mark.parametrize(
    ("text", "verdict", "tier"),
    [
        ("1 + 1 = 2", H, "exact"),
        ("1 + 1 = 3", F, "exact"),
        ("3(12) = 36", H, "exact"),
        ("3\\frac12 = 3.5", H, "exact"),
        ("0.\\overline{9} = 1", H, "exact"),
        ("5! = 120", H, "exact"),
        ("\\binom{10}{3} = 120", H, "exact"),
        ("\\sqrt{\\frac{9}{4}} = 1.5", H, "exact"),
        ("|{-3}| = 3", H, "exact"),
        ("17 mod 5 = 2", H, "exact"),
        ("\\lfloor -2.5 \\rfloor = -3", H, "exact"),
        ("\\gcd(12, 18) = 6", H, "exact"),
        ("\\sum_{k=1}^{10} k^2 = 385", H, "exact"),
        ("\\begin{vmatrix}1 & 2 \\\\ 3 & 4\\end{vmatrix} = -2", H, "exact"),
        ("\\frac{1}{20!} = \\frac{1}{22!}", F, "exact"),
        ("(x+1)^2 = x^2 + 2x + 1", H, "modular"),
        ("(x+1)^2 = x^2 + 1", F, "modular"),
        ("\\frac{x^2-1}{x-1} = x + 1", H, "modular"),
        ("x + 1 = 5", F, "modular"),
        ("f(x) + f(x) = 2f(x)", H, "modular"),
        ("2\\sin x + \\sin x = 3\\sin x", H, "modular"),
        ("\\frac{n!}{(n-1)!} = n", H, "points"),
        ("\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}", H, "points"),
        ("\\sum_{k=1}^{n} k = \\frac{n(n-1)}{2}", F, "points"),
        ("(-1)^n = 1", F, "points"),
        ("\\sqrt{8} = 2\\sqrt{2}", H, "complex"),
        ("\\sqrt{8} = 3", F, "complex"),
        ("\\sin^2 x + \\cos^2 x = 1", H, "complex"),
        ("\\sin 30^\\circ = \\frac12", H, "complex"),
        ("\\sin(\\pi/6) = \\frac12", H, "complex"),
        ("\\sin 30 = \\frac12", H, "complex"),
        ("\\sin x = x", F, "complex"),
        ("\\log_2 8 = 3", H, "complex"),
        ("\\log 100 = 2", H, "complex"),
        ("\\log e = 1", H, "complex"),
        ("\\log 100 = 3", F, "complex"),
        ("e^{i\\pi} = -1", H, "complex"),
        ("i^2 = -1", H, "complex"),
        ("i + 1 = 7", F, "complex"),
        ("\\sqrt[3]{-8} = -2", H, "complex"),
        ("x^n \\cdot x = x^{n+1}", H, "complex"),
        ("\\ln(xy) = \\ln x + \\ln y", H, "complex"),
        ("\\sqrt{x^2} = |x|", H, "complex"),
        ("\\pi = 3.14", F, "complex"),
        ("\\sin(\\pi) = 0", H, "complex"),
        ("3\\cos(\\pi/2) + 1 = 1", H, "complex"),
        ("\\{1, 2\\} = \\{2, 1\\}", H, "exact"),
        ("\\{1, 2\\} = \\{2, 3\\}", F, "exact"),
        ("(1, 2) = (2, 1)", F, "exact"),
        ("(1, 2) = (1, 2, 3)", F, "exact"),
        ("[0, 1) = [0, 2/2)", H, "exact"),
    ],
)
def test_the_cheapest_tier_that_can_decides(text: str, verdict: Verdict, tier: str) -> None:
    found = decided(text)

    assert (found.verdict, found.tier) == (verdict, tier), found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\\sqrt{x^2} = x", "positive values only"),
        ("1/0 = 1", "divides by zero"),
        ("f(x) = 3", "of a name"),
        ("5\\text{ cm} = 5", "no single value"),
        ("\\infty = \\infty", "no numbers"),
        ("(1, 2) = 3", "different kinds"),
        ("[0, 1) = [0, 1]", "different kinds"),
        ("9^{9^9} = 1", "too large"),
        ("9^{9^{9^9}} = 1", "too large"),
        ("10^{10^8} = 1", "too large"),
        ("x^{10^9} = x", "too large"),
        ("(10^7)! = 1", "too large"),
        ("\\binom{10^9}{5 \\cdot 10^8} = 1", "too large"),
        ("\\sum_{k=1}^{10^9} k = 1", "too many terms"),
        ("\\sum_{a=1}^{900}\\sum_{b=1}^{900} ab = 1", "too much work"),
        ("\\exp(\\exp(10000)) = 1", "too large"),
        ("\\sin(10^{500}) = 1", "too large"),
        ("\\tan(90^\\circ) = 1", "too close, or too large"),
        ("\\sqrt{10^{100} + 1} = 10^{50}", "too close, or too large"),
        ("\\sqrt{2} + 10^{-90} = \\sqrt{2}", "too close, or too large"),
        ("\\sqrt{2} + 10^{-38} \\cdot 10^{-38} \\cdot 10^{-38} = \\sqrt{2}", "too close, or too large"),
        ("1 + \\exp(-500) = 1", "too close, or too large"),
        ("\\tanh(100) = 1", "too large"),
    ],
)
def test_what_is_not_decided_says_why_and_never_fails(text: str, reason: str) -> None:
    began = time.process_time()

    found = decided(text)

    assert found.verdict is U
    assert reason in str(found.evidence["reason"])
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2 < 3", H),
        ("3 < 2", F),
        ("2 \\le 2", H),
        ("2 < 2", F),
        ("\\frac13 \\ne 0.33", H),
        ("\\sqrt{2} > 1.41", H),
        ("\\sqrt{2} \\ge 1.42", F),
        ("\\log 100 < 3", U),
        ("\\sqrt{4} \\ne 2", F),
        ("x < x + 1", U),
        ("x \\ne 2", U),
        ("x \\le x", H),
        ("17 \\equiv 2 \\pmod{5}", H),
        ("17 \\equiv 3 \\pmod{5}", F),
        ("17 \\equiv 3 \\pmod{0}", U),
        ("17^{-1} \\equiv 44 \\pmod{83}", U),
        ("x \\equiv 3 \\pmod{5}", U),
        ("\\pi \\approx 3.14", U),
        ("2i < 3", U),
    ],
)
def test_orders_and_congruences_are_decided_between_numbers(text: str, verdict: Verdict) -> None:
    chain = node(text)
    assert isinstance(chain, Chain)

    found = related(chain.parts[0], chain.ops[0], chain.parts[1], modulus=chain.modulus, algebra=NONE)

    assert found.verdict is verdict, found


def test_a_counterexample_is_a_point_where_both_sides_differ() -> None:
    found = decided("(x+1)^2 = x^2 + 1")

    point = found.evidence["point"]
    assert isinstance(point, dict)
    x = Fraction(str(point["x"]))
    assert (str((x + 1) ** 2), str(x**2 + 1)) == (found.evidence["left"], found.evidence["right"])


def test_more_nodes_than_allowed_are_not_decided() -> None:
    assert decided("+".join("x" * 200) + "= x", nodes=100).evidence["reason"] == "it is too long"


NUMBERS = st.integers(-20, 20).map(lambda value: (f"({value})", Fraction(value)))
SUMS = st.recursive(
    NUMBERS,
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: _combined(*parts)),
    max_leaves=12,
)


def _combined(
    left: tuple[str, Fraction | None], sign: str, right: tuple[str, Fraction | None]
) -> tuple[str, Fraction | None]:
    (one, first), (other, second) = left, right
    said = f"\\frac{{{one}}}{{{other}}}" if sign == "/" else f"({one} {sign} {other})"
    if first is None or second is None or (sign == "/" and not second):
        return said, None
    if sign == "/":
        return said, first / second
    return said, {"+": first + second, "-": first - second, "*": first * second}[sign]


@given(sides=st.tuples(SUMS, SUMS))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_numbers_are_decided_as_fractions_say(sides: tuple[tuple[str, Fraction | None], ...]) -> None:
    (one, first), (other, second) = sides
    found = equal(node(one), node(other), algebra=NONE)

    if first is None or second is None:
        assert found.verdict in (U, H) if one == other else found.verdict is U
    else:
        assert found.verdict is (H if first == second else F)
        assert equal(node(one), node(f"\\frac{{{first.numerator}}}{{{first.denominator}}}"), algebra=NONE).verdict is H


COEFFICIENTS = st.lists(st.integers(-9, 9), min_size=1, max_size=4)


def polynomial(coefficients: list[int], name: str) -> str:
    return " + ".join(f"({value}){name}^{{{power}}}" for power, value in enumerate(coefficients))


@given(one=COEFFICIENTS, other=COEFFICIENTS, wrong=st.integers(-2, 2))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_products_of_polynomials_are_decided_as_their_coefficients_say(
    one: list[int], other: list[int], wrong: int
) -> None:
    product = [0] * (len(one) + len(other) - 1)
    for first, value in enumerate(one):
        for second, factor in enumerate(other):
            product[first + second] += value * factor
    product[-1] += wrong
    left = node(f"({polynomial(one, 'x')})({polynomial(other, 'x')})")

    found = equal(left, node(polynomial(product, "x")), algebra=NONE)

    assert found.verdict is (F if wrong else H)


ANGLES = st.recursive(
    st.sampled_from(["x", "y", "2", "\\pi", "\\frac13", "e"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(st.sampled_from(["\\sin", "\\cos", "\\ln", "\\sqrt", "\\exp"]), inner).map(
            lambda parts: f"{parts[0]}({parts[1]})"
        ),
    ),
    max_leaves=6,
)


@given(one=ANGLES, other=ANGLES)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_verdict_is_the_same_both_ways_round_and_again(one: str, other: str) -> None:
    first, second = node(one), node(other)
    forth, back = equal(first, second, algebra=NONE), equal(second, first, algebra=NONE)

    assert forth.verdict is back.verdict
    assert forth == equal(first, second, algebra=NONE)
    assert equal(first, node(f"({one}) + ({other}) - ({other})"), algebra=NONE).verdict is not F


def test_threads_decide_as_one_does() -> None:
    texts = ["\\sin^2 x + \\cos^2 x = 1", "\\sqrt{8} = 3", "\\log_2 8 = 3", "\\sqrt{7 + 4\\sqrt3} = 2 + \\sqrt3"] * 20
    alone = [decided(text) for text in texts]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(decided, texts)) == alone


ONE, TWO = Number((0, 1), Fraction(1)), Number((0, 1), Fraction(2))
LARGE = tuple(Number((0, 1), Fraction(prime**2_000)) for prime in (3, 5, 7, 11))


def series(depth: int, last: Node = TWO) -> Node:
    found: Node = node("x + a")
    for _ in range(depth):
        found = Series((0, 1), "sum", "a", ONE, last, found)
    return found


def joined(*parts: Node) -> Node:
    return Sum((0, 1), parts, (False,) * len(parts))


HOSTILE: dict[str, Node] = {
    "a sum of roots": node("\\sum_{k=1}^{999} \\sqrt[64]{k + x}"),
    "a sum of angles": node("\\sum_{k=1}^{999} \\sin(kx)"),
    "a sum of powers": node("\\sum_{k=1}^{999} x^{k}"),
    "a sum of real powers": node("\\sum_{k=1}^{999} k^{x}"),
    "a sum of fractions": node("\\sum_{k=1}^{999} \\frac{1}{k}"),
    "a sum of binomials": node("\\sum_{k=0}^{900} \\binom{900}{k}"),
    "sums in sums": series(60),
    "large sums in sums": series(60, Number((0, 1), Fraction(999))),
    "functions in functions": node("\\sin(" * 30 + "x" + ")" * 30),
    "roots of large numbers": joined(*(Call((0, 1), "root", (part, TWO)) for part in LARGE * 20)),
    "a common multiple of large numbers": Call((0, 1), "lcm", LARGE * 40),
    "a common divisor of large numbers": Call((0, 1), "gcd", LARGE * 40),
    "a product of large numbers": Product((0, 1), LARGE * 40, (False, True) * 80),
    "a power near one": node("0.9^{9^{2000}}"),
    "a determinant": node("\\begin{vmatrix}" + "\\\\".join(["\\sqrt{x} & 2 & y & z & w & 5"] * 6) + "\\end{vmatrix}"),
    "logarithms in every reading": joined(*(node(f"\\log({at} e i) \\sin {at}") for at in range(2, 40))),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_no_formula_costs_much(what: str) -> None:
    equal(HOSTILE[what], node("\\sqrt{x} = 1"), algebra=NONE)
    began = time.process_time()

    for right in (ONE, HOSTILE[what], node("\\cos x")):
        equal(HOSTILE[what], right, algebra=NONE)

    assert time.process_time() - began < 0.6


def test_sets_in_sets_share_the_work_of_one_question() -> None:
    text = "\\{1, x\\}"
    for _ in range(4):
        text = f"\\{{{text}, {text}\\}}"
    began = time.process_time()

    assert decided(f"{text} = {text.replace('1', '2')}").verdict is not H
    assert time.process_time() - began < 0.6


def test_a_tree_that_is_too_high_is_not_decided() -> None:
    high: Node = ONE
    for _ in range(150):
        high = Negative((0, 1), high)

    assert equal(high, ONE, algebra=NONE).evidence["reason"] == "it is nested too deep"


def test_a_decision_takes_its_work_from_what_the_caller_has() -> None:
    work = Work(500)
    left, right = node("2 + 3"), node("5")

    assert equal(left, right, work=work, algebra=NONE).verdict is H
    spent = 500 - work.left
    assert 5 <= spent <= 100
    while equal(left, right, work=work, algebra=NONE).verdict is H:
        assert work.left >= 0

    assert equal(left, right, work=work, algebra=NONE).evidence["reason"] == "it takes too much work"
    assert 0 <= work.left < spent
    assert related(left, "<", right, work=work, algebra=NONE).verdict is U


def test_what_is_late_ends_a_decision_in_its_middle() -> None:
    ticks = itertools.count()
    work = Budget(ends=3.0, clock=lambda: float(next(ticks))).work()

    with pytest.raises(Late):
        equal(HOSTILE["a sum of angles"], ONE, work=work, algebra=NONE)

    assert 0 < work.left < Budget().max_work


def test_who_waits_for_the_numbers_of_another_thread_is_late_at_its_own_deadline() -> None:
    began = time.monotonic()
    work = Budget(ends=began + 0.05).work()

    with ONE_AT_A_TIME, pytest.raises(Late):
        equal(node("\\sqrt{8}"), node("2\\sqrt{2}"), work=work, algebra=NONE)

    assert time.monotonic() - began < 5


@given(root=st.integers(0, 10**60), index=st.integers(2, 64), off=st.integers(-2, 2))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_whole_root_is_exact(root: int, index: int, off: int) -> None:
    value = abs(root**index + off)
    under = Call((0, 1), "root", (Number((0, 1), Fraction(value)), Number((0, 1), Fraction(index))))

    found = equal(under, Number((0, 1), Fraction(root)), bounds=Bounds(bits=10**6), algebra=NONE)

    assert (found.verdict is H) is (value == root**index), found

"""Whether two equations or inequalities say the same: the one is a multiple of the other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checkers.answers.judge import Judge
from checkers.answers.trees import NOWHERE, difference, number, product, put
from checkers.decide.points import whole_points
from checkers.finding import Verdict
from checkers.formula.tree import Call, Chain, Name, Node, Sum, names
from checkers.formula.write import same_shape

_TURNED = {"=": "=", "≠": "≠", "<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_STRICT = {"<": "<", ">": "<", "≤": "≤", "≥": "≤", "=": "=", "≠": "≠"}
_CONSTANTS = frozenset({"pi", "e", "i"})
MAX_POINTS = 6
MAX_NAMES = 6


def same_equations(one: Chain, other: Chain, judge: Judge) -> Verdict:
    """HOLDS when one is a multiple of the other, FAILS when a point solves the one and not the other, else UNKNOWN."""
    if same_shape(one, other):
        return Verdict.HOLDS
    if len(one.ops) != 1 or len(other.ops) != 1 or one.modulus is not None or other.modulus is not None:
        return _same_chains(one, other, judge)
    if one.ops[0] not in _TURNED or other.ops[0] not in _TURNED:
        return Verdict.UNKNOWN
    mine, theirs = difference(*one.parts), difference(*other.parts)
    if len(names(mine) | names(theirs)) > MAX_NAMES:
        return Verdict.UNKNOWN
    factor = _factor(mine, theirs, judge)
    if factor is not None:
        wanted = one.ops[0] if factor > 0 else _TURNED[one.ops[0]]
        return Verdict.HOLDS if wanted == other.ops[0] else Verdict.FAILS
    if names(mine) != names(theirs) or _STRICT[one.ops[0]] != _STRICT[other.ops[0]]:
        return Verdict.UNKNOWN
    return Verdict.FAILS if _has_witness(mine, theirs, judge) or _has_witness(theirs, mine, judge) else Verdict.UNKNOWN


def solves(equation: Chain, value: Node, judge: Judge) -> Verdict:
    """Whether an equation with one name has this value as its only solution; UNKNOWN where it may have others."""
    free = sorted(names(equation) - _CONSTANTS)
    if equation.ops != ("=",) or equation.modulus is not None or not free:
        return Verdict.UNKNOWN
    if len(free) > 1:
        return Verdict.FAILS
    apart = difference(*equation.parts)
    found = judge.equal(put(apart, {free[0]: value}), number(0))
    if found is not Verdict.HOLDS:
        return found
    return Verdict.HOLDS if line(apart, free[0], judge) is not None else Verdict.UNKNOWN


def line(node: Node, name: str, judge: Judge) -> tuple[Fraction, Fraction] | None:
    """`a` and `b` of a formula that is `a*name + b` with fractions; None for any other."""
    parabola = _parabola(node, name, {}, judge)
    return None if parabola is None or parabola[0] != 0 or parabola[1] == 0 else parabola[1:]


def _same_chains(one: Chain, other: Chain, judge: Judge) -> Verdict:
    """Longer chains, part by part, forwards and backwards."""
    if len(one.parts) != len(other.parts):
        return Verdict.UNKNOWN
    if not _same_modulus(one.modulus, other.modulus, judge):
        return Verdict.UNKNOWN
    for parts, ops in (
        (other.parts, other.ops),
        (other.parts[::-1], tuple(_TURNED.get(op, "") for op in other.ops[::-1])),
    ):
        if ops == one.ops and all(judge.equal(a, b) is Verdict.HOLDS for a, b in zip(one.parts, parts, strict=True)):
            return Verdict.HOLDS
    return Verdict.UNKNOWN


def _same_modulus(one: Node | None, other: Node | None, judge: Judge) -> bool:
    if one is None or other is None:
        return one is other
    return judge.equal(one, other) is Verdict.HOLDS


def _factor(mine: Node, theirs: Node, judge: Judge) -> Fraction | None:
    """By what number `mine` has to be multiplied to become `theirs`."""
    free = sorted(names(mine) | names(theirs))
    for point in whole_points(free, MAX_POINTS):
        first, second = judge.exact(mine, point), judge.exact(theirs, point)
        if first and second:
            is_multiple = judge.equal(product(number(second / first), mine), theirs) is Verdict.HOLDS
            return second / first if is_multiple else None
    return None


def _has_witness(mine: Node, theirs: Node, judge: Judge) -> bool:
    """Whether a point where `mine` is zero is found at which `theirs` is not."""
    return any(judge.equal(put(theirs, values), number(0)) is Verdict.FAILS for values in _zeros(mine, judge))


def _zeros(node: Node, judge: Judge) -> Iterator[dict[str, Node]]:
    """A few points where a formula is zero: whole numbers for all names but one, which it is solved for."""
    free = sorted(names(node) - _CONSTANTS)
    for name in free[:3]:
        for point in (dict.fromkeys(free, Fraction(0)), *whole_points(free, 2)):
            rest = {other: value for other, value in point.items() if other != name}
            parabola = _parabola(node, name, rest, judge)
            root = None if parabola is None else _root(*parabola)
            if root is not None:
                yield {**{other: number(value) for other, value in rest.items()}, name: root}


def _parabola(
    node: Node, name: str, rest: dict[str, Fraction], judge: Judge
) -> tuple[Fraction, Fraction, Fraction] | None:
    """The coefficients of a formula that is a polynomial of degree two at most in one name; None when it is not."""
    values = [judge.exact(node, {**rest, name: Fraction(at)}) for at in (-1, 0, 1, 2, 5, -3)]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    before, constant, after = known[:3]
    square = (before + after) / 2 - constant
    slope = (after - before) / 2
    fits = all(
        square * at * at + slope * at + constant == value for at, value in zip((2, 5, -3), known[3:], strict=True)
    )
    if not fits:
        return None
    x = Name(NOWHERE, name)
    terms = (product(number(square), x, x), product(number(slope), x), number(constant))
    there = put(node, {other: number(value) for other, value in rest.items()})
    is_same = judge.equal(there, Sum(NOWHERE, terms, (False, False, False))) is Verdict.HOLDS
    return (square, slope, constant) if is_same else None


def _root(square: Fraction, slope: Fraction, constant: Fraction) -> Node | None:
    if square == 0:
        return number(-constant / slope) if slope else None
    under = slope * slope - 4 * square * constant
    if under < 0:
        return None
    root = Call(NOWHERE, "root", (number(under), number(2)))
    return product(number(1 / (2 * square)), difference(root, number(slope)))

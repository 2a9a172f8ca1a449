"""A small calculator of its own for adjudications: it shares nothing with the reader that it judges.

It knows whole numbers, pi, E and I, + - * / ** %, brackets, lists, comparisons, `and`, `or`, `not` and the functions
in the tables below; an angle is in radians, `deg(30)` is thirty degrees. Fractions are exact; with roots and functions
two values are the same when their first forty digits are.

A claim with names is judged at one point, `(x+1)**2 == x**2+1 @ x=1`: what is said of all numbers is false when it is
false there. `2*x == 8 -> x == 3 @ x=4` says that the one follows from the other, and is false where only the first
holds. `sum(k**2, k, 1, 3)` and `product` run over whole numbers, `limit(1/k, k, 0, 1)` is the value close above 0,
`diff(x**3, x, 2)` and `integral(x**2, x, 0, 1)` are a derivative's and an integral's values.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, comb, factorial, floor, gcd, lcm
from typing import Any

import sympy

MAX_LENGTH = 2_000
MAX_BITS = 200_000
MAX_TERMS = 10_000
DIGITS = 40
Names = Mapping[str, Any]
_NUMBERS: Names = {"pi": sympy.pi, "E": sympy.E, "I": sympy.I}
_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_OF_WHOLE: dict[str, Callable[..., int]] = {"gcd": gcd, "lcm": lcm}
_ROUNDED: dict[str, Callable[[Any], int]] = {
    "floor": lambda of: floor(of + sympy.Rational(1, 10**DIGITS)),
    "ceil": lambda of: ceil(of - sympy.Rational(1, 10**DIGITS)),
}
_OF_REAL: dict[str, Callable[..., Any]] = {
    "abs": sympy.Abs,
    "sqrt": sympy.sqrt,
    "cbrt": lambda of: sympy.real_root(of, 3),
    "root": sympy.real_root,
    "exp": sympy.exp,
    "ln": sympy.log,
    "log": sympy.log,
    "deg": lambda of: of * sympy.pi / 180,
    "re": sympy.re,
    "im": sympy.im,
} | {name: getattr(sympy, name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan")}


class BadExpression(ValueError):
    """Something else than a comparison of numbers."""


def is_so(expression: str) -> bool:
    """Whether a comparison such as `1 + 11 + 132 == 145` is true; raises BadExpression."""
    if len(expression) > MAX_LENGTH:
        raise BadExpression("it is too long")
    claim, _, point = expression.partition("@")
    given, follows, then = claim.rpartition("->")
    try:
        names = _point(point)
        return (bool(follows) and not _holds(_tree(given), names)) or _holds(_tree(then), names)
    except RecursionError as error:
        raise BadExpression("it is too deep") from error


def _tree(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError) as error:
        raise BadExpression("it is no expression") from error


def _point(text: str) -> Names:
    """What the names stand for; none may be called like a number of ours."""
    names = dict(_NUMBERS)
    for part in text.split(",") if text.strip() else ():
        name, _, value = part.partition("=")
        if not name.strip().isidentifier() or name.strip() in names:
            raise BadExpression(f"{part.strip()[:40]!r} is no value of a name")
        names[name.strip()] = _value(_tree(value), names)
    return names


def _holds(node: ast.expr, names: Names) -> bool:
    match node:
        case ast.Compare(left=first, ops=signs, comparators=others):
            sides = [_value(side, names) for side in (first, *others)]
            pairs = zip(sides, sides[1:], strict=False)
            return all(_compare(sign, *pair) for sign, pair in zip(signs, pairs, strict=True))
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_holds(part, names) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_holds(part, names) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=of):
            return not _holds(of, names)
        case _:
            raise BadExpression("it compares nothing")


def _compare(sign: ast.cmpop, left: Any, right: Any) -> bool:
    if type(sign) not in _COMPARED:
        raise BadExpression("it compares by a sign that is not known")
    if isinstance(left, list) or isinstance(right, list):
        return _compare_parts(sign, left, right)
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return bool(_COMPARED[type(sign)](left, right))
    difference = _digits(_symbolic(left) - _symbolic(right))
    same = abs(difference) < sympy.Rational(1, 10**DIGITS) * max(1, abs(_digits(_symbolic(left))))
    if not same and not difference.is_real and not isinstance(sign, ast.Eq | ast.NotEq):
        raise BadExpression("it orders complex numbers")
    return bool(_COMPARED[type(sign)](0 if same else difference, 0))


def _compare_parts(sign: ast.cmpop, left: Any, right: Any) -> bool:
    """Lists, and lists of lists, are the same when all their parts are."""
    if not isinstance(sign, ast.Eq) or not isinstance(left, list) or not isinstance(right, list):
        raise BadExpression("a list is compared with a list, by ==")
    return len(left) == len(right) and all(_compare(sign, *pair) for pair in zip(left, right, strict=True))


def _value(node: ast.expr, names: Names) -> Any:
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            return Fraction(value)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=of):
            return _of_numbers(operator.neg, _value(of, names))
        case ast.BinOp(left=left, op=sign, right=right):
            return _of_numbers(_operation(sign), _value(left, names), _value(right, names))
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return [_value(part, names) for part in parts]
        case ast.Call(func=ast.Name(id=name), args=[what, ast.Name(id=runs), *ends], keywords=[]) if name in _RUNNING:
            return _RUNNING[name](what, runs, [_value(end, names) for end in ends], names)
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as given, keywords=[]):
            return _of_numbers(lambda *values: _called(name, *values), *(_value(each, names) for each in given))
        case _:
            raise BadExpression(f"{ast.unparse(node)[:40]!r} is not known here")


def _of_numbers(do: Callable[..., Any], *given: Any) -> Any:
    """What is done to numbers; exact while all of them are fractions."""
    if any(isinstance(each, list) for each in given):
        raise BadExpression("it calculates with a list")
    exact = all(isinstance(each, Fraction) for each in given)
    try:
        value = do(*(given if exact else map(_symbolic, given)))
    except (ArithmeticError, TypeError, ValueError) as error:
        raise BadExpression(f"it cannot be calculated: {error}") from error
    return value if isinstance(value, Fraction) else _number(value)


def _number(value: Any) -> Any:
    if value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        raise BadExpression("it is no number")
    return Fraction(value.p, value.q) if value.is_Rational else value


def _operation(sign: ast.operator) -> Callable[[Any, Any], Any]:
    match sign:
        case ast.Pow():
            return _power
        case ast.Div():
            return operator.truediv
        case ast.Mod():
            return _remainder
        case _ if type(sign) in _BINARY:
            return _BINARY[type(sign)]
        case _:
            raise BadExpression("it has a sign that is not known")


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        longest = max(base.numerator.bit_length(), base.denominator.bit_length())
        if longest * abs(exponent) > MAX_BITS:
            raise BadExpression("an exponent is too large")
        if exponent.denominator == 1:
            return base**exponent.numerator
    return _symbolic(base) ** _symbolic(exponent)


def _remainder(of: Any, modulus: Any) -> Fraction:
    return Fraction(_whole(of) % _whole(modulus))


def _called(name: str, *given: Any) -> Any:
    if name in _OF_REAL and len(given) <= 2:
        return _OF_REAL[name](*map(_symbolic, given))
    if name in _OF_WHOLE:
        return Fraction(_OF_WHOLE[name](*map(_whole, given)))
    if name in _ROUNDED and len(given) == 1:
        return Fraction(_ROUNDED[name](_digits(_symbolic(given[0]))))
    if name == "factorial" and len(given) == 1 and 0 <= _whole(given[0]) <= 1_000:
        return Fraction(factorial(_whole(given[0])))
    if name == "binomial" and len(given) == 2 and 0 <= _whole(given[0]) <= 1_000:
        return Fraction(comb(_whole(given[0]), _whole(given[1])))
    raise BadExpression(f"{name[:20]} is not known here, or not of this")


def _run(together: Callable[[Any, Any], Any], start: int) -> Callable[..., Any]:
    """A sum or a product over all whole numbers from the one end to the other."""

    def value(what: ast.expr, runs: str, ends: list[Any], names: Names) -> Any:
        if len(ends) != 2 or _whole(ends[1]) - _whole(ends[0]) > MAX_TERMS:
            raise BadExpression("it runs from one whole number to another that is not too far")
        first, last = map(_whole, ends)
        total: Any = Fraction(start)
        for at in range(first, last + 1):
            total = _of_numbers(together, total, _value(what, {**names, runs: Fraction(at)}))
        return total

    return value


def _analysed(do: Callable[..., Any]) -> Callable[..., Any]:
    """Something of a function of one variable; the variable is a symbol, and nothing else is."""

    def value(what: ast.expr, runs: str, ends: list[Any], names: Names) -> Any:
        symbol = sympy.Dummy(real=True)
        of = _symbolic(_value(what, {**names, runs: symbol}))
        return _of_numbers(lambda *at: do(of, symbol, *map(_symbolic, at)), *ends)

    return value


_RUNNING: dict[str, Callable[..., Any]] = {
    "sum": _run(operator.add, 0),
    "product": _run(operator.mul, 1),
    "limit": _analysed(lambda of, symbol, at, side: sympy.limit(of, symbol, at, "+" if side > 0 else "-")),
    "diff": _analysed(lambda of, symbol, at: sympy.diff(of, symbol).subs(symbol, at)),
    "integral": _analysed(lambda of, symbol, low, high: sympy.Integral(of, (symbol, low, high)).evalf(2 * DIGITS)),
}


def _whole(value: Any) -> int:
    if not isinstance(value, Fraction) or value.denominator != 1:
        raise BadExpression("it needs a whole number")
    return value.numerator


def _digits(value: Any) -> Any:
    """Enough digits to compare; what is left of a difference of the same values is far smaller than one of them."""
    return value.evalf(2 * DIGITS, maxn=20 * DIGITS)


def _symbolic(value: Any) -> Any:
    return sympy.Rational(value.numerator, value.denominator) if isinstance(value, Fraction) else value

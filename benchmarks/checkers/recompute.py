"""A small calculator of its own for adjudications: it shares nothing with the reader that it judges.

It knows whole numbers, + - * / **, brackets, comparisons, and abs, sqrt, pi and factorial. Everything is exact: a root
or pi is a SymPy number, all else a Fraction.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy

MAX_LENGTH = 2_000
MAX_POWER = 10_000
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


class BadExpression(ValueError):
    """Something else than a comparison of numbers."""


def is_so(expression: str) -> bool:
    """Whether a comparison such as `1 + 11 + 132 == 145` is true; raises BadExpression."""
    if len(expression) > MAX_LENGTH:
        raise BadExpression("it is too long")
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError as error:
        raise BadExpression("it is no expression") from error
    if not isinstance(tree, ast.Compare):
        raise BadExpression("it compares nothing")
    sides = [_value(side) for side in (tree.left, *tree.comparators)]
    pairs = zip(sides, sides[1:], strict=False)
    return all(_compare(sign, *pair) for sign, pair in zip(tree.ops, pairs, strict=True))


def _compare(sign: ast.cmpop, left: Any, right: Any) -> bool:
    if type(sign) not in _COMPARED:
        raise BadExpression("it compares by a sign that is not known")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return bool(_COMPARED[type(sign)](left, right))
    difference = sympy.simplify(_symbolic(left) - _symbolic(right))
    return bool(_COMPARED[type(sign)](difference, sympy.Integer(0)))


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            return Fraction(value)
        case ast.Name(id="pi"):
            return sympy.pi
        case ast.UnaryOp(op=ast.USub(), operand=of):
            return -_value(of)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _quotient(_value(left), _value(right))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _BINARY:
            return _BINARY[type(sign)](*_alike(_value(left), _value(right)))
        case ast.Call(func=ast.Name(id=name), args=[of], keywords=[]):
            return _called(name, _value(of))
        case _:
            raise BadExpression(f"{ast.unparse(node)[:40]!r} is not known here")


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left, right
    return _symbolic(left), _symbolic(right)


def _quotient(left: Any, right: Any) -> Any:
    if right == 0:
        raise BadExpression("it divides by zero")
    above, under = _alike(left, right)
    return above / under


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, Fraction) and abs(exponent) > MAX_POWER:
        raise BadExpression("an exponent is too large")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        return base**exponent.numerator
    return _symbolic(base) ** _symbolic(exponent)


def _called(name: str, of: Any) -> Any:
    if name == "abs":
        return abs(of)
    if name == "sqrt":
        return sympy.sqrt(_symbolic(of))
    if name == "factorial" and isinstance(of, Fraction) and of.denominator == 1 and 0 <= of <= 1_000:
        return Fraction(int(sympy.factorial(of.numerator)))
    raise BadExpression(f"{name[:20]} is not known here")


def _symbolic(value: Any) -> Any:
    return sympy.Rational(value.numerator, value.denominator) if isinstance(value, Fraction) else value

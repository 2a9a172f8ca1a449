"""A question to the algebra system: two formulas as lists of numbers and of words of our own."""

from __future__ import annotations

import json
from collections.abc import Sequence

from checkers.decide.decision import Unsupported
from checkers.finding import Json
from checkers.formula.tree import (
    Call,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Power,
    Product,
    Series,
    Sum,
    children,
    names,
)

MAX_SYMBOLS = 40
MAX_BITS = 8_192
"""Of a numerator or denominator: what Python still writes down as digits."""
_CONSTANTS = ("pi", "e", "i")
_TRIGONOMETRY = ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan")
_FUNCTIONS = frozenset({*_TRIGONOMETRY, "exp", "abs", "floor", "ceil", "factorial", "binom", "max", "min"})


def question(left: Node, right: Node) -> bytes:
    """Both formulas as JSON, their names by numbers; raises Unsupported for what the system is not asked about."""
    table = {name: at for at, name in enumerate(sorted(names(left) | names(right) | _indices(left, right)))}
    if len(table) > MAX_SYMBOLS:
        raise Unsupported("too many names")
    return json.dumps([_job_of(left, table), _job_of(right, table)]).encode()


def _job_of(node: Node, table: dict[str, int]) -> Json:
    match node:
        case Number(value=value):
            if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
                raise Unsupported("too large a number")
            return ["number", value.numerator, value.denominator]
        case Name(name=name):
            return ["constant", name] if name in _CONSTANTS else ["symbol", table[name]]
        case Group(inside=of):
            return _job_of(of, table)
        case Negative(of=of):
            return ["product", ["number", -1, 1], _job_of(of, table)]
        case Percent(of=of):
            return ["product", ["number", 1, 100], _job_of(of, table)]
        case Power(base=base, exponent=exponent):
            return ["power", _job_of(base, table), _job_of(exponent, table)]
        case _:
            return _job_of_many(node, table)


def _job_of_many(node: Node, table: dict[str, int]) -> Json:
    match node:
        case Sum(terms=parts, minus=marked):
            return ["sum", *_marked(parts, marked, table, minus=True)]
        case Product(factors=parts, under=marked):
            return ["product", *_marked(parts, marked, table, minus=False)]
        case Call(name="root", args=(of, index)):
            return ["power", _job_of(of, table), ["power", _job_of(index, table), ["number", -1, 1]]]
        case Call(name="log", args=(of, base)):
            inverse: Json = ["power", ["call", "ln", _job_of(base, table)], ["number", -1, 1]]
            return ["product", ["call", "ln", _job_of(of, table)], inverse]
        case Call(name=name, args=args) if name in _FUNCTIONS or name == "ln":
            return ["call", name, *(_job_of(arg, table) for arg in args)]
        case Series(kind="sum", index=index_name, first=first, last=last, body=body) if index_name not in _CONSTANTS:
            return ["series", ["symbol", table[index_name]], *(_job_of(part, table) for part in (first, last, body))]
        case _:
            raise Unsupported(f"the algebra system is not asked about a {type(node).__name__.lower()}")


def _marked(parts: Sequence[Node], marked: Sequence[bool], table: dict[str, int], *, minus: bool) -> list[Json]:
    minus_one: Json = ["number", -1, 1]
    found: list[Json] = []
    for part, is_marked in zip(parts, marked, strict=True):
        job = _job_of(part, table)
        turned: Json = ["product", minus_one, job] if minus else ["power", job, minus_one]
        found.append(turned if is_marked else job)
    return found


def _indices(*nodes: Node) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(nodes)
    while waiting:
        here = waiting.pop()
        if isinstance(here, Series):
            found.add(here.index)
        waiting.extend(children(here))
    return frozenset(found)

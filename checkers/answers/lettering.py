"""Letters that may be names and may be units: the `m` of `5m`, the `k` of `5k`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from checkers.answers.judge import Judge
from checkers.answers.kinds import Amount
from checkers.answers.measures import unit_factors
from checkers.answers.trees import NOWHERE, number, product, put, quotient
from checkers.decide.worth import exact_value
from checkers.finding import Verdict
from checkers.formula.tree import Name, Negative, Node, Power, Product, bare, names

_SCALES = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9}


def without_letters(amount: Amount, unit: str, judge: Judge) -> Amount:
    """`5m` beside 5 metres: the letter is the unit; any other amount as it is."""
    factors = unit_factors(unit) if unit and not amount.unit else None
    if not factors or names(amount.tree) != factors.keys():
        return amount
    node = put(amount.tree, dict.fromkeys(factors, number(1)))
    value = exact_value(node)
    if value is None or judge.equal(amount.tree, product(number(value), _as_tree(factors))) is not Verdict.HOLDS:
        return amount
    return replace(amount, node=node, value=value, unit=unit)


def may_be_unit(lettered: Node, plain: Node, judge: Judge) -> bool:
    """Whether the letters of the one may be a unit, or a thousand, that only the other one left out."""
    free = names(lettered)
    if names(plain) & free or exact_value(put(lettered, dict.fromkeys(free, number(1)))) is None:
        return False
    if not _is_counted(lettered):
        return False
    scales = {name: number(_SCALES[name]) for name in free if name in _SCALES}
    read = [dict.fromkeys(free, number(1)), scales] if free and all(unit_factors(name) for name in free) else [scales]
    return any(
        len(values) == len(free) and judge.equal(put(lettered, values), plain) is Verdict.HOLDS for values in read
    )


def _is_counted(node: Node) -> bool:
    """Whether this is a number times letters or their whole powers."""
    node = bare(node)
    if isinstance(node, Negative):
        return _is_counted(node.of)
    if not isinstance(node, Product):
        return False
    return not names(node.factors[0]) and all(map(_is_part, node.factors))


def _is_part(node: Node) -> bool:
    node = bare(node)
    if isinstance(node, Product):
        return all(map(_is_part, node.factors))
    if isinstance(node, Power):
        return isinstance(bare(node.base), Name) and not names(node.exponent)
    return isinstance(node, Name) or not names(node)


def _as_tree(factors: dict[str, int]) -> Node:
    above, under = list[Node](), list[Node]()
    for name, power in factors.items():
        raised = Power(NOWHERE, Name(NOWHERE, name), number(Fraction(abs(power))))
        (above if power > 0 else under).append(raised)
    over = product(number(1), *above)
    return quotient(over, product(*under)) if under else over

"""Closed relations that are an equation with values put in: a test of these values, which may well come out false."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction

from checkers.claims.statement import Relation, Statement
from checkers.decide.analytic import CONSTANTS
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.plain import plain_value
from checkers.decide.worth import worth
from checkers.formula.tree import Call, Name, Negative, Node, Number, Power, Product, Sum, bare
from checkers.limits import OverLimit, Work

PUT_IN = "an equation with values put in"
NOT_COMPARED = "too many equations before it to be compared with"
LOST_POWER = "an x between digits that may be a name"
MAX_OPEN = 200
"""Of the equations in which values may be put; the last ones count."""
_BETWEEN = re.compile(r"[0-9)][xX][0-9(]")

Values = tuple[Fraction, Fraction]


def tried(
    found: Sequence[Statement], prompt: Sequence[Statement], texts: Mapping[int | None, str], work: Work
) -> list[Statement]:
    """The statements, those doubted that put values into an equation of an earlier one or of the prompt.

    What follows from such a one with the same values on both sides is doubted too.
    """
    conditions = [relation for each in prompt for relation in each.relations if _is_condition(relation)]
    doubted: set[Values] = set()
    has_x = any("x" in each.names for each in (*prompt, *found))
    told: list[Statement] = []
    for each in found:
        work.budget.look()
        reasons = _reasons(each, conditions[-MAX_OPEN:], doubted, work)
        if has_x and each.written and _BETWEEN.search(texts.get(each.step, ""), *each.span):
            reasons = (*reasons, LOST_POWER)
        told.append(replace(each, told=(*each.told, *reasons)) if reasons else each)
        conditions.extend(relation for relation in each.relations if _is_condition(relation))
    return told


def _reasons(statement: Statement, conditions: Sequence[Relation], doubted: set[Values], work: Work) -> tuple[str, ...]:
    try:
        is_trial = [_is_trial(relation, conditions, doubted, work) for relation in statement.relations]
    except OverLimit:  # a very long trace: what was not compared may be a trial
        return (NOT_COMPARED,)
    return (PUT_IN,) if any(is_trial) else ()


def _is_trial(relation: Relation, conditions: Sequence[Relation], doubted: set[Values], work: Work) -> bool:
    if not relation.is_closed or _is_plainly_true(relation):
        return False
    if any(_is_instance(relation, each, work) for each in conditions):
        doubted.update(_values(relation, work))
        return True
    return bool(doubted) and not doubted.isdisjoint(_values(relation, work))


def is_plainly_false(relation: Relation) -> bool:
    """Whether it equates two sums of written numbers that differ."""
    if relation.op != "=" or isinstance(relation.left, Number) or not relation.is_closed:
        return False
    left, right = plain_value(relation.left), plain_value(relation.right)
    return left is not None and right is not None and left != right


def _is_plainly_true(relation: Relation) -> bool:
    """Whether both sides are the same number at a glance; then no doubt of it matters."""
    left = plain_value(relation.left)
    return left is not None and left == plain_value(relation.right)


def _values(relation: Relation, work: Work) -> Iterator[Values]:
    """Both sides as numbers, when they differ; nothing when they do not, or have no value."""
    try:
        left, right = worth(relation.left, work=work).value, worth(relation.right, work=work).value
    except (Unsupported, Undefined, TooLarge):
        return
    if left != right:
        yield left, right


def _is_condition(relation: Relation) -> bool:
    """Whether it has names, and is no definition of one."""
    return not relation.is_closed and not any(isinstance(side, Name | Call) for side in (relation.left, relation.right))


def _is_instance(closed: Relation, condition: Relation, work: Work) -> bool:
    put: dict[str, object] = {}
    sides = ((condition.left, closed.left), (condition.right, closed.right))
    return all(_fits(pattern, given, put, work) for pattern, given in sides) and bool(put)


def _fits(pattern: Node, given: Node, put: dict[str, object], work: Work) -> bool:
    """Whether the one becomes the other by putting values for its names, the same one for the same name."""
    work.spend()
    pattern, given = bare(pattern), bare(given)
    match pattern, given:
        case Name(name=name), _ if name not in CONSTANTS:
            return put.setdefault(name, shape(given)) == shape(given)
        case Number(value=one), Number(value=other):
            return one == other
        case Negative(of=one), Negative(of=other):
            return _fits(one, other, put, work)
        case Power(base=base, exponent=exponent), Power(base=other_base, exponent=other_exponent):
            return _fits(base, other_base, put, work) and _fits(exponent, other_exponent, put, work)
        case (Sum(terms=ones, minus=signs), Sum(terms=others, minus=other_signs)) | (
            Product(factors=ones, under=signs),
            Product(factors=others, under=other_signs),
        ):
            return signs == other_signs and _all_fit(ones, others, put, work)
        case Call(name=name, args=ones), Call(name=other_name, args=others):
            return name == other_name and len(ones) == len(others) and _all_fit(ones, others, put, work)
        case _:
            return shape(pattern) == shape(given)


def _all_fit(ones: Sequence[Node], others: Sequence[Node], put: dict[str, object], work: Work) -> bool:
    return all(_fits(one, other, put, work) for one, other in zip(ones, others, strict=True))


def shape(node: Node) -> object:
    """The tree without its places in the text and without brackets, to compare two of them."""
    inside = bare(node)
    if isinstance(inside, Number):
        return inside.value
    return type(inside).__name__, *(
        _shape_of(getattr(inside, each.name))
        for each in fields(inside)
        if each.name not in ("span", "grouped", "places")
    )


def _shape_of(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_shape_of(each) for each in value)
    return shape(value) if hasattr(value, "span") else value  # type: ignore[arg-type]

"""Plain arithmetic that a step asserts, recalculated with exact fractions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checkers.claims.equations import relations
from checkers.claims.relation import Relation
from checkers.finding import Finding, fails, holds, suspicious, unknown
from checkers.formula.tree import Negative, Node, Number, Percent, Power, Product, Sum, Unreadable, has, numbers
from checkers.formula.value import ROOT, value_of
from checkers.formula.written import TOO_LONG, shown, unit_of, written_like
from checkers.registry import rule
from checkers.trace import Trace

NEAR = Fraction(1, 200)
"""Share by which a product of rounded decimals may miss before it is called wrong."""
LOOSE = Fraction(1, 20)
"""Share by which an `≈` may miss before it is called wrong."""


@rule(version=1, scope="step")
def equation(trace: Trace) -> Iterator[Finding]:
    """Both sides of a written relation between numbers have the values it says.

    Values are exact fractions. A decimal on the right holds when the left side rounds to it at its own digits. A
    result that is rounded to a whole number without saying so, cut off instead of rounded, or strung on with a
    further `=` is suspicious, not wrong. Relations that are asked, supposed, refuted or quoted are left alone.
    """
    for relation in trace.once(relations):
        found = _judged(relation, trace)
        if found is not None:
            yield found


def _judged(relation: Relation, trace: Trace) -> Finding | None:
    left, right = value_of(relation.left), value_of(relation.right)
    if isinstance(left, Unreadable) or isinstance(right, Unreadable):
        return _open(relation, *(value.reason for value in (left, right) if isinstance(value, Unreadable)))
    if _is_true(relation.op, left, right):
        is_so = f"{_left_side(relation, trace)} is {shown(right)}."
        return _holding(relation, left, right, is_so if relation.op in "=≈" else "This comparison is right.")
    if not relation.sure or _is_traded_money(relation, left, right):
        return None
    if relation.op in "=≈":
        return _unequal(relation, left, right, trace)
    message = f"It is not true that {shown(left)} {relation.op} {shown(right)}."
    return fails(relation.span, message, step=relation.step, left=shown(left), right=shown(right))


def _open(relation: Relation, reason: str, *_more: str) -> Finding | None:
    if not relation.sure or reason == ROOT:  # roots are no plain arithmetic: nothing was claimed to this rule
        return None
    return unknown(relation.span, f"This cannot be recalculated: {reason}.", step=relation.step, reason=reason)


def _is_true(op: str, left: Fraction, right: Fraction) -> bool:
    match op:
        case "=" | "≈":
            return left == right
        case "≠":
            return left != right
        case "<":
            return left < right
        case ">":
            return left > right
        case "≤":
            return left <= right
        case _:
            return left >= right


def _is_traded_money(relation: Relation, left: Fraction, right: Fraction) -> bool:
    """Whether money stands on one side only and the other may count its cents, or thousands of it."""
    if any(number.currency for number in numbers(relation.left)) == any(
        number.currency for number in numbers(relation.right)
    ):
        return False
    return any(left == right * scale or right == left * scale for scale in (100, 1_000, 1_000_000))


def _holding(relation: Relation, left: Fraction, right: Fraction, message: str) -> Finding:
    return holds(relation.span, message, step=relation.step, left=shown(left), right=shown(right))


def _unequal(relation: Relation, left: Fraction, right: Fraction, trace: Trace) -> Finding | None:
    miss, unit = abs(left - right), unit_of(relation.right)
    is_about = relation.op == "≈"
    if unit is not None and unit < 1 and miss <= unit / 2:
        return _holding(relation, left, right, f"{shown(left)} is {shown(right)} when rounded.")
    if is_about and unit is not None and miss < unit:
        return _holding(relation, left, right, f"{shown(left)} is about {shown(right)}.")
    doubt = _style(relation, left, right, miss, unit)
    if doubt:
        return suspicious(relation.span, doubt, step=relation.step, left=shown(left), right=shown(right))
    if is_about and miss <= LOOSE * abs(left):
        return None
    return _wrong(relation, left, right, trace)


def _style(relation: Relation, left: Fraction, right: Fraction, miss: Fraction, unit: Fraction | None) -> str:
    """Why an unequal relation may be careless writing and not a wrong number; empty when it is wrong."""
    if _runs_on(relation.right, left):
        return "The calculation goes on behind an equals sign: both sides of it differ."
    if relation.op == "=" and unit is not None and miss < unit and left.denominator != 1:
        how = "cut off, not rounded" if unit < 1 else "made whole without saying so"
        return f"{shown(left)} is written as {shown(right)}: {how}."
    decimals = any(number.places for number in numbers(relation.left))
    if decimals and has(relation.left, Product, Power) and miss <= NEAR * abs(left):
        return f"{shown(left)} is close to {shown(right)}: a rounded number may have been used."
    return ""


def _runs_on(right: Node, left: Fraction) -> bool:
    """Whether the right side takes the left one's result and goes on: `2 + 3 = 5 + 4`."""
    match right:
        case Sum(terms=parts) | Product(factors=parts):
            first = parts[0]
        case _:
            return False
    while isinstance(first, Product | Sum):
        first = first.factors[0] if isinstance(first, Product) else first.terms[0]
    return value_of(first) == left


def _wrong(relation: Relation, left: Fraction, right: Fraction, trace: Trace) -> Finding:
    text = _text(relation, trace)
    start, end = relation.span
    message = f"{_left_side(relation, trace)} is {shown(left)}, not {shown(right)}."
    if TOO_LONG in (shown(left), shown(right)):
        message = "The two sides are different numbers."
    repair = None
    if relation.written and relation.ends_chain and isinstance(relation.right, Number | Percent | Negative):
        instead = written_like(left, relation.right, text)
        place = relation.right.span
        repair = None if instead is None else text[start : place[0]] + instead + text[place[1] : end]
    return fails(relation.span, message, step=relation.step, repair=repair, left=shown(left), right=shown(right))


def _left_side(relation: Relation, trace: Trace) -> str:
    """The left side as it stands in the text, where a rater can read it at a glance."""
    said = _text(relation, trace)[slice(*relation.left.span)] if relation.written else ""
    return said if 0 < len(said) <= 60 and "\n" not in said else "The left side"


def _text(relation: Relation, trace: Trace) -> str:
    return trace.text if relation.step is None else trace.steps[relation.step].text

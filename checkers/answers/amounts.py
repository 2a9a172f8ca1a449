"""Whether two numbers or expressions are the same, with percent, money, units and stated digits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from checkers.answers.judge import Judge
from checkers.answers.kinds import Amount
from checkers.answers.lettering import may_be_unit, without_letters
from checkers.answers.measures import is_trade, measure
from checkers.answers.multiples import same_equations
from checkers.answers.rounding import is_rounded, stands_for, tells
from checkers.answers.trees import NOWHERE, infinite, number, product, quotient, renamed
from checkers.finding import Verdict
from checkers.formula.tree import Chain, Name, Node, bare, names
from checkers.formula.write import same_shape
from checkers.formula.written import decimal_places

_COORDINATES = frozenset("xyz")
"""Names that a problem gives; others are often the writer's own."""


def same_amounts(one: Amount, other: Amount, judge: Judge) -> Verdict:
    """Whether two amounts are the same; symmetric.

    A sign of percent, money or a unit may be left out on one side. A decimal that is rounded rightly from an exact
    value is that value; of two decimals that are both exact the one is never taken for the other.
    """
    if one.value is not None and one.value == other.value and _is_plain(one) and _is_plain(other):
        return Verdict.HOLDS
    if one.label is not None and other.label is not None and not same_shape(bare(one.label), bare(other.label)):
        return _differently_named(one, other, judge)
    return _same_values(one, other, judge)


def _same_values(one: Amount, other: Amount, judge: Judge) -> Verdict:
    one, other = without_letters(one, other.unit, judge), without_letters(other, one.unit, judge)
    mine, theirs = one.unit or one.currency, other.unit or other.currency
    if mine and theirs and mine != theirs:
        return _in_other_units(one, other, judge)
    if one.percent != other.percent:
        return _percent_and_not(one, other, judge) if one.percent else _percent_and_not(other, one, judge)
    if one.value is not None and other.value is not None:
        return _same_numbers(one, other, one.value, other.value, judge)
    return _same_formulas(one, other, judge)


def _is_plain(one: Amount) -> bool:
    return not (one.percent or one.currency or one.unit or one.label or one.trails)


def _same_numbers(one: Amount, other: Amount, first: Fraction, second: Fraction, judge: Judge) -> Verdict:
    if one.trails != other.trails:
        return _trailed(one, first, second) if one.trails else _trailed(other, second, first)
    if first == second:
        return Verdict.HOLDS
    if judge.tolerance is not None:
        return _traded(one, other, first, second) if abs(first - second) > judge.tolerance else Verdict.HOLDS
    return _rounded(one, other, first, second) or _traded(one, other, first, second)


def _trailed(trailing: Amount, digits: Fraction, value: Fraction) -> Verdict:
    """Whether `0.333...` begins as an endless decimal does."""
    beyond, places = abs(value) - abs(digits), trailing.places or 0
    if value * digits < 0 or not 0 <= beyond < Fraction(1, 10**places):
        return Verdict.FAILS
    return Verdict.HOLDS if decimal_places(value) is None and tells(digits, places) else Verdict.UNKNOWN


def _traded(one: Amount, other: Amount, first: Fraction, second: Fraction) -> Verdict:
    # A unit on one side only may stand for a trade: "2 hours" and "120".
    is_one_sided = (one.unit or one.currency) != (other.unit or other.currency) or one.is_scaled != other.is_scaled
    return Verdict.UNKNOWN if is_one_sided and is_trade(first, second) else Verdict.FAILS


def _rounded(one: Amount, other: Amount, first: Fraction, second: Fraction) -> Verdict | None:
    """What two numbers are to one another of which one may be the other, rounded; None when it is not."""
    coarse = [answer.places for answer in (one, other) if answer.places is not None]
    if not coarse or min(coarse) == 0 or not is_rounded(first, second, min(coarse)):
        return None
    if len(coarse) > 1:
        return Verdict.UNKNOWN
    decimal, exact = (first, second) if one.places is not None else (second, first)
    is_it = decimal_places(exact) is None and stands_for(decimal, coarse[0], exact)
    return Verdict.HOLDS if is_it else Verdict.UNKNOWN


def _percent_and_not(percent: Amount, plain: Amount, judge: Judge) -> Verdict:
    """`50%` is 0.5, and 50 where the sign was left out; `0.5%` and 0.5 may be either."""
    share = replace(percent, percent=False, node=quotient(percent.tree, number(100)))
    if percent.value is not None:
        places = None if percent.places is None else percent.places + 2
        share = replace(share, value=percent.value / 100, places=places)
    as_share = _same_values(share, plain, judge)
    if as_share is Verdict.HOLDS:
        return as_share
    left_out = _same_values(replace(percent, percent=False), plain, judge)
    if left_out is Verdict.HOLDS:
        return Verdict.HOLDS if percent.value is not None and abs(percent.value) >= 1 else Verdict.UNKNOWN
    return Verdict.FAILS if as_share is left_out is Verdict.FAILS else Verdict.UNKNOWN


def _in_other_units(one: Amount, other: Amount, judge: Judge) -> Verdict:
    mine, theirs = measure(one.unit or one.currency), measure(other.unit or other.currency)
    if mine is None or theirs is None or mine.kind != theirs.kind:
        return Verdict.UNKNOWN
    return _same_values(_sized(one, mine.size), _sized(other, theirs.size), judge)


def _sized(amount: Amount, size: Fraction) -> Amount:
    """The amount in the unit that all of its kind are measured in."""
    value = None if amount.value is None else amount.value * size
    return replace(amount, unit="", currency="", node=product(amount.tree, number(size)), value=value, places=None)


def _same_formulas(one: Amount, other: Amount, judge: Judge) -> Verdict:
    left, right = one.tree, other.tree
    if infinite(left) or infinite(right):
        is_open = bool(_free(left) - {"∞"} or _free(right) - {"∞"})
        return Verdict.HOLDS if infinite(left) == infinite(right) else Verdict.UNKNOWN if is_open else Verdict.FAILS
    found = Verdict.UNKNOWN if one.trails or other.trails else judge.equal(left, right)
    if found is Verdict.HOLDS:
        return found
    if (one.unit == "°") != (other.unit == "°"):
        turned = _in_radians(left, right, judge) if one.unit == "°" else _in_radians(right, left, judge)
        return turned if turned is Verdict.HOLDS or found is Verdict.UNKNOWN else found
    if not (_free(left) or _free(right)):
        return _near(one, other, judge, found)
    if found is Verdict.FAILS and (may_be_unit(left, right, judge) or may_be_unit(right, left, judge)):
        return Verdict.UNKNOWN
    return Verdict.UNKNOWN if found is Verdict.FAILS and _may_be_renamed(left, right, judge) else found


def _near(one: Amount, other: Amount, judge: Judge, found: Verdict) -> Verdict:
    """What two different numbers are of which one is no fraction: the other may be it, rounded."""
    first, second = judge.worth(one.tree), judge.worth(other.tree)
    if first is None or second is None:
        return found
    if judge.tolerance is not None:
        return Verdict.HOLDS if abs(first - second) <= judge.tolerance else found
    if one.trails != other.trails:
        return _trailed(one, first, second) if one.trails else _trailed(other, second, first)
    decimal, places = (first, one.places) if one.places else (second, other.places)
    if not places or (one.places and other.places) or not is_rounded(first, second, places):
        return found
    return Verdict.HOLDS if tells(decimal, places) else Verdict.UNKNOWN


def _in_radians(degrees: Node, plain: Node, judge: Judge) -> Verdict:
    return judge.equal(product(degrees, quotient(Name(NOWHERE, "pi"), number(180))), plain)


def _differently_named(one: Amount, other: Amount, judge: Judge) -> Verdict:
    """`y = 2x` and `x = y/2` are one equation, `x = 5` and `y = 5` are two; `A = 5` and `S = 5` may be one answer."""
    if _free(one.tree) or _free(other.tree):
        as_equations = same_equations(equation_of(one), equation_of(other), judge)
        if as_equations is Verdict.HOLDS:
            return as_equations
        return Verdict.UNKNOWN
    found = _same_values(replace(one, label=None), replace(other, label=None), judge)
    if found is Verdict.HOLDS:
        return Verdict.FAILS if {_name(one), _name(other)} <= _COORDINATES else Verdict.UNKNOWN
    return found


def equation_of(amount: Amount) -> Chain:
    """`x = 5` as an equation again."""
    label = amount.label if amount.label is not None else number(0)
    return Chain(NOWHERE, (label, amount.tree), ("=",))


def _name(amount: Amount) -> str:
    label = bare(amount.label) if amount.label is not None else None
    return label.name if isinstance(label, Name) else ""


def _free(node: Node) -> frozenset[str]:
    return names(node) - {"pi", "e", "i"}


def _may_be_renamed(left: Node, right: Node, judge: Judge) -> bool:
    """Whether the two differ in a letter only, which may be the writer's own."""
    mine, theirs = sorted(_free(left) - _free(right)), sorted(_free(right) - _free(left))
    if len(mine) != 1 or len(theirs) != 1 or {*mine, *theirs} <= _COORDINATES:
        return False
    return judge.equal(renamed(left, {mine[0]: theirs[0]}), right) is not Verdict.FAILS

"""Whether two answers of any two kinds are the same."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from checkers.answers.amounts import equation_of, same_amounts
from checkers.answers.judge import Judge, both
from checkers.answers.kinds import Amount, Based, Grid, Kind, Ratio, Region, Several, Statement
from checkers.answers.lists import in_order, is_decimal_comma, same_lists
from checkers.answers.multiples import same_equations, solves
from checkers.answers.regions import points_of, region_of_pair, same_regions
from checkers.answers.shape import kind_of
from checkers.answers.trees import number, product, quotient
from checkers.decide.worth import exact_value
from checkers.finding import Verdict
from checkers.formula.tree import Node, Product, Sum, bare, names

_CONSTANTS = frozenset({"pi", "e", "i"})
_COORDINATES = frozenset("xyz")
_ORDER = (Amount, Several, Region, Grid, Statement, Ratio, Based)


def same_kinds(one: Kind, other: Kind, judge: Judge) -> Verdict:
    """Whether two answers are the same that were taken apart; symmetric."""
    if _ORDER.index(type(one)) > _ORDER.index(type(other)):
        one, other = other, one
    match one:
        case Amount():
            return _amount_and(one, other, judge)
        case Several():
            return _several_and(one, other, judge)
        case _ if type(one) is type(other):
            return _alike(one, other, judge)
        case _:
            return Verdict.UNKNOWN if isinstance(other, Statement) else Verdict.FAILS


def _alike(one: Kind, other: Kind, judge: Judge) -> Verdict:
    """Two of one kind that is neither an amount nor a list."""
    match one, other:
        case Region(), Region():
            return _regions(one, other, judge)
        case Grid(), Grid():
            return _grids(one, other, judge)
        case Statement(), Statement():
            return same_equations(one.chain, other.chain, judge)
        case Ratio(), Ratio():
            return _ratios(one, other, judge)
        case Based(), Based():
            return Verdict.HOLDS if one.value == other.value else Verdict.FAILS
        case _:
            return Verdict.UNKNOWN


def _amount_and(one: Amount, other: Kind, judge: Judge) -> Verdict:
    match other:
        case Amount():
            return same_amounts(one, other, judge)
        case Several():
            return _amount_and_several(one, other, judge)
        case Region():
            return _amount_and_region(one, other, judge)
        case Grid(rows=rows):
            cells = [cell for row in rows for cell in row]
            return _same_nodes(one.tree, cells[0], judge=judge) if len(cells) == 1 else Verdict.FAILS
        case Statement():
            return _amount_and_statement(one, other, judge)
        case Ratio():
            return _amount_and_ratio(one, other, judge)
        case Based():
            return _amount_and_based(one, other, judge)


def _amount_and_several(one: Amount, other: Several, judge: Judge) -> Verdict:
    found = [same_kinds(one, item, judge) for item in other.items]
    if found and set(found) <= {Verdict.HOLDS}:
        return Verdict.HOLDS
    if is_decimal_comma(one, other):
        return Verdict.UNKNOWN
    return Verdict.FAILS if Verdict.FAILS in found or not found else Verdict.UNKNOWN


def _amount_and_region(one: Amount, other: Region, judge: Judge) -> Verdict:
    if names(one.tree) - _CONSTANTS:
        return Verdict.UNKNOWN
    if len(other.parts) == 1 and not (other.parts[0].open_first or other.parts[0].open_last):
        return both([_same_nodes(one.tree, end, judge=judge) for end in (other.parts[0].first, other.parts[0].last)])
    return Verdict.FAILS


def _amount_and_statement(one: Amount, other: Statement, judge: Judge) -> Verdict:
    if one.label is not None:
        return same_equations(equation_of(one), other.chain, judge)
    if names(one.tree) - _CONSTANTS or not _asks_for_a_name(other):
        return Verdict.UNKNOWN
    return solves(other.chain, one.tree, judge)


def _asks_for_a_name(statement: Statement) -> bool:
    """Whether an equation is one to solve, and does not tell a value as `x^2 = 4` may."""
    if statement.chain.ops != ("=",):
        return False
    return any(isinstance(bare(part), Sum | Product) and names(part) for part in statement.chain.parts)


def _amount_and_ratio(one: Amount, other: Ratio, judge: Judge) -> Verdict:
    if len(other.parts) != 2:
        return Verdict.FAILS
    found = _same_nodes(one.tree, quotient(*other.parts), judge=judge)
    return Verdict.UNKNOWN if found is Verdict.HOLDS and other.may_be_clock else found


def _amount_and_based(one: Amount, other: Based, judge: Judge) -> Verdict:
    """`1011_2` is 11; 1011 beside it may be the same digits with the base left out."""
    found = judge.equal(one.tree, number(other.value))
    is_same_digits = one.value is not None and str(one.value) == other.digits.lstrip("0")
    return Verdict.UNKNOWN if is_same_digits and found is Verdict.FAILS else found


def _several_and(one: Several, other: Kind, judge: Judge) -> Verdict:
    if len(one.items) == 1 and one.bracket in ("", "set") and not isinstance(other, Several | Region):
        return same_kinds(one.items[0], other, judge)
    match other:
        case Several():
            return same_lists(one, other, partial(same_kinds, judge=judge))
        case Region():
            return _several_and_region(one, other, judge)
        case Grid():
            return _several_and_grid(one, other, judge)
        case Statement():
            return Verdict.UNKNOWN
        case _:
            return Verdict.FAILS


def _several_and_region(one: Several, other: Region, judge: Judge) -> Verdict:
    """A pair is an open interval too."""
    if not (one.items and other.parts):
        return Verdict.HOLDS if not (one.items or other.parts) else Verdict.FAILS
    if len(one.items) == len(other.parts) == 1 and one.bracket != "tuple" and isinstance(one.items[0], Amount):
        return _amount_and_region(one.items[0], other, judge)
    points = points_of(other)
    if points is not None:
        found_points = [kind_of(point, judge) for point in points]
        known_points = tuple(point for point in found_points if point is not None)
        return same_lists(one, Several(known_points, "set"), partial(same_kinds, judge=judge))
    known = [item.tree for item in one.items if isinstance(item, Amount)]
    if len(known) < len(one.items):
        return same_kinds(one.items[0], other, judge) if len(one.items) == 1 else Verdict.UNKNOWN
    if one.bracket == "tuple" and len(known) == 2:
        return same_regions(region_of_pair(*known), other, judge, partial(_same_nodes, judge=judge))
    # `1, 2` may be meant as the ends of an interval.
    ends = (other.parts[0].first, other.parts[0].last)
    is_pair = len(known) == 2 and len(other.parts) == 1
    found = [_same_nodes(a, b, judge=judge) for a, b in zip(known, ends, strict=True)] if is_pair else [Verdict.FAILS]
    return Verdict.FAILS if Verdict.FAILS in found else Verdict.UNKNOWN


def _several_and_grid(one: Several, other: Grid, judge: Judge) -> Verdict:
    """A vector may be written as a tuple."""
    if min(len(other.rows), len(other.rows[0])) > 1 or one.bracket == "set":
        return Verdict.FAILS
    cells = [kind_of(cell, judge) for row in other.rows for cell in row]
    known = tuple(cell for cell in cells if cell is not None)
    if len(known) < len(cells):
        return Verdict.UNKNOWN
    return in_order(one.items, known, partial(same_kinds, judge=judge))


def _regions(one: Region, other: Region, judge: Judge) -> Verdict:
    found = same_regions(one, other, judge, partial(_same_nodes, judge=judge))
    if found is Verdict.HOLDS and one.name and other.name and one.name != other.name:
        return Verdict.FAILS if {one.name, other.name} <= _COORDINATES else Verdict.UNKNOWN
    return found


def _grids(one: Grid, other: Grid, judge: Judge) -> Verdict:
    mine, theirs = ([cell for row in grid.rows for cell in row] for grid in (one, other))
    if len(one.rows) != len(other.rows) or len(mine) != len(theirs):
        is_turned = len(mine) == len(theirs) and 1 in (len(one.rows), len(one.rows[0]))
        return Verdict.UNKNOWN if is_turned else Verdict.FAILS
    return both([_same_nodes(a, b, judge=judge) for a, b in zip(mine, theirs, strict=True)])


def _ratios(one: Ratio, other: Ratio, judge: Judge) -> Verdict:
    if len(one.parts) != len(other.parts):
        return Verdict.FAILS
    if one.half or other.half:
        return _times_of_day(one, other)
    if one.may_be_clock and other.may_be_clock:
        return both([_same_nodes(a, b, judge=judge) for a, b in zip(one.parts, other.parts, strict=True)])
    crossed = zip(one.parts[1:], other.parts[1:], strict=True)
    found = [judge.equal(product(a, other.parts[0]), product(b, one.parts[0])) for a, b in crossed]
    return both(found)


def _times_of_day(one: Ratio, other: Ratio) -> Verdict:
    """`3:30 pm` is 15:30, and may be 3:30."""
    if not (one.may_be_clock and other.may_be_clock):
        return Verdict.UNKNOWN
    mine, theirs = _minutes(one), _minutes(other)
    if not mine & theirs:
        return Verdict.FAILS
    return Verdict.HOLDS if mine == theirs else Verdict.UNKNOWN


def _minutes(clock: Ratio) -> set[Fraction]:
    """The minutes of the day that a time of day may be."""
    hour, minute = (exact_value(part) or Fraction(0) for part in clock.parts)
    hours = {hour % 12, hour % 12 + 12} if 1 <= hour <= 12 else {hour}
    if clock.half:
        hours = {hour % 12 + (12 if clock.half == "pm" else 0)}
    return {60 * each + minute for each in hours}


def _same_nodes(one: Node, other: Node, *, judge: Judge) -> Verdict:
    mine, theirs = kind_of(one, judge), kind_of(other, judge)
    return Verdict.UNKNOWN if mine is None or theirs is None else same_kinds(mine, theirs, judge)

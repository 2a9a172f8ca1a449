"""From the tree of an answer to its kind."""

from __future__ import annotations

from dataclasses import replace

from checkers.answers.judge import Judge
from checkers.answers.kinds import Amount, Grid, Kind, Region, Several, Statement
from checkers.answers.matrices import grid_of
from checkers.answers.measures import spelled_unit
from checkers.answers.regions import region_of, said_together
from checkers.answers.trees import with_sign
from checkers.decide.worth import exact_value
from checkers.formula.lexicon import FUNCTIONS, TRIGONOMETRY
from checkers.formula.tree import (
    Call,
    Chain,
    Collection,
    Degrees,
    Group,
    Interval,
    Measured,
    Name,
    Negative,
    Node,
    Percent,
    PlusMinus,
    Power,
    Product,
    Sum,
    bare,
    has,
    names,
    numbers,
)
from checkers.formula.written import unit_of

_CONSTANTS = frozenset({"pi", "e", "i", "∞", "∅", "mathbb R"})
_ORDERS = frozenset("<>≤≥≠")
_MONEY = {"$": "$", "cent": "$", "€": "€"}


def kind_of(node: Node, judge: Judge) -> Kind | None:
    """What kind of answer a formula is; None for one that is none, such as an integral's name."""
    node = bare(node)
    match node:
        case Collection(kind=bracket, items=items):
            return _several(items, "" if bracket == "several" else bracket, judge)
        case Chain():
            return _of_chain(node, judge)
        case _ if has(node, PlusMinus):
            return _several((with_sign(node, upper=True), with_sign(node, upper=False)), "set", judge)
        case Name(name="mathbb R" | "∅") | Call(name="cup" | "cap" | "setminus"):
            return region_of(node, judge)
        case _ if has(node, Interval):
            return region_of(node, judge)
        case _:
            rows = grid_of(node)
            return Grid(rows) if rows is not None else _amount(node)


def is_label(node: Node) -> bool:
    """Whether a left side only says what the right side is the value of: `x`, `f(2)`, `|AB|`, `a/b`, `(p, q)`."""
    node = bare(node)
    match node:
        case Name(name=name):
            return name not in _CONSTANTS
        case Call(name="abs", args=args) | Collection(kind="tuple" | "several", items=args):
            return all(map(is_label, args))
        case Call(name=name, args=args):
            return name not in FUNCTIONS or (name in TRIGONOMETRY and isinstance(bare(args[0]), Name))
        case Product(factors=parts) | Sum(terms=parts):
            return all(map(is_label, parts))
        case Power(base=Name(name="f" | "g" | "h"), exponent=exponent):
            return isinstance(bare(exponent), Negative)
        case _:
            return False


def labelled(kind: Kind | None, label: Node) -> Kind | None:
    """The same with what it is the value of."""
    return replace(kind, label=label) if isinstance(kind, Amount | Several | Grid) else kind


def in_unit(amount: Amount, unit: str) -> Amount:
    """The amount with a unit that stood behind it; dollars and cents are money."""
    plain = spelled_unit(unit)
    if plain not in _MONEY or amount.currency not in ("", _MONEY[plain]):
        return replace(amount, unit=plain)
    return replace(amount, unit="" if plain != "cent" else plain, currency="" if plain == "cent" else _MONEY[plain])


def _several(items: tuple[Node, ...], bracket: str, judge: Judge) -> Kind | None:
    found: list[Kind] = []
    for item in items:
        kind = kind_of(item, judge)
        if kind is None:
            return None
        # Both signs of `±1, 3` are things of the list itself.
        is_pair = isinstance(kind, Several) and kind.bracket == "set" and has(item, PlusMinus)
        found.extend(kind.items if isinstance(kind, Several) and is_pair and bracket in ("", "set") else (kind,))
    regions = [kind for kind in found if isinstance(kind, Region)]
    if not bracket and len(regions) == len(found) > 1:
        return said_together(regions, judge) or Several(tuple(found), bracket)
    return Several(tuple(found), bracket)


def _of_chain(chain: Chain, judge: Judge) -> Kind | None:
    first, last = chain.parts[0], chain.parts[-1]
    ops = frozenset(chain.ops)
    if chain.modulus is not None:
        return Statement(chain)
    if ops <= {"=", "≈"}:
        if is_label(first):
            return labelled(kind_of(last, judge), first)
        if len(chain.parts) == 2 and is_label(last):
            return labelled(kind_of(first, judge), last)
        return Statement(chain) if names(chain) - _CONSTANTS else kind_of(last, judge)
    if ops == {"∈"} and isinstance(bare(last), Collection) and bare(last).kind == "set":  # type: ignore[union-attr]
        return labelled(kind_of(last, judge), first)
    if ops <= _ORDERS or ops == {"∈"}:
        region = region_of(chain, judge)
        if region is not None:
            return region
    return Statement(chain)


def _amount(node: Node) -> Amount | None:
    if isinstance(node, Negative) and isinstance(bare(node.of), Measured | Percent | Degrees):
        inside = bare(node.of)
        if isinstance(inside, Measured | Percent | Degrees):
            return _amount(replace(inside, of=Negative(node.span, inside.of)))
    if isinstance(node, Product) and isinstance(node.factors[-1], Measured):
        # The unit of `1/2 cm` or `8\\sqrt3 cm` belongs to all of it.
        last = node.factors[-1]
        whole = replace(node, factors=(*node.factors[:-1], last.of))
        return _amount(Measured(node.span, Group(node.span, whole), last.unit))
    if isinstance(node, Measured):
        inner = _amount(bare(node.of))
        return None if inner is None else in_unit(inner, node.unit)
    if isinstance(node, Degrees):
        inner = _amount(bare(node.of))
        return None if inner is None else replace(inner, unit="°")
    percent = isinstance(node, Percent)
    of = bare(node.of) if isinstance(node, Percent) else node
    step = unit_of(of)
    currency = next((number.currency for number in numbers(of) if number.currency), "")
    return Amount(
        of,
        exact_value(of),
        None if step is None else len(str(step.denominator)) - 1,
        percent,
        currency,
    )

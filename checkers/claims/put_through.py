"""A right value in place of a wrong one: in a tree, and in the text of a calculation with its result anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from checkers.claims.judgements import judged_in
from checkers.claims.results import Result, result_of, single
from checkers.claims.statements import statements_in
from checkers.finding import Span
from checkers.formula.read import read
from checkers.formula.rebuild import rebuilt
from checkers.formula.tree import Negative, Node, Number, Unreadable, children
from checkers.formula.written import written_like


def operands(node: Node) -> Iterator[tuple[Span, Fraction]]:
    """The numbers that are written in a formula, each with its own minus, and where they stand."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        value = _signed(here)
        if value is None:
            waiting.extend(children(here))
        else:
            yield here.span, value


def with_values(node: Node, instead: Mapping[Fraction, Fraction]) -> Node:
    """The tree with these numbers in place of those."""

    def change(here: Node) -> Node | None:
        value = _signed(here)
        return Number(here.span, instead[value]) if value is not None and value in instead else None

    return rebuilt(node, change)


def rewritten(result: Result, instead: Mapping[Fraction, Fraction], right: Fraction, text: str) -> str | None:
    """The calculation in its text with these numbers in place of those and its result anew, on one line.

    None where the numbers cannot be put in, or what comes out would not read as it is meant.
    """
    start, end = result.span
    last = single(result.written) or result.written
    gap = (result.calculation.span[1], result.before.span[1])
    changes: list[tuple[Span, str | None]] = [
        (span, _operand(instead[value], span, value, text))
        for span, value in operands(result.calculation)
        if value in instead
    ]
    changes += [(gap, ""), (last.span, written_like(right, last, text))]
    said = _spliced(text, (start, end), changes)
    return said if said is not None and _is_read(said, result, instead, right, text) else None


def _signed(node: Node) -> Fraction | None:
    if isinstance(node, Number):
        return node.value
    return -node.of.value if isinstance(node, Negative) and isinstance(node.of, Number) else None


def _operand(instead: Fraction, span: Span, value: Fraction, text: str) -> str | None:
    """The new number in the manner of the old; None where that is only a part of a sign, as of ½."""
    there = read(text[slice(*span)])
    if isinstance(there, Unreadable) or _signed(there) != value:
        return None
    model = there.of if isinstance(there, Negative) else there
    said = written_like(instead, model, text[slice(*span)])
    return f"({said})" if said is not None and instead < 0 else said


def _spliced(text: str, span: Span, changes: list[tuple[Span, str | None]]) -> str | None:
    said, at = [], span[0]
    for (start, end), instead in sorted(changes, key=lambda change: change[0]):
        if instead is None or start < at or end > span[1]:
            return None
        said += [text[at:start], instead]
        at = end
    return "".join([*said, text[at : span[1]]])


def _is_read(said: str, result: Result, instead: Mapping[Fraction, Fraction], right: Fraction, text: str) -> bool:
    """Whether the text with this in it has a calculation there that starts from the new numbers and is right."""
    start, end = result.span
    whole = text[:start] + said + text[end:]
    for statement in statements_in(whole):
        found = result_of(statement, judged_in([statement], {statement.step: whole}))
        if found is not None and found.span[0] == start:
            values = {value for _, value in operands(found.calculation)}
            is_put = set(instead.values()) & values == set(instead.values()) and not values & instead.keys()
            return found.is_right and found.right == right and is_put
    return False

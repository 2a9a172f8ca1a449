"""Values that a step finds for an unknown, put back into the equation that they solve."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checkers.claims.solution import Solution, solutions
from checkers.decide.decision import Undefined, Unsupported
from checkers.decide.exact import Exact
from checkers.finding import Finding, fails, holds, suspicious
from checkers.formula.tree import Node
from checkers.formula.written import shown
from checkers.limits import TooLarge, Work
from checkers.registry import rule
from checkers.trace import Trace

MAX_WORK = 2_000
MAX_BITS = 1_024
MAX_SHOWN = 80
"""Characters of an equation that a message repeats."""


@rule(version=2, scope="trace", measured=True)
def solution(trace: Trace) -> Iterator[Finding]:
    """A value found for the unknown solves the equation that it was found from.

    It holds when it solves any equation in this unknown, of the problem or of a step before it. Wrong is only what is
    said to be found and solves none of them; what is tried, picked or supposed is left alone, and a value beside a
    solution may be a rounded one.
    """
    for found in solutions(trace):
        given = found.given.statement
        left, right = (
            _value(side, found) for side in (found.solves.statement.parts[0], found.solves.statement.parts[-1])
        )
        values = {} if left is None or right is None else {"left": shown(left), "right": shown(right)}
        if found.is_right:
            yield holds(given.span, "Put into the equation, both sides are the same.", step=given.step, **values)
        elif found.is_rounded:
            message = "This is near to a solution of the equation, but not one: it may be rounded."
            yield suspicious(given.span, message, step=given.step, **values)
        else:
            yield fails(given.span, _told(found, left, right), step=given.step, **values)


def _value(side: Node, found: Solution) -> Fraction | None:
    try:
        return Exact({found.given.name: found.value}, Work(MAX_WORK), bits=MAX_BITS).value(side)
    except (Unsupported, Undefined, TooLarge):
        return None


def _told(found: Solution, left: Fraction | None, right: Fraction | None) -> str:
    said = " ".join(found.text[slice(*found.solves.statement.span)].split())
    value = f"{found.given.name} = {shown(found.value)}"
    if left is None or right is None or len(said) > MAX_SHOWN:
        return f"{value} does not solve the equation that it was found from."
    return f"{value} does not solve {said}: the left side is {shown(left)}, the right {shown(right)}."

"""The marks of a calculator, `<<16-3=13>>13`, against the number that is written behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from checkers.claims.results import exact_value
from checkers.finding import Finding, Span, fails, holds, suspicious
from checkers.formula.read import read
from checkers.formula.tree import Number, Unreadable
from checkers.formula.written import decimal_places, shown, written_like
from checkers.registry import rule
from checkers.trace import Trace

_MARK = re.compile(
    r"<<([^<>=\n]{1,200})=([^<>=\n]{1,60})>>[ \t]?[$£€]?(-?[0-9][0-9,]{0,40}(?:\.[0-9]{1,40})?)(?![0-9]|[.,/][0-9])"
)
NOISE = Fraction(1, 10**9)
"""Share by which a calculator's binary fractions miss: 9.200000000000001."""


@rule(version=1, scope="step", measured=True)
def mark(trace: Trace) -> Iterator[Finding]:
    """The number behind the mark of a calculator is the result in the mark.

    It may be rounded at its own digits. A result that is cut off or stands without its minus is suspicious, not wrong.
    Silent where the mark itself is wrong, or is no calculation.
    """
    for step, text in trace.pieces():
        trace.budget.look()
        for found in _MARK.finditer(text):
            told, taken = _number(found[2]), _number(found[3])
            if told is not None and taken is not None and _is_sound(found[1], told.value):
                yield _compared(told.value, taken, found.span(3), found[3], step)


def _number(text: str) -> Number | None:
    """A plain number; -13 as it is."""
    said = text.strip()
    node = read(said.removeprefix("-"))
    if not isinstance(node, Number):
        return None
    sign = -1 if said.startswith("-") else 1
    return Number((0, len(said)), sign * node.value, node.places, node.grouped)


def _is_sound(calculation: str, told: Fraction) -> bool:
    node = read(calculation)
    value = None if isinstance(node, Unreadable) else exact_value(node)
    return value is not None and abs(value - told) <= NOISE * max(abs(value), Fraction(1))


def _compared(told: Fraction, taken: Number, span: Span, said: str, step: int | None) -> Finding:
    miss, unit = abs(told - taken.value), Fraction(1, 10**taken.places)
    if miss <= NOISE * max(abs(told), Fraction(1)) or (taken.places and miss <= unit / 2):
        return holds(span, f"This is the {shown(taken.value)} of the calculation.", step=step)
    exact = {"left": shown(told), "right": shown(taken.value)}
    if abs(told) == abs(taken.value):
        return suspicious(span, f"The calculation gives {shown(told)}: its sign is lost.", step=step, **exact)
    if miss < unit and told.denominator != 1:
        return suspicious(span, f"The calculation gives {shown(told)}: this is cut off.", step=step, **exact)
    short = decimal_places(told)
    repair = None if short is None or short > 6 else written_like(told, taken, said)
    message = f"The calculation gives {shown(told)}, but {shown(taken.value)} is written."
    return fails(span, message, step=step, repair=repair, left=shown(told), right=shown(taken.value))

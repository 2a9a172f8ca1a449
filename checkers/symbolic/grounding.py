"""Where the numbers of a word problem go, and where those of its solution come from: what ranks a trace for review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from checkers.claims.options import options
from checkers.claims.quantities import Quantity, quantities
from checkers.claims.results import exact_value, results, single
from checkers.claims.stated import stated
from checkers.claims.statement import Statement
from checkers.claims.statements import statements
from checkers.finding import Finding, suspicious
from checkers.formula.tree import numbers
from checkers.formula.written import shown
from checkers.registry import rule
from checkers.trace import Trace

MOST = 25
"""Numbers in a problem; with more of them it is a table of which only a part is asked for."""
TRADED = (7, 12, 16, 24, 30, 36, 52, 60, 100, 365, 1000, 3600, 5280)
"""How many of one unit make another."""
SMALL = 12
"""Whole numbers up to here are often counted."""
LONG = 400
"""Characters of a sentence that are looked at."""
_FORMULA = re.compile(r"\\|\^|[=<>≤≥]|\$[^0-9]")
_USUAL = (20, 25, 50, 75, 90, 180, 360, 366, 1760, 2000, 10_000, 10**6)
_PI = (Fraction("3.14"), Fraction("3.1416"), Fraction("3.14159"), Fraction(22, 7))
_SHARES = tuple(Fraction(part, 100) for part in (1, 5, 10, 20, 25, 50, 75)) + (Fraction(1, 3), Fraction(2, 3))
_FREE = frozenset(map(Fraction, (*range(SMALL + 1), *TRADED, *_USUAL, *_PI, *_SHARES)))


@rule(version=1, scope="trace")
def number(trace: Trace) -> Iterator[Finding]:
    """A number that a solution of a word problem calculates with comes from the problem or from an earlier step.

    Suspicious when it stands in neither and is no result, remainder to 1 or 100, share or usual trade of units. Small
    whole numbers are often counted and are left alone, as are problems that have formulas or choices.
    """
    if not _is_word_problem(trace):
        return
    known = set(_FREE)
    for quantity in trace.of_text(quantities, trace.prompt):
        known.update(_kin(quantity.values))
    stated_in: dict[int | None, list[Statement]] = {}
    for statement in trace.once(statements):
        stated_in.setdefault(statement.step, []).append(statement)
    for step, text in trace.pieces():
        trace.budget.look()
        yield from _strangers(text, stated_in.get(step, ()), known)


@rule(version=1, scope="trace")
def unused(trace: Trace) -> Iterator[Finding]:
    """Every number of a word problem is taken up somewhere in its solution.

    Suspicious when one is not, in digits or words or counted in another unit, though an answer is stated. Numbers up
    to two are left alone, as are problems that have formulas or choices.
    """
    if trace.once(stated) is None or not trace.once(results) or not _is_word_problem(trace):
        return
    used: set[Fraction] = set()
    for _, text in trace.pieces():
        trace.budget.look()
        used.update(_kin({value for each in trace.of_text(quantities, text) for value in each.values}))
    left = [
        each for each in trace.of_text(quantities, trace.prompt) if _is_telling(each) and used.isdisjoint(_traded(each))
    ]
    if not left:
        return
    said = ", ".join(dict.fromkeys(" ".join(trace.prompt[slice(*each.span)].split()) for each in left))
    whole = (0, len(trace.text))
    yield suspicious(whole, f"The problem says {said}, which nothing here takes up.", unused=said)


def _is_word_problem(trace: Trace) -> bool:
    told = trace.of_text(quantities, trace.prompt)
    return 2 <= len(told) <= MOST and _FORMULA.search(trace.prompt) is None and not options(trace.prompt)


def _strangers(text: str, written: Sequence[Statement], known: set[Fraction]) -> Iterator[Finding]:
    """The unknown numbers that this text calculates with; what it says becomes known, sentence by sentence."""
    told = list(reversed(quantities(text)))
    for statement in written:
        # What is said in the same breath grounds nothing: "he has 21 apples, so 21 - 5".
        while told and told[-1].span[1] <= _sentence_start(text, statement.span[0]):
            known.update(told.pop().values)
        if statement.written and not statement.doubts:
            yield from _stranger(statement, known)
        known.update(_kin(_values(statement)))
    known.update(value for each in told for value in each.values)


def _sentence_start(text: str, at: int) -> int:
    least = max(0, at - LONG)
    return max(least, *(text.rfind(end, least, at) for end in (". ", "\n", "; ", "! ", "? ")))


def _stranger(statement: Statement, known: set[Fraction]) -> Iterator[Finding]:
    """The first unknown number of a calculation that leads to something; `39 = 3 * 13` only takes 39 apart."""
    worked = next((part for part in statement.parts if exact_value(part) is not None), None)
    for each in () if worked is None or single(worked) is not None else numbers(worked):
        if each.value not in known:
            message = f"{shown(each.value)} stands neither in the problem nor in an earlier step."
            yield suspicious(each.span, message, step=statement.step)
            return


def _values(statement: Statement) -> Iterator[Fraction]:
    for part in statement.parts:
        yield from (each.value for each in numbers(part))
        value = exact_value(part)
        if value is not None:
            yield value


def _kin(values: Iterable[Fraction]) -> Iterator[Fraction]:
    """The values, and what they become as shares, percentages and what is left of the whole."""
    for value in values:
        yield from (value, -value, value / 100, value * 100)
        yield from (1 - value, 1 + value, value - 1, 100 - value, 100 + value, 1 - value / 100, 1 + value / 100)


def _is_telling(quantity: Quantity) -> bool:
    return quantity.value > 2 or quantity.value.denominator != 1


def _traded(quantity: Quantity) -> set[Fraction]:
    direct = set(quantity.values)
    return direct | {value * scale for value in direct for scale in TRADED}

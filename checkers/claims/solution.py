"""The equation that a value found for the unknown is said to solve."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checkers.claims.following import followings
from checkers.claims.rewriting import has_other_things, text_of
from checkers.claims.statement import Statement
from checkers.claims.statements import statements, statements_in
from checkers.claims.unknown import Unknown, function_names, name_of, unknown_of, unknowns
from checkers.decide.roots import is_crossed, value_at
from checkers.formula.tree import Name
from checkers.formula.written import unit_of
from checkers.trace import Trace

FIRST, MAX_NEAR = 5, 30
"""How many of the equations in one unknown are asked: the first ones, which the problem may give, and the last."""
MAX_BEFORE = 160
"""Characters in front of a value in which it is said to be a solution."""
_SENTENCE = re.compile(r"[.!?](?=\s)|\n\s*\n")
_FOUND = re.compile(
    r"\b(?:solv\w*|solutions?|roots?|inspection|we (?:find|get|obtain|have|see)|gives?|yields?|thus|therefore|hence|"
    r"so)\b",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"\b(?:test\w*|try\w*|tries|choices?|options?|substitut\w*|plug\w*|check\w*|pick\w*|critical|suppos\w*|let|set|cases?|"
    r"when|if|where|consider\w*|intervals?|evaluat\w*|maximum|minimum|vertex|assum\w*|guess\w*|at|smallest|largest|"
    r"integers?|either|range|similarly|other|another|bisector|line|axis|points?)\b|\bfor\s*(?:\$|\\\()?\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Solution:
    """A value for the unknown, and the equation it is put back into."""

    given: Unknown
    solves: Unknown
    value: Fraction
    is_right: bool
    is_rounded: bool
    """Whether a solution lies within one unit of its last digit."""
    text: str
    """What the equation stands in."""


MANY = 3
"""Names with values in a row are named, `a = 1, b = -2 and c = 3`, and not found."""
_NAMING = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*=\s*-?[0-9]")


def solutions(trace: Trace) -> Iterator[Solution]:
    """The values that solve an equation of the problem or of an earlier step, and those that are only said to."""
    asked: dict[str, list[Unknown]] = defaultdict(list)
    for each in map(unknown_of, statements_in(trace.prompt)):
        if each is not None and _is_asked(each):
            asked[each.name].append(each)
    of_problem = frozenset(id(each) for of in asked.values() for each in of)
    read = trace.once(unknowns)
    taken = {id(each.after) for each in trace.once(followings)}
    # A value that solves what was squared or multiplied need not solve what it came from, where that was not read.
    unread = {_unread_name(each) for each in statements_in(trace.prompt) if unknown_of(each) is None}
    for statement in trace.once(statements):
        here = read.get(id(statement))
        if here is None:
            unread.add(_unread_name(statement) if unknown_of(statement) is None else "")
            continue
        trace.budget.look()
        value = here.value
        if value is not None and not statement.doubts:
            near = [*asked[here.name][:FIRST], *asked[here.name][FIRST:][-MAX_NEAR:]]
            solved, is_right, is_rounded = _judged(here, value, near)
            is_sure = here.name not in unread or id(solved) in of_problem
            # What follows at once from a step is judged there; that it solves the problem's own equation is news.
            is_new = id(statement) not in taken or (is_right and id(solved) in of_problem)
            if solved is not None and is_sure and is_new and (is_right or _is_found(trace, statement)):
                text = trace.prompt if id(solved) in of_problem else text_of(trace, solved.statement.step)
                yield Solution(here, solved, value, is_right, is_rounded, text)
        if _is_asked(here):
            asked[here.name].append(here)


def _unread_name(statement: Statement) -> str:
    """The unknown of an equation whose roots were not found, `\\sqrt{x + 3} = x - 3`; empty for `x = ...`."""
    return "" if isinstance(statement.parts[0], Name) else name_of(statement)


def _is_asked(equation: Unknown) -> bool:
    """Whether it is to be solved; what stands behind `if` need not be so."""
    stated = equation.statement
    if equation.solved is not None or len(equation.roots) < 2:
        return False
    return stated.step is None or stated.around is None or not stated.around.follows_condition(stated.place[0])


def _judged(given: Unknown, value: Fraction, near: Sequence[Unknown]) -> tuple[Unknown | None, bool, bool]:
    """The equation, and whether the value solves it, or a number beside it does."""
    solved = next((each for each in reversed(near) if not value_at(each.roots, value)), None)
    if solved is not None or not near:
        return solved, True, False
    unit = (unit_of(given.solved) if given.solved is not None else None) or Fraction(1)
    return near[-1], False, any(is_crossed(each.roots, value - unit, value + unit) for each in near)


def _is_found(trace: Trace, statement: Statement) -> bool:
    """Whether the value is said to be found, and not tried, picked or met on the way."""
    text = text_of(trace, statement.step)
    before = _SENTENCE.split(text[max(0, statement.span[0] - MAX_BEFORE) : statement.span[0]])[-1]
    names = {match[1] for match in _NAMING.finditer(text, max(0, statement.span[0] - MAX_BEFORE))}
    if (
        len(names) >= MANY
        or _TRIED.search(before) is not None
        or _FOUND.search(before) is None
        or has_other_things(text)
    ):
        return False
    return not statement.names & function_names(trace.prompt, text)

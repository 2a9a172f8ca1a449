"""What a trace knows of its names: the equations of the problem and of the steps, multiplied out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checkers.claims.statement import Relation, Statement
from checkers.claims.statements import statements, statements_in
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.polynomial import Polynomial, is_sum_of, rest_of
from checkers.decide.quotient import opaque_difference_of
from checkers.decide.roots import common, line_of, simple
from checkers.finding import Span
from checkers.formula.tree import Node, names
from checkers.limits import Work, taking
from checkers.trace import Trace

MAX_EQUATIONS = 400
MAX_WORK = 1_500
"""Of one equation that is multiplied out."""
MAX_EXPLAINING = 80_000
"""Work of explaining one difference."""
MAX_KNOWN = 40
"""Equations that are solved together."""
PROMPT = -1
"""The step of what stands in the problem."""
_LETTERS = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{1,3}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Equation:
    """`left = right` with names, not true for all of their values."""

    step: int
    """-1 for the problem; 0 for a text without steps."""
    span: Span
    names: frozenset[str]
    zeros: tuple[Polynomial, ...]
    """What is zero where it is true; functions of names are names there; empty where it was not read."""
    relation: Relation | None = None

    @property
    def is_value(self) -> bool:
        """Whether it only tells what number a name is."""
        return len(self.zeros) == 1 and len(self.zeros[0].names) == 1 and self.zeros[0].degree() == 1


def equations(trace: Trace) -> tuple[Equation, ...]:
    """The equations of problem and steps in order; ask for them by `trace.once(equations)`."""
    found: list[Equation] = []
    stated: dict[int | None, list[Statement]] = {}
    for statement in trace.once(statements):
        stated.setdefault(statement.step, []).append(statement)
    pieces = [(PROMPT, trace.prompt, list(statements_in(trace.prompt)))]
    pieces += [(step or 0, text, stated.get(step, [])) for step, text in trace.pieces()]
    for step, text, read in pieces:
        trace.budget.look()
        for each in sorted([*_read(read, step), *_unread(text, read, step)], key=lambda each: each.span):
            found.append(each)
            if len(found) >= MAX_EQUATIONS:
                return tuple(found)
    return tuple(found)


def _read(read: Iterable[Statement], step: int) -> Iterator[Equation]:
    for statement in read:
        for left, op, right, relation in _pairs(statement):
            free = (names(left) | names(right)) - {"pi"}
            if op != "=" or not free:
                continue
            zeros = _zeros(left, right) if "i" not in free else ()  # real and imaginary part would be two equations
            if not zeros or zeros[0].terms:
                used = free.union(*(each.names for each in zeros))
                yield Equation(step, (left.span[0], right.span[1]), used, zeros, relation)


def _pairs(statement: Statement) -> Iterator[tuple[Node, str, Node, Relation | None]]:
    """Each two neighbours, and of a longer chain of equals the first with the last."""
    for relation in statement.relations:
        yield relation.left, relation.op, relation.right, relation
    if len(statement.parts) > 2 and set(statement.ops) == {"="}:
        yield statement.parts[0], "=", statement.parts[-1], None


def _zeros(left: Node, right: Node) -> tuple[Polynomial, ...]:
    try:
        difference, roots = opaque_difference_of(left, right, Work(MAX_WORK))
    except (Unsupported, Undefined, TooLarge):
        return ()
    return (difference.above, *roots)


def _unread(text: str, read: Sequence[Statement], step: int) -> Iterator[Equation]:
    """Signs of equality that stand in no statement: something is said there of the letters on that line."""
    spans = sorted(statement.span for statement in read)
    for sign in re.finditer("=", text):
        at = bisect_right(spans, (sign.start(), len(text) + 1)) - 1
        if at >= 0 and sign.end() <= spans[at][1]:
            continue
        first, last = text.rfind("\n", 0, sign.start()) + 1, text.find("\n", sign.end())
        near = text[max(first, sign.start() - 80) : min(last if last >= 0 else len(text), sign.end() + 80)]
        letters = frozenset(letter for word in _LETTERS.findall(near) for letter in word)
        if letters:
            yield Equation(step, sign.span(), letters, ())


def is_explained(difference: Polynomial, known: Sequence[Equation], work: Work, *, everywhere: bool = False) -> bool:
    """Whether the polynomial is zero for some of what is known: by one equation, by a sum of several, or by all.

    For one name it is enough that one solution of an equation makes it zero, unless it has to be so `everywhere`.
    True as well where it takes too much work to find out.
    """
    try:
        with taking(work, at_most=MAX_EXPLAINING) as mine:
            return _explains(difference, known, mine, everywhere=everywhere)
    except TooLarge:
        return True


def _explains(difference: Polynomial, known: Sequence[Equation], work: Work, *, everywhere: bool) -> bool:
    work.spend(4 * len(known))
    near = [each for each in _connected(difference.names, known) if each.zeros][-MAX_KNOWN:]
    zeros = [zero for each in near for zero in each.zeros if zero.terms]
    return (
        any(_follows(difference, zero, work, everywhere=everywhere) for zero in zeros)
        or _is_sum(difference, zeros, work)
        or _vanishes(difference, zeros, work)
    )


def is_unsure(difference: Polynomial, known: Sequence[Equation]) -> bool:
    """Whether something that was not read is said of these names."""
    return any(not each.zeros and each.names & difference.names for each in known)


def _connected(start: frozenset[str], known: Sequence[Equation]) -> list[Equation]:
    """The equations that speak of these names, of names that stand in such an equation, and so on."""
    found: list[Equation] = []
    left, reached = list(known), set(start)
    while near := [each for each in left if each.names & reached]:
        found.extend(near)
        left = [each for each in left if not each.names & reached]
        reached.update(*(each.names for each in near))
    return found


def _is_sum(difference: Polynomial, zeros: Sequence[Polynomial], work: Work) -> bool:
    work.spend(2 * len(zeros) * sum(len(each.terms) for each in zeros))
    return is_sum_of(difference, zeros)


def _follows(difference: Polynomial, zero: Polynomial, work: Work, *, everywhere: bool) -> bool:
    """Whether the one is zero where the other is, or for one name somewhere there."""
    both = difference.names | zero.names
    if len(both) == 1:
        (name,) = both
        known = simple(line_of(zero, name))
        shared = len(common(line_of(difference, name), known))
        return shared == len(known) if everywhere else shared > 1
    return any(not _rest(difference, zero, name, work).terms for name in sorted(difference.names & zero.names))


def _rest(one: Polynomial, other: Polynomial, name: str, work: Work) -> Polynomial:
    work.spend(4 * len(one.terms) * len(other.terms) * (one.degree(name) + 1) + 40)
    return rest_of(one, other, name)


def _vanishes(difference: Polynomial, rest: Sequence[Polynomial], work: Work) -> bool:
    """Whether it is zero when each equation in turn is solved for a name, and the name is put in everywhere."""
    while rest and difference.terms:
        solved = next((found for each in rest if (found := _solved(each)) is not None), None)
        if solved is None:
            break
        name, by = solved
        difference = _rest(difference, by, name, work)
        rest = [left for each in rest if each is not by and (left := _rest(each, by, name, work)).names]
    return not difference.terms


def _solved(zero: Polynomial) -> tuple[str, Polynomial] | None:
    """A name that stands once in it, multiplied by a single term."""
    for name in sorted(zero.names):
        if zero.degree(name) == 1 and len(zero.coefficients(name)[1].terms) == 1:
            return name, zero
    return None

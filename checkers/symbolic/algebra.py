"""What a step does with letters: expressions that are rewritten, equations that follow from one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from checkers.claims.expression import is_worked_out
from checkers.claims.following import Following, followings, is_one_of_many
from checkers.claims.known import equations, is_explained
from checkers.claims.rewriting import BY_PAIR, Rewriting, has_other_things, is_near, rewritings, text_of
from checkers.claims.statement import Relation
from checkers.claims.statements import statements, statements_in
from checkers.claims.unknown import Unknown, cost_of, function_names, is_told, unknown_of, unknowns, unsigned, zero_of
from checkers.decide.polynomial import Polynomial, rest_of
from checkers.decide.quotient import ONE, Quotient
from checkers.decide.roots import common, count_real, fractions_among, is_crossed, without
from checkers.decide.told import told
from checkers.finding import Finding, Json, Verdict, fails, holds, suspicious, unknown
from checkers.formula.tree import Number
from checkers.formula.written import decimal_places, shown, unit_of, written_like
from checkers.limits import TooLarge, Work
from checkers.registry import rule
from checkers.trace import Trace

MAX_SHOWN = 80
"""Characters of a side that a message repeats."""
HALF = Fraction(50_001, 100_000)
"""Of the last digit: what lies just in the middle may be rounded either way."""


@rule(version=2, scope="trace", measured=True)
def rewriting(trace: Trace) -> Iterator[Finding]:
    """What is rewritten stays the same: an expression its value, an equation its solutions.

    An expression is looked at where a relation with the same letters on both sides cannot be a condition: in the
    later parts of a chain `y = A = B`, where words such as "expand" or "factor" announce it, where both sides agree in
    all but a term or two or differ by a number. An equation is compared with the one before when only plain words of
    algebra stand between them. Silent where anything known explains a difference. Solutions that are lost by
    dividing are suspicious, and so is one that is rounded without saying so.
    """
    for found in rewritings(trace):
        if found.is_same:
            yield holds(found.relation.span, "Both sides are the same expression.", step=found.relation.step)
        else:
            yield _wrong(trace, found)
    yield from _followed_in(trace)


def _wrong(trace: Trace, found: Rewriting) -> Finding:
    relation = found.relation
    text = text_of(trace, relation.step)
    sides = [_shown(side, latex="\\" in text) for side in (found.left, found.right)]
    message = _told(relation, text, *sides)
    repair = None
    may_repair = relation.ends_chain and relation.written and is_worked_out(relation.right)
    if sides[0] is not None and may_repair and not (relation.is_traded or is_worked_out(relation.left)):
        (start, end), place = relation.span, relation.right.span
        repair = text[start : place[0]] + sides[0] + text[place[1] : end]
    evidence = {"left": sides[0] or "", "right": sides[1] or ""}
    return fails(relation.span, message, step=relation.step, repair=repair, **evidence)


def _shown(side: Quotient | None, *, latex: bool) -> str | None:
    return told(side.above, latex=latex) if side is not None and side.under == ONE else None


def _told(relation: Relation, text: str, left: str | None, right: str | None) -> str:
    """What a side comes to when it is multiplied out, against what is said of it."""
    said = [" ".join(text[slice(*side.span)].split()) for side in (relation.left, relation.right)]
    if max(map(len, said)) > MAX_SHOWN or left is None or right is None:
        return "Multiplied out, the two sides are different expressions."
    if is_worked_out(relation.right):
        return f"{said[0]} is {left}, not {said[1]}."
    if is_worked_out(relation.left):
        return f"{said[1]} is {right}, not {said[0]}."
    return f"{said[0]} is {left}, but {said[1]} is {right}."


def _followed_in(trace: Trace) -> Iterator[Finding]:
    work = trace.budget.work()
    seen = [each for each in map(unknown_of, statements_in(trace.prompt)) if each is not None]
    read = trace.once(unknowns)
    pairs = {id(each.after): each for each in trace.once(followings)}
    wrong: dict[int, _Error] = {}
    for statement in trace.once(statements):
        following, here = pairs.get(id(statement)), read.get(id(statement))
        if following is not None:
            work.spend(BY_PAIR)
            error = wrong.get(id(following.before))
            before = read.get(id(following.before))
            if before is not None and here is not None and before.name == here.name:
                work.spend(4 * cost_of(before.roots, here.roots))
                found = _followed(trace, following, before, here, seen, work)
            else:
                found = _rearranged(trace, following, work)
            if found is not None and found.verdict is Verdict.HOLDS and error is not None and here is not None:
                wrong[id(following.after)] = error
                found = _carried(found, here, error, text_of(trace, found.step))
            elif found is not None and found.verdict is Verdict.FAILS and before is not None:
                wrong[id(following.after)] = error or _Error(before, found)
            if found is not None:
                yield found
        if here is not None:
            seen.append(here)


@dataclass(frozen=True, slots=True)
class _Error:
    """Where equations went wrong, and what held before."""

    before: Unknown
    found: Finding


def _carried(found: Finding, here: Unknown, error: _Error, text: str) -> Finding:
    """An equation that follows rightly from a wrong one: what it should say, where that is one number."""
    wanted = fractions_among(error.before.roots)
    repair = _resolved(text, here, wanted[0]) if len(wanted) == len(error.before.roots) - 1 == 1 else None
    message = "This follows from an equation that is wrong."
    if repair is not None:
        message = f"This follows from an equation that is wrong: it should be {here.name} = {shown(wanted[0])}."
    root: Json = {"step": error.found.step, "span": list(error.found.span)}
    carried = suspicious(found.span, message, step=found.step, root=root)
    return replace(carried, carried=True, repair=repair)


def _rearranged(trace: Trace, following: Following, work: Work) -> Finding | None:
    """Equations in the same several names: the second is a multiple of the first, or is miscopied."""
    before, after = zero_of(following.before), zero_of(following.after)
    if before is None or after is None or before.names != after.names:
        return None
    step, span = following.after.step, following.after.span
    name = min(before.names)
    try:
        is_multiple = not rest_of(after, before, name).terms
    except TooLarge as error:
        return unknown(span, "These two equations are too long to be compared.", step=step, reason=str(error))
    if is_multiple:
        return holds(span, "This says the same as the equation before.", step=step)
    if following.before.doubts or following.after.doubts:
        return None
    if not _is_miscopied(before, after, is_said=bool(following.said)):
        return None
    place = (following.before.step or 0, following.before.span[1])
    known = [each for each in trace.once(equations) if (each.step, each.span[1]) <= place]
    text = text_of(trace, following.before.step)
    if has_other_things(text) or is_explained(after, known, work) or is_one_of_many(text, following.before):
        return None
    return fails(span, "This does not follow from the equation before: it says something else.", step=step)


def _is_miscopied(before: Polynomial, after: Polynomial, *, is_said: bool) -> bool:
    """Whether the two agree in all but a term or two, when both are multiplied so that they begin alike.

    Two lines without a word may be two conditions, unless they contradict each other: all is the same but a number.
    """
    first = min(before.terms, key=lambda monomial: (-sum(times for _, times in monomial), monomial))
    if first not in after.terms:
        return False
    one, other = before.over(before.terms[first]), after.over(after.terms[first])
    return (one - other).constant is not None or (is_said and is_near(one, other))


def _followed(
    trace: Trace, following: Following, before: Unknown, after: Unknown, seen: Sequence[Unknown], work: Work
) -> Finding | None:
    if min(len(before.roots), len(after.roots)) < 2 or before.is_bare:
        return None
    shared = common(before.roots, after.roots)
    if shared == before.roots:
        return _kept(before, after)
    if before.statement.doubts or after.statement.doubts or _is_apart(trace, following, before, after):
        return None
    if shared == after.roots:
        return _lost(following, before, after)
    if not count_real(without(before.roots, shared)):
        return None
    if len(shared) > 1 and not count_real(without(after.roots, shared)):
        return None
    if is_told(after.roots, seen, after.name, work):
        return None
    return _rounded(before, after) or _unfollowed(trace, before, after)


def _is_apart(trace: Trace, following: Following, before: Unknown, after: Unknown) -> bool:
    """Whether the two may stand side by side: alternatives, values of a function, two calculations of one value."""
    text = text_of(trace, before.statement.step)
    if before.solved is not None and not (following.said and after.solved is not None):
        return True
    used = function_names(trace.prompt, text, text_of(trace, after.statement.step))
    return is_one_of_many(text, before.statement) or after.name in used


def _kept(before: Unknown, after: Unknown) -> Finding:
    """All solutions are still there; those that came in, as by squaring, are named."""
    gained = without(after.roots, before.roots) if len(after.roots) > len(before.roots) else ()
    message = "The equation before has these solutions."
    known = [f"{after.name} = {shown(root)}" for root in fractions_among(gained)] if len(gained) > 1 else []
    if known:
        message = f"All solutions are kept, and {' and '.join(known)} is gained: it need not solve the equation before."
    evidence: dict[str, Json] = {"gained": known} if known else {}
    return holds(after.statement.span, message, step=after.statement.step, **evidence)


def _lost(following: Following, before: Unknown, after: Unknown) -> Finding | None:
    lost = without(before.roots, after.roots)
    if not ("divid" in following.said or "cancel" in following.said) or not count_real(lost):
        return None
    known = [f"{after.name} = {shown(root)}" for root in fractions_among(lost)]
    message = f"The solution {' and '.join(known)} is lost here." if known else "Solutions are lost here."
    return suspicious(after.statement.span, message, step=after.statement.step, lost=known)


def _rounded(before: Unknown, after: Unknown) -> Finding | None:
    """A finding where the value given is near to a solution, so that it may be a rounded one."""
    value, node = after.value, after.solved
    if value is None or node is None or not isinstance(unsigned(node), Number):
        return None
    step, span, unit = after.statement.step, after.statement.span, unit_of(node) or Fraction(1)
    if not is_crossed(before.roots, value - unit, value + unit):
        return None
    if unit < 1 and is_crossed(before.roots, value - unit * HALF, value + unit * HALF):
        return holds(span, "This is a solution of the equation before, rounded.", step=step)
    return suspicious(span, "This is near to a solution of the equation before, but not rounded right.", step=step)


def _unfollowed(trace: Trace, before: Unknown, after: Unknown) -> Finding:
    step, span, name = after.statement.step, after.statement.span, after.name
    text = text_of(trace, step)
    wanted = fractions_among(before.roots)
    given = fractions_among(after.roots)
    repair = None
    message = "This does not follow from the equation before: the solutions are others."
    if len(wanted) == len(before.roots) - 1 <= 2:
        solved = " or ".join(f"{name} = {shown(root)}" for root in wanted)
        message = f"The equation before says {solved}, this one does not."
        if after.value is not None and len(wanted) == 1:
            message = f"The equation before says {solved}, not {name} = {shown(after.value)}."
            repair = _resolved(text, after, wanted[0])
    evidence = {"before": [shown(root) for root in wanted], "after": [shown(root) for root in given]}
    return fails(span, message, step=step, repair=repair, **evidence)


def _resolved(text: str, after: Unknown, value: Fraction) -> str | None:
    """The statement with the right value, where it is one number."""
    node, (start, end) = after.solved, after.statement.span
    if node is None or len(after.statement.parts) > 2 or not after.statement.written:
        return None
    if decimal_places(value) is None or not isinstance(unsigned(node), Number):
        return None
    instead = written_like(value, node, text)
    return None if instead is None else text[start : node.span[0]] + instead + text[node.span[1] : end]

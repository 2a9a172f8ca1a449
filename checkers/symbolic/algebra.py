"""Expressions with letters that a step rewrites, multiplied out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checkers.claims.following import Following, followings, is_one_of_many
from checkers.claims.known import Equation, equations, is_explained, is_unsure
from checkers.claims.rewriting import goes_on, has_other_things, is_announced, is_claimed, is_near, is_worked_out
from checkers.claims.statement import Relation, Statement
from checkers.claims.statements import statements, statements_in
from checkers.claims.unknown import Unknown, bare, function_names, is_told, unknown_of
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.polynomial import Polynomial
from checkers.decide.quotient import ONE, Quotient, quotient_of
from checkers.decide.roots import common, count_real, fractions_among, is_crossed, without
from checkers.decide.told import told
from checkers.finding import Finding, fails, holds, suspicious
from checkers.formula.tree import Node, Number, numbers
from checkers.formula.written import decimal_places, shown, unit_of, written_like
from checkers.limits import Work
from checkers.registry import rule
from checkers.trace import Trace

MAX_PAIRS = 300
"""Of one trace; those beyond are not looked at."""
MAX_WORK = 20_000
"""Of one pair that is multiplied out."""
MAX_SHOWN = 80
"""Characters of a side that a message repeats."""
MAX_BEFORE = 200
"""Characters in front of a relation in which it may be announced."""
HALF = Fraction(50_001, 100_000)
"""Of the last digit: what lies just in the middle may be rounded either way."""


@rule(version=1, scope="trace", measured=True)
def identity(trace: Trace) -> Iterator[Finding]:
    """An expression that is rewritten stays the same expression.

    Looked at are relations with the same letters on both sides that cannot be a condition: the later ones of a chain
    `y = A = B`, those announced by words such as "expand" or "factor", and those that agree in all but a term or two.
    Silent where something known of the letters makes both sides equal.
    """
    asked = 0
    for statement in trace.once(statements):
        for at, relation in enumerate(statement.relations):
            if not is_claimed(relation) or asked >= MAX_PAIRS:
                continue
            trace.budget.look()
            asked += 1
            found = _judged(trace, statement, at, relation)
            if found is not None:
                yield found


def _judged(trace: Trace, statement: Statement, at: int, relation: Relation) -> Finding | None:
    try:
        left, right = (quotient_of(side, Work(MAX_WORK)) for side in (relation.left, relation.right))
    except (Unsupported, Undefined, TooLarge):
        return None
    difference = left.above * right.under - right.above * left.under
    if not difference.terms:
        message = "Both sides are the same expression."
        return holds(relation.span, message, step=relation.step)
    if relation.doubts or not _is_meant(trace, statement, at, left, right, difference):
        return None
    return _wrong(trace, relation, left, right)


def _is_meant(
    trace: Trace, statement: Statement, at: int, left: Quotient, right: Quotient, difference: Polynomial
) -> bool:
    """Whether the pair is said to be one expression, and nothing known makes its sides equal."""
    text = text_of(trace, statement.step)
    if has_other_things(text) or has_other_things(trace.prompt) or _is_rounded(statement.parts[at + 1]):
        return False
    known = _known_before(trace, statement, at)
    if goes_on(statement, at):
        return left.degree == right.degree and not is_explained(difference, known)
    start = statement.span[0]
    is_said = at == 0 and is_announced(text[max(0, start - MAX_BEFORE) : start])
    if not is_said and not is_near(left.above * right.under, right.above * left.under):
        return False
    return not is_unsure(difference, known) and not is_explained(difference, known)


def _known_before(trace: Trace, statement: Statement, at: int) -> list[Equation]:
    place = (statement.step or 0, statement.parts[at].span[1])
    return [each for each in trace.once(equations) if (each.step, each.span[1]) <= place]


def _is_rounded(node: Node) -> bool:
    return any(number.places for number in numbers(node))


def text_of(trace: Trace, step: int | None) -> str:
    """What a span of that step counts in."""
    return trace.text if step is None else trace.steps[step].text


def _wrong(trace: Trace, relation: Relation, left: Quotient, right: Quotient) -> Finding:
    text = text_of(trace, relation.step)
    shown = [_shown(side, latex="\\" in text) for side in (left, right)]
    message = _told(relation, text, *shown)
    repair = None
    may_repair = relation.ends_chain and relation.written and is_worked_out(relation.right)
    if shown[0] is not None and may_repair and not (relation.is_traded or is_worked_out(relation.left)):
        (start, end), place = relation.span, relation.right.span
        repair = text[start : place[0]] + shown[0] + text[place[1] : end]
    evidence = {"left": shown[0] or "", "right": shown[1] or ""}
    return fails(relation.span, message, step=relation.step, repair=repair, **evidence)


def _shown(side: Quotient, *, latex: bool) -> str | None:
    return told(side.above, latex=latex) if side.under == ONE else None


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


@rule(version=1, scope="trace", measured=True)
def rewriting(trace: Trace) -> Iterator[Finding]:
    """An equation in one unknown has the solutions of the one that it is said to follow from.

    Silent where anything else is said between the two, or where the second follows from another equation as well.
    Solutions that are lost by dividing are suspicious, and so is one that is rounded without saying so.
    """
    seen: list[Unknown] = [each for each in map(unknown_of, statements_in(trace.prompt)) if each is not None]
    read = {id(each): unknown_of(each) for each in trace.once(statements)}
    pairs = {id(each.after): each for each in trace.once(followings)}
    for statement in trace.once(statements):
        following = pairs.get(id(statement))
        here = read[id(statement)]
        before = read[id(following.before)] if following is not None else None
        if following is not None and before is not None and here is not None and before.name == here.name:
            trace.budget.look()
            found = _followed(trace, following, before, here, seen)
            if found is not None:
                yield found
        if here is not None:
            seen.append(here)


def _followed(
    trace: Trace, following: Following, before: Unknown, after: Unknown, seen: Sequence[Unknown]
) -> Finding | None:
    if min(len(before.roots), len(after.roots)) < 2 or before.is_bare:
        return None
    step, span = after.statement.step, after.statement.span
    shared = common(before.roots, after.roots)
    if shared == before.roots:
        return holds(span, "The equation before has these solutions.", step=step)
    if before.statement.doubts or after.statement.doubts or _is_apart(trace, following, before, after):
        return None
    if shared == after.roots:
        return _lost(following, before, after)
    if not count_real(without(before.roots, shared)):
        return None
    if len(shared) > 1 and not count_real(without(after.roots, shared)):
        return None
    if is_told(after.roots, seen, after.name):
        return None
    return _rounded(before, after) or _unfollowed(trace, before, after)


def _is_apart(trace: Trace, following: Following, before: Unknown, after: Unknown) -> bool:
    """Whether the two may stand side by side: alternatives, values of a function, two calculations of one value."""
    text = text_of(trace, before.statement.step)
    if before.solved is not None and not (following.said and after.solved is not None):
        return True
    used = function_names(trace.prompt, text, text_of(trace, after.statement.step))
    return is_one_of_many(text, before.statement) or after.name in used


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
    if value is None or node is None or not isinstance(bare(node), Number):
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
    if decimal_places(value) is None or not isinstance(bare(node), Number):
        return None
    instead = written_like(value, node, text)
    return None if instead is None else text[start : node.span[0]] + instead + text[node.span[1] : end]

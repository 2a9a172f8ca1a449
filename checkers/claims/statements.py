"""Every relation that a trace states, read whole, with the reasons to doubt that it is asserted.

Two false alarms and a rater stops reading: a part with a frayed edge is left out, and what is asked, supposed, refuted,
quoted or tried is told apart from what is asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checkers.claim import RelationClaim
from checkers.claims.doubt import (
    OTHER_ARITHMETIC,
    OWN_SIGN,
    Surroundings,
    has_other_arithmetic,
    has_own_sign,
    is_refuted_by,
)
from checkers.claims.edges import Edge, left_edge, right_edge
from checkers.claims.retraction import without_retracted
from checkers.claims.statement import Statement
from checkers.claims.trial import is_plainly_false, shape, tried
from checkers.claims.units import with_letter_unit
from checkers.finding import Span
from checkers.formula.lexicon import LETTER_UNITS
from checkers.formula.prose import Formula, formulas_in
from checkers.formula.read import read
from checkers.formula.tree import Chain, Node, Number, Unreadable, numbers
from checkers.limits import NO_BOUNDS, Budget, OverLimit
from checkers.trace import Trace

MAX_SIGNS = 5_000
"""Signs of relation in one step or text; no chain of thought has that many."""
SIGNS = ("=", "≈", "≠", "<", ">", "≤", "≥", "≡", "\\")
_SPELLINGS = {"==": "=", "<=": "≤", ">=": "≥", "!=": "≠", "~=": "≈"}


def statements(trace: Trace) -> tuple[Statement, ...]:
    """The statements of every step, or of the whole text, in order; ask for them by `trace.once(statements)`."""
    pieces = list(trace.pieces())
    if any(sum(map(text.count, SIGNS[:-1])) > MAX_SIGNS for _, text in pieces):
        raise OverLimit(f"more than {MAX_SIGNS:,} signs of relation")
    asked = trace.of_text(reading_of, trace.prompt).statements
    unusual = _unusual(trace.prompt, asked)
    found: list[Statement] = []
    for at, (step, text) in enumerate(pieces):
        trace.budget.look()
        written = [replace(each, step=step) for each in trace.of_text(reading_of, text).statements]
        following = pieces[at + 1][1] if at + 1 < len(pieces) else ""
        denied = bool(written) and is_refuted_by(following) and len(text) - written[-1].span[1] < 40
        found.extend(_doubted(each, unusual) for each in written[: -1 if denied else None])
        if denied:
            found.append(_doubted(written[-1], (*unusual, "refuted in the next step")))
        claim = trace.steps[step].claim if step is not None else None
        if isinstance(claim, RelationClaim):
            found.extend(_claimed(claim, written, step, len(text)))
    texts = dict(pieces)
    return tuple(tried(_measured(without_retracted(found, texts), asked), asked, texts, trace.budget.work()))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of one text."""

    statements: tuple[Statement, ...] = ()
    unread: tuple[Span, ...] = ()
    """Where relations stand that could not be read whole, or of which an edge was broken off."""


def statements_in(text: str) -> tuple[Statement, ...]:
    """The statements of one text, those inside calculator marks `<<2+3=5>>` too."""
    return reading_of(text, NO_BOUNDS).statements


def reading_of(text: str, budget: Budget) -> Reading:
    """The statements of one text and what could not be read; ask for it by `trace.of_text(reading_of, text)`."""
    if not any(sign in text for sign in SIGNS):
        return Reading()
    around = Surroundings(text)
    other = (OTHER_ARITHMETIC,) if has_other_arithmetic(text) else ()
    formulas = formulas_in(text, budget=budget)
    firsts, ends = _places(formulas)
    found = [(formula.span, _stated(formula, firsts, ends, around)) for formula in budget.over(formulas)]
    stated = _once_each(each for _, each in found if each is not None)
    return Reading(
        tuple(_doubted(each, other) for each in stated),
        tuple(span for span, each in found if each is None or each.span != span),
    )


def _measured(found: Sequence[Statement], asked: Sequence[Statement]) -> list[Statement]:
    """The statements with letters that are units behind a result, `16 * 10 = 160 m`, where they name nothing."""
    ends = [
        each.parts[-1] if not (each.free[-1] - LETTER_UNITS) and not any(each.free[:-1]) else None for each in found
    ]
    known = frozenset[str]().union(*(each.names for each in asked))
    for each, end in zip(found, ends, strict=True):
        known |= each.names if end is None else frozenset()
    return [
        each if end is None else replace(each, parts=(*each.parts[:-1], with_letter_unit(end, known)))
        for each, end in zip(found, ends, strict=True)
    ]


def _once_each(found: Iterable[Statement]) -> Iterator[Statement]:
    """The statements without what a calculator's mark only repeats: `48 + 24 = <<48+24=72>>72`."""
    whole: Statement | None = None
    for each in found:
        is_inside = whole is not None and whole.span[0] < each.span[0] and each.span[1] < whole.span[1]
        if whole is not None and is_inside and list(map(shape, whole.parts))[-2:] == list(map(shape, each.parts)):
            continue
        whole = whole if is_inside else each
        yield each


def _unusual(prompt: str, asked: Sequence[Statement]) -> tuple[str, ...]:
    """Why sums may come out otherwise for this problem: it says so, or gives some that do, `1 + 4 = 5, 2 + 5 = 12`."""
    is_own = has_own_sign(prompt) or any(map(is_plainly_false, (one for each in asked for one in each.relations)))
    named = ((OTHER_ARITHMETIC, has_other_arithmetic(prompt)), (OWN_SIGN, is_own))
    return tuple(reason for reason, is_so in named if is_so)


def _doubted(statement: Statement, reasons: Sequence[str]) -> Statement:
    return replace(statement, told=(*statement.told, *reasons)) if reasons else statement


def _places(formulas: Sequence[Formula]) -> tuple[frozenset[int], frozenset[int]]:
    return frozenset(each.first for each in formulas), frozenset(each.end for each in formulas)


def _stated(formula: Formula, firsts: frozenset[int], ends: frozenset[int], around: Surroundings) -> Statement | None:
    node = formula.node
    if not isinstance(node, Chain):
        return None
    ops = ("≈" if op == "=" and formula.trails and at == len(node.ops) - 1 else op for at, op in enumerate(node.ops))
    left, right = left_edge(formula, ends), right_edge(formula, firsts)
    whole = Statement(
        None,
        formula.span,
        node.parts,
        tuple(ops),
        node.modulus,
        around=around,
        place=formula.span,
        first_edge=left,
        last_edge=right,
    )
    return _cut(whole)


def _cut(whole: Statement) -> Statement | None:
    """The statement without a part that is broken off at its edge."""
    first, last = whole.first_edge is Edge.BROKEN, whole.last_edge is Edge.BROKEN
    start, end = int(first), len(whole.parts) - int(last)
    if end - start < 2:
        return None
    parts = whole.parts[start:end]
    return replace(
        whole,
        span=(parts[0].span[0], parts[-1].span[1]) if first or last else whole.span,
        parts=parts,
        ops=whole.ops[start : end - 1],
        first_edge=Edge.CLEAN if first else whole.first_edge,
        last_edge=Edge.CLEAN if last else whole.last_edge,
        is_cut=last,
    )


def _claimed(claim: RelationClaim, written: Sequence[Statement], step: int | None, length: int) -> Iterator[Statement]:
    left, right = read(claim.left), read(claim.right)
    op = _SPELLINGS.get(claim.op.strip(), claim.op.strip())
    if isinstance(left, Unreadable) or isinstance(right, Unreadable) or op not in SIGNS:
        return
    for statement in written:
        for relation in statement.relations:
            if _shape(relation.left) == _shape(left) and _shape(relation.right) == _shape(right):
                return
    whole = (0, length)
    yield Statement(step, whole, (replace(left, span=whole), replace(right, span=whole)), (op,), written=False)


def _shape(node: Node) -> tuple[object, ...]:
    return tuple(number.value for number in numbers(node)), isinstance(node, Number)

"""Every relation between plain numbers that a trace asserts; what is not asserted for certain is left out or unsure.

Two false alarms and a rater stops reading, so this reader is silent wherever an operand has a frayed edge: a letter
or word that belongs to it, a left side that was cut off, a list, a range, a unit that is traded for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checkers.claim import RelationClaim
from checkers.claims.doubt import Surroundings, has_other_arithmetic, has_own_sign, surroundings
from checkers.claims.edges import JOINING, Edge, left_edge, left_start, right_edge, right_end
from checkers.claims.relation import Relation
from checkers.formula.parse import parse, parse_text
from checkers.formula.tokens import Kind, Token, tokens_of
from checkers.formula.tree import Node, Number, Percent, Sum, Unreadable, has, numbers
from checkers.limits import OverLimit
from checkers.trace import Trace

MAX_MARK = 200
MAX_SIGNS = 5_000
"""Signs of relation in one step or text; no chain of thought has that many."""
RELATIONS = ("=", "≈", "≠", "<", ">", "≤", "≥")
_SPELLINGS = {"==": "=", "<=": "≤", ">=": "≥", "!=": "≠", "~=": "≈"}


def relations(trace: Trace) -> tuple[Relation, ...]:
    """The relations of every step, or of the whole text, in order; ask for them by `trace.once(relations)`."""
    if any(sum(map(text.count, RELATIONS)) > MAX_SIGNS for _, text in trace.pieces()):
        raise OverLimit(f"more than {MAX_SIGNS:,} signs of relation")
    found: list[Relation] = []
    is_usual = not (has_other_arithmetic(trace.prompt) or has_own_sign(trace.prompt))
    for step, text in trace.pieces():
        written = relations_in(text, step=step)
        found.extend(replace(relation, sure=relation.sure and is_usual) for relation in written)
        claim = trace.steps[step].claim if step is not None else None
        if isinstance(claim, RelationClaim):
            found.extend(_claimed(claim, written, step, len(text)))
    return tuple(found)


def relations_in(text: str, *, step: int | None = None) -> tuple[Relation, ...]:
    """The relations that one text asserts, those inside calculator marks `<<2+3=5>>` too."""
    if not any(sign in text for sign in (*RELATIONS, "\\")):
        return ()
    around = None if has_other_arithmetic(text) else surroundings(text)
    tokens = tokens_of(text)
    found = list(_found(text, tokens, around, step))
    for mark in tokens:
        if mark.kind is Kind.MARK:
            inner = tokens_of(text, start=mark.start + 2, end=mark.end - 2)
            found.extend(_found(text, inner, around, step))
    return tuple(sorted(found, key=lambda relation: relation.span))


def _found(text: str, tokens: Sequence[Token], around: Surroundings | None, step: int | None) -> Iterator[Relation]:
    tokens = [token for token in tokens if token.kind is not Kind.MARK]
    places = [at for at, token in enumerate(tokens) if token.kind is Kind.RELATION]
    known: dict[tuple[int, int], Node | Unreadable] = {}
    ends = {place: right_end(tokens, place) for place in places}
    behind = set(ends.values())
    for place in places:
        start, end = left_start(tokens, place), ends[place]
        edges = (
            left_edge(tokens, start, follows_relation=start - 1 in behind),
            right_edge(tokens, end, starts_relation=_begins_relation(tokens, end)),
        )
        if start == place or end == place + 1 or max(edges) is Edge.BROKEN:
            continue
        left, right = _parsed(tokens, start, place, known), _parsed(tokens, place + 1, end, known)
        if isinstance(left, Unreadable) or isinstance(right, Unreadable):
            continue
        ends_chain = end not in ends
        trails_off = end < len(tokens) and tokens[end].text in ("...", "…", "..")
        op = "≈" if trails_off and tokens[place].text == "=" else tokens[place].text
        sure = max(edges) is Edge.CLEAN or trails_off
        sure = sure and around is not None and not around.doubts(left.span[0], right.span[1])
        yield Relation(step, left, op, right, sure and _is_plain(left, right, text), ends_chain)


def _parsed(
    tokens: Sequence[Token], start: int, end: int, known: dict[tuple[int, int], Node | Unreadable]
) -> Node | Unreadable:
    if (start, end) not in known:
        known[start, end] = parse(tokens[start:end])
    return known[start, end]


def _begins_relation(tokens: Sequence[Token], end: int) -> bool:
    """Whether what stands behind a comma or `and` at `end` is the left side of a relation of its own."""
    if end + 1 >= len(tokens) or not (tokens[end].kind is Kind.COMMA or tokens[end].text in JOINING):
        return False
    at = end + 1
    while at < len(tokens) and at - end < MAX_MARK and tokens[at].kind not in (Kind.COMMA, Kind.WORD, Kind.BREAK):
        if tokens[at].kind is Kind.RELATION:
            return left_start(tokens, at) == end + 1
        at += 1
    return False


def _is_plain(left: Node, right: Node, text: str) -> bool:
    """Whether both sides speak of the same kind of thing, and the left one is a calculation."""
    if isinstance(left, Number | Percent):
        return False
    if has(left, Percent) != has(right, Percent) or (has(left, Percent) and not _all_percent(left, right)):
        return False
    if len({number.currency for side in (left, right) for number in numbers(side)} - {""}) > 1:
        return False
    return not _is_range(left, text)


def _all_percent(left: Node, right: Node) -> bool:
    terms = left.terms if isinstance(left, Sum) else (left,)
    return isinstance(right, Percent) and all(isinstance(term, Percent) for term in terms)


def _is_range(node: Node, text: str) -> bool:
    """Whether `3-5` may mean from 3 to 5."""
    if not isinstance(node, Sum) or len(node.terms) != 2 or not node.minus[1]:
        return False
    first, second = node.terms
    is_tight = " " not in text[node.span[0] : node.span[1]]
    return is_tight and isinstance(first, Number) and isinstance(second, Number) and first.value < second.value


def _claimed(claim: RelationClaim, written: Sequence[Relation], step: int | None, length: int) -> Iterator[Relation]:
    left, right = parse_text(claim.left), parse_text(claim.right)
    op = _SPELLINGS.get(claim.op.strip(), claim.op.strip())
    if isinstance(left, Unreadable) or isinstance(right, Unreadable) or op not in RELATIONS:
        return
    if any(_shape(relation.left) == _shape(left) and _shape(relation.right) == _shape(right) for relation in written):
        return
    whole = (0, length)
    yield Relation(step, replace(left, span=whole), op, replace(right, span=whole), True, True, written=False)


def _shape(node: Node) -> tuple[object, ...]:
    return tuple(number.value for number in numbers(node)), type(node)

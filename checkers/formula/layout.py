"""How the tokens of a text are laid out: brackets with a remark, matrices over several lines."""

from __future__ import annotations

from collections.abc import Sequence

from checkers.formula.tokens import Kind, Token, touches

MAX_FENCED = 300
"""Tokens of one matrix or case distinction."""
_CALLED = frozenset({Kind.NAME, Kind.FUNCTION, Kind.BELOW, Kind.PRIME})


def drawings_in(text: str) -> list[tuple[int, int]]:
    """Where programs stand that draw a figure, `[asy] ... [/asy]`: their signs are no relations."""
    found: list[tuple[int, int]] = []
    start = text.find("[asy]")
    while start >= 0:
        end = text.find("[/asy]", start)
        if end < 0:
            break
        found.append((start, end + len("[/asy]")))
        start = text.find("[asy]", found[-1][1])
    return found


def asides_of(tokens: Sequence[Token]) -> frozenset[int]:
    """The places of the round and square brackets that hold a statement of their own, `8 (since 3 + 5 = 8)`."""
    found: set[int] = set()
    waiting: list[tuple[int, bool]] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            waiting.append((at, False))
        elif token.kind is Kind.RELATION and waiting:
            waiting[-1] = (waiting[-1][0], True)
        elif token.kind is Kind.CLOSE and waiting:
            opening, states = waiting.pop()
            if states and tokens[opening].text in "([" and not is_applied(tokens, opening):
                found |= {opening, at}
    return frozenset(found)


def is_applied(tokens: Sequence[Token], opening: int) -> bool:
    """Whether the bracket there belongs to the name or function before it, as in `P(X = 2)`."""
    before = tokens[opening - 1] if opening else None
    if before is None or not touches(before, tokens[opening]):
        return False
    return before.kind in _CALLED or before.text == "}"


def fenced(tokens: Sequence[Token]) -> frozenset[int]:
    """The places inside of matrices and case distinctions that end again."""
    found: set[int] = set()
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is not Kind.FENCE:
            continue
        if token.text.startswith("begin"):
            waiting.append(at)
        elif waiting:
            opening = waiting.pop()
            if not waiting and at - opening <= MAX_FENCED:
                found.update(range(opening, at + 1))
    return frozenset(found)

"""The formulas that stand in prose: where each begins and ends, and what it reads as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkers.finding import Span
from checkers.formula.read import read_tokens
from checkers.formula.signs import DELIMITER, signs_of
from checkers.formula.tokens import Kind, Token
from checkers.formula.tree import Node, Unreadable

MAX_FORMULAS = 2_000
MAX_BREAKS = 6
"""One behind the other, inside of one formula."""
_ENDS = frozenset({".", ":", "?", '"', "“", "”", ";"})
_CONTINUES = (Kind.OPERATOR, Kind.RELATION)
_LINES = ("\\\\", "\n", "&")
_EDGES = frozenset({Kind.OPEN, Kind.CLOSE, Kind.BREAK})


@dataclass(frozen=True, slots=True)
class Formula:
    """A stretch of text that has a sign of relation and looks like mathematics, and its tree or why it has none."""

    span: Span
    node: Node | Unreadable


def formulas_in(text: str) -> tuple[Formula, ...]:
    """The relations of a text in order, at most 2,000; words, ends of sentences and lines stand between them."""
    found: list[Formula] = []
    for tokens in _stretches(signs_of(text)):
        if any(token.kind is Kind.RELATION for token in tokens):
            found.append(Formula((tokens[0].start, tokens[-1].end), read_tokens(tokens)))
        if len(found) == MAX_FORMULAS:
            break
    return tuple(found)


def _stretches(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start, opened = 0, 0
    for at, token in enumerate(tokens):
        opened = max(0, opened + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        if _separates(tokens, at, opened):
            yield from _trimmed(tokens, start, at)
            start = at + 1
            opened = opened if token.kind is Kind.COMMA else 0
    yield from _trimmed(tokens, start, len(tokens))


def _separates(tokens: Sequence[Token], at: int, opened: int) -> bool:
    token = tokens[at]
    match token.kind:
        case Kind.WORD:
            return not (_is_operand(tokens, at) or _is_subscript(tokens, at))
        case Kind.UNIT:
            before = tokens[at - 1].kind if at else Kind.BREAK
            return before not in (Kind.NUMBER, Kind.CLOSE, Kind.NAME, Kind.BELOW, Kind.OPEN)
        case Kind.BREAK:
            return not _goes_on(tokens, at)
        case Kind.COMMA:
            return opened == 0
        case Kind.MARK:
            return True
        case _:
            return token.kind is Kind.OTHER and token.text in _ENDS


def _is_operand(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands for a value, with a sign on either side or at the edge of its line."""
    near = [tokens[at].kind for at in (at - 1, at + 1) if 0 <= at < len(tokens) and tokens[at].kind is not Kind.BREAK]
    return len(tokens[at].text) >= 4 and bool(near) and all(kind in _CONTINUES for kind in near)


def _is_subscript(tokens: Sequence[Token], at: int) -> bool:
    return at > 1 and tokens[at - 1].text == "{" and tokens[at - 2].kind is Kind.BELOW


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a break only sets a formula in lines, or in signs of mathematics of its own."""
    said = tokens[at].text
    if said == "&":
        return True
    before, after = at - 1, at + 1
    while said != DELIMITER and after < min(len(tokens), at + MAX_BREAKS) and tokens[after].text in _LINES:
        after += 1
    follows = after < len(tokens) and tokens[after].kind is Kind.RELATION
    leads = at > 0 and tokens[before].kind in _CONTINUES and not _is_bullet(tokens, before)
    return said in (*_LINES, DELIMITER) and (follows or leads)


def _is_bullet(tokens: Sequence[Token], at: int) -> bool:
    """Whether this sign opens a line and stands apart from what follows."""
    opens = at == 0 or tokens[at - 1].text == "\n"
    return opens and tokens[at].text in ("-", "*") and at + 1 < len(tokens) and tokens[at].end < tokens[at + 1].start


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> Iterator[Sequence[Token]]:
    """The stretch without the mark of a list, and without brackets at its edges that are closed elsewhere."""
    if start < end and _is_bullet(tokens, start):
        start += 1
    excess = sum((token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE) for token in tokens[start:end])
    while start < end and tokens[end - 1].kind in _EDGES and (tokens[end - 1].kind is not Kind.CLOSE or excess < 0):
        end -= 1
        excess += (tokens[end].kind is Kind.CLOSE) - (tokens[end].kind is Kind.OPEN)
    while start < end and tokens[start].kind in _EDGES and (tokens[start].kind is not Kind.OPEN or excess > 0):
        excess += (tokens[start].kind is Kind.CLOSE) - (tokens[start].kind is Kind.OPEN)
        start += 1
    if start < end:
        yield tokens[start:end]

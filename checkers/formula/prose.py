"""The formulas that stand in prose: where each begins and ends, and what it reads as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
_ARTICLES = frozenset({"a", "A", "I"})
_EDGES = frozenset({Kind.OPEN, Kind.CLOSE, Kind.BREAK})


@dataclass(frozen=True, slots=True)
class Formula:
    """A stretch of text that has a sign of relation and looks like mathematics, and its tree or why it has none."""

    span: Span
    node: Node | Unreadable
    tokens: Sequence[Token] = field(default=(), repr=False, compare=False)
    """All tokens of the text it stands in, so that its surroundings can be seen."""
    first: int = field(default=0, compare=False)
    """The index of its first token in these."""
    end: int = field(default=0, compare=False)
    """The index behind its last token."""
    trails: bool = False
    """Whether its last number goes on in dots, `0.333...`, which are not in the tree."""


def formulas_in(text: str) -> tuple[Formula, ...]:
    """The relations of a text in order, at most 2,000; words, ends of sentences and lines stand between them.

    What stands in the marks of a calculator, `<<2+3=5>>`, is a text of its own.
    """
    tokens = signs_of(text)
    found = list(_formulas(tokens))
    for mark in tokens:
        if mark.kind is Kind.MARK:
            found.extend(_formulas(signs_of(text, start=mark.start + 2, end=mark.end - 2)))
    found.sort(key=lambda formula: formula.span)
    return tuple(found[:MAX_FORMULAS])


def _formulas(tokens: Sequence[Token]) -> Iterator[Formula]:
    for first, end in _stretches(tokens):
        stretch = tokens[first:end]
        if any(token.kind is Kind.RELATION for token in stretch):
            trails = _trails(stretch)
            node = read_tokens(stretch[:-1] if trails else stretch)
            yield Formula((stretch[0].start, stretch[-1].end), node, tokens, first, end, trails)


def _trails(stretch: Sequence[Token]) -> bool:
    return len(stretch) > 1 and stretch[-1].kind is Kind.DOTS and "." in stretch[-2].text


def _stretches(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
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
        case Kind.NAME:
            return token.text in _ARTICLES and _is_beside_word(tokens, at)
        case Kind.CLOSE:
            return is_list_mark(tokens, at) and not _is_operated(tokens, at + 1)
        case Kind.MARK:
            return at == 0 or tokens[at - 1].kind is not Kind.RELATION
        case _:
            return token.kind is Kind.OTHER and token.text in _ENDS


def _is_beside_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a single letter is an article, or `I`: a word stands behind it, apart."""
    return (
        at + 1 < len(tokens) and tokens[at + 1].kind in (Kind.WORD, Kind.UNIT) and tokens[at].end < tokens[at + 1].start
    )


def is_list_mark(tokens: Sequence[Token], closing: int) -> bool:
    """Whether the bracket closes something like `1)` or `(a)` at the start of a line."""
    at = closing - 1
    if at < 0 or tokens[at].kind not in (Kind.NUMBER, Kind.WORD, Kind.NAME) or len(tokens[at].text) > 4:
        return False
    if at > 0 and tokens[at - 1].text == "(":
        at -= 1
    return at == 0 or tokens[at - 1].text == "\n"


def _is_operated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a bracket there belongs to a calculation: a sign follows, or something stands right behind it."""
    return at < len(tokens) and (tokens[at].kind in _CONTINUES or tokens[at].start == tokens[at - 1].end)


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
    leads = at > 0 and tokens[before].kind in _CONTINUES and not is_bullet(tokens, before)
    return said in (*_LINES, DELIMITER) and (follows or leads)


def is_bullet(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sign at that place opens a line and stands apart from what follows, as the mark of a list does."""
    opens = at == 0 or tokens[at - 1].text == "\n"
    return opens and tokens[at].text in ("-", "*") and at + 1 < len(tokens) and tokens[at].end < tokens[at + 1].start


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the mark of a list, and without brackets at its edges that are closed elsewhere."""
    if start < end and is_bullet(tokens, start):
        start += 1
    excess = sum((token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE) for token in tokens[start:end])
    while start < end and tokens[end - 1].kind in _EDGES and (tokens[end - 1].kind is not Kind.CLOSE or excess < 0):
        end -= 1
        excess += (tokens[end].kind is Kind.CLOSE) - (tokens[end].kind is Kind.OPEN)
    while start < end and tokens[start].kind in _EDGES and (tokens[start].kind is not Kind.OPEN or excess > 0):
        excess += (tokens[start].kind is Kind.CLOSE) - (tokens[start].kind is Kind.OPEN)
        start += 1
    if start < end:
        yield start, end

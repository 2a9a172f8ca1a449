"""The formulas that stand in prose: where each begins and ends, and what it reads as."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checkers.finding import Span
from checkers.formula.layout import asides_of, drawings_in, fenced, is_applied
from checkers.formula.phrases import WORDS, is_operand, phrased
from checkers.formula.read import read_tokens
from checkers.formula.signs import DELIMITER, signs_of
from checkers.formula.tokens import Kind, Token, touches
from checkers.formula.tree import Node, Unreadable
from checkers.limits import NO_BOUNDS, Budget

MAX_FORMULAS = 2_000
MAX_BETWEEN = 2
"""Words between two amounts that are one operand."""
MAX_BREAKS = 6
"""One behind the other, inside of one formula."""
_ENDS = frozenset({".", ":", "?", '"', "“", "”", ";"})
_CONTINUES = (Kind.OPERATOR, Kind.RELATION)
_PICTURES = frozenset({"So", "Sk"})
_ARTICLES = frozenset({"a", "A", "I"})
_LINES = ("\\\\", "\n", "&")
_ARROWS = frozenset({"\\to", "\\rightarrow", "\\implies"})
_SOLID = frozenset(
    {
        Kind.NUMBER,
        Kind.OPERATOR,
        Kind.FRACTION,
        Kind.SUPERSCRIPT,
        Kind.PERCENT,
        Kind.FUNCTION,
        Kind.BELOW,
    }
)
"""What never stands between two formulas."""
_STEPS = {Kind.OPEN: 1, Kind.CLOSE: -1}
_MEASURED = frozenset({Kind.NUMBER, Kind.CLOSE, Kind.NAME, Kind.BELOW, Kind.FRACTION, Kind.PERCENT, Kind.OPEN})
_APART = frozenset({Kind.BREAK, Kind.COMMA, Kind.OTHER, Kind.RELATION, Kind.OPEN, Kind.MARK})
"""What may stand before the sign of a first operand."""
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


def formulas_in(text: str, *, budget: Budget = NO_BOUNDS) -> tuple[Formula, ...]:
    """The relations of a text in order, at most 2,000; words, ends of sentences and lines stand between them.

    What stands in the marks of a calculator, `<<2+3=5>>`, is a text of its own, and a formula inside of the other.
    """
    found: list[Formula] = []
    tokens = signs_of(text, budget=budget)
    drawings = drawings_in(text)
    if drawings:
        tokens = _without(tokens, drawings)
        found.extend(Formula(span, Unreadable("it is a drawing")) for span in drawings)
    found.extend(_formulas(tokens, budget))
    marks = [token for token in tokens if token.kind is Kind.MARK]
    for mark in marks[:MAX_FORMULAS]:
        found.extend(_formulas(signs_of(text, start=mark.start + 2, end=mark.end - 2), budget))
    if marks or drawings:
        found.sort(key=lambda formula: (formula.span[0], -formula.span[1]))
    return tuple(found[:MAX_FORMULAS])


def _without(tokens: Sequence[Token], drawings: Sequence[Span]) -> tuple[Token, ...]:
    """The tokens with a break in place of each drawing."""
    found: list[Token] = []
    at = 0
    for token in tokens:
        while at < len(drawings) and drawings[at][1] <= token.start:
            at += 1
        if at == len(drawings) or token.start < drawings[at][0]:
            found.append(token)
        elif not found or found[-1].start < drawings[at][0]:
            found.append(Token(Kind.OTHER, ".", *drawings[at]))
    return tuple(found)


def _formulas(plain: Sequence[Token], budget: Budget) -> Iterator[Formula]:
    kinds = {token.kind for token in plain}
    if Kind.RELATION not in kinds:
        return
    tokens = plain if kinds.isdisjoint(WORDS) else phrased(plain)
    asides = asides_of(tokens) if Kind.OPEN in kinds else frozenset[int]()
    fences = fenced(tokens) if Kind.FENCE in kinds else frozenset[int]()
    budget.look()
    for first, end in _stretches(tokens, asides, fences, budget):
        budget.look()
        stretch = tokens[first:end]
        trails = _trails(stretch)
        broken = _broken(tokens, first, end)
        node = Unreadable(broken) if broken else read_tokens(stretch[:-1] if trails else stretch)
        yield Formula((stretch[0].start, stretch[-1].end), node, tokens, first, end, trails)


def _broken(tokens: Sequence[Token], first: int, end: int) -> str:
    """Why a stretch is only a part of something that words or a remark cut; empty when it may stand alone."""
    here, before = tokens[first], tokens[first - 1] if first else None
    if here.kind is Kind.OPERATOR and before is not None and before.kind not in _APART:
        is_sign = here.text in "+-±" and touches(here, tokens[first + 1]) and not touches(before, here)
        if not is_sign:
            return "words belong to its first operand"
    if _is_rest(tokens, first):
        return "words belong to its first operand"
    after = tokens[end] if end < len(tokens) else None
    if tokens[end - 1].kind in _CONTINUES and after is not None and after.kind in (Kind.WORD, Kind.UNIT):
        return "an operand is said in words"
    return ""


def _is_rest(tokens: Sequence[Token], first: int) -> bool:
    """Whether the first operand is only the last of several amounts: `3 and 17 = 20`, `2 feet 3 inches = 27 inches`."""
    has_unit = first + 1 < len(tokens) and tokens[first + 1].kind is Kind.UNIT
    sign = first + 1 + has_unit
    if tokens[first].kind is not Kind.NUMBER or sign >= len(tokens) or tokens[sign].kind is not Kind.RELATION:
        return False
    at = first - 1
    while at >= 0 and first - at <= MAX_BETWEEN and tokens[at].kind in (Kind.WORD, Kind.UNIT):
        at -= 1
    return 0 <= at < first - 1 and tokens[at].kind is Kind.NUMBER


def _trails(stretch: Sequence[Token]) -> bool:
    return len(stretch) > 1 and stretch[-1].kind is Kind.DOTS and "." in stretch[-2].text


def _stretches(
    tokens: Sequence[Token], asides: frozenset[int], fences: frozenset[int], budget: Budget
) -> Iterator[tuple[int, int]]:
    """Where each stretch with a sign of relation begins and ends."""
    start, opened, related = 0, 0, False
    for at, token in enumerate(budget.over(tokens)):
        kind = token.kind
        if kind is Kind.RELATION:
            related = True
        elif kind in _SOLID or at in fences:
            continue
        opened = max(0, opened + _STEPS.get(kind, 0))
        begins = kind is Kind.PHRASE and start < at and tokens[at - 1].kind not in _CONTINUES
        if begins or at in asides or _separates(tokens, at, opened):
            if related:
                yield from _trimmed(tokens, start, at)
            start, related = at + (not begins), False
            opened = opened if kind is Kind.COMMA else 0
    if related:
        yield from _trimmed(tokens, start, len(tokens))


def _separates(tokens: Sequence[Token], at: int, opened: int) -> bool:
    token = tokens[at]
    match token.kind:
        case Kind.WORD | Kind.UNIT:
            return _is_prose(tokens, at)
        case Kind.BREAK:
            return not (_goes_on(tokens, at) or (opened > 0 and token.text in _ARROWS))
        case Kind.COMMA:
            return opened == 0
        case Kind.NAME:
            return token.text in _ARTICLES and _is_beside_word(tokens, at)
        case Kind.CLOSE:
            return is_list_mark(tokens, at) and not _is_operated(tokens, at + 1)
        case Kind.MARK:
            return at == 0 or tokens[at - 1].kind not in (Kind.RELATION, Kind.CURRENCY)
        case _:
            return _is_sign_apart(tokens, at, opened)


def _is_sign_apart(tokens: Sequence[Token], at: int, opened: int) -> bool:
    token = tokens[at]
    if token.kind is Kind.CURRENCY:
        return _is_behind_number(tokens, at)
    if token.kind is not Kind.OTHER:
        return False
    return (token.text in _ENDS and (opened == 0 or token.text != ":")) or is_picture(token.text)


def is_picture(said: str) -> bool:
    """Whether a sign is a tick, an emoji or a mark of code, which belongs to no formula."""
    return unicodedata.category(said[0]) in _PICTURES and said[0] not in "°√"


def _is_behind_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign of money stands behind its amount: `176 €`."""
    before = at > 0 and tokens[at - 1].kind is Kind.NUMBER
    return before and not (at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER)


def _is_prose(tokens: Sequence[Token], at: int) -> bool:
    """Whether words stand between formulas: they are no operand, unit, subscript or event."""
    if at == 0:
        return not is_operand(tokens[:1], None, tokens[1:2])
    before = tokens[at - 1]
    is_signed = before.kind in _CONTINUES or (at + 1 < len(tokens) and tokens[at + 1].kind in _CONTINUES)
    if is_signed and is_operand(tokens[at : at + 1], before, tokens[at + 1 : at + 2]):
        return False
    if before.kind is Kind.OPEN:
        return before.text != "{" and not is_applied(tokens, at - 1)
    if tokens[at].kind is Kind.UNIT:
        return before.kind not in _MEASURED and before.kind not in _CONTINUES
    return True


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


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a break only sets a formula in lines, or in signs of mathematics of its own."""
    said = tokens[at].text
    if said == "&":
        return True
    before, after = at - 1, at + 1
    while after < min(len(tokens), at + MAX_BREAKS) and tokens[after].text in (*_LINES, DELIMITER):
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

"""Where the operands of a relation begin and end, and whether their edges are clean, doubtful or broken."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from checkers.formula.parse import MAX_TOKENS
from checkers.formula.tokens import Kind, Token, touches

_ARITHMETIC = frozenset(
    {
        Kind.NUMBER,
        Kind.OPERATOR,
        Kind.OPEN,
        Kind.CLOSE,
        Kind.FRACTION,
        Kind.SUPERSCRIPT,
        Kind.PERCENT,
        Kind.CURRENCY,
    }
)
_ENDS_OPERAND = frozenset({Kind.NUMBER, Kind.CLOSE, Kind.PERCENT, Kind.SUPERSCRIPT})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that go on with the calculation, so that a number beside them is only a part of an operand.
_CALCULATING = _words(
    "of plus minus times over less more divided multiplied by squared cubed root sqrt twice half double triple per "
    "than thousand thousands hundred hundreds million millions billion billions trillion dozen dozens percent k m bn "
    "factorial mod modulo remainder r rem sum difference product quotient negative power to from between base log ln "
    "sin cos tan exp max min gcd lcm abs halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths "
    "eighth eighths tenth tenths choose through until e pi i"
)
# Units that are traded for others without a word: "30 + 30 = 1 hour" is not wrong.
_TRADED = _words(
    "s sec secs second seconds min mins minute minutes h hr hrs hour hours day days week weeks fortnight month months "
    "quarter year years yr yrs decade decades century centuries cent cents penny pennies nickel nickels dime dimes "
    "dollar dollars pound pounds lb lbs oz ounce ounces g gram grams kg kilogram kilograms mg ton tons tonne tonnes mm "
    "cm km meter meters metre metres millimeter millimeters centimeter centimeters kilometer kilometers inch inches ft "
    "foot feet yard yards mile miles ml l liter liters litre litres cup cups pint pints quart quarts gallon gallons "
    "tablespoon tablespoons teaspoon teaspoons am pm degree degrees radian radians pair pairs score gross pack packs "
    "box boxes case cases set sets bit bits byte bytes kb mb gb kmh mph acre acres hectare hectares sq square"
)
# Words that a number may belong to as its name: "Result 6 + 9".
_NUMBERED = _words(
    "result step case day week month year number line row column equation part question problem exercise example page "
    "chapter section level round game team player group class grade option item figure table no nr version phase stage"
)
JOINING = frozenset({"and", "or"})
"""Words behind which another operand or another relation may stand."""
_ORDINARY_LETTERS = frozenset({"a", "A", "I"})
_CLEAN_SIGNS = frozenset(".;:!—→⇒•#✓✔✅")
_DOUBTFUL_SIGNS = frozenset("\"'“”‘’«»`|?….")
_TIES = frozenset({Kind.NUMBER, Kind.COMMAND, Kind.FRACTION})


class Edge(IntEnum):
    """How an operand borders on what stands beside it; the larger the worse."""

    CLEAN = 0
    DOUBTFUL = 1
    BROKEN = 2


def left_start(tokens: Sequence[Token], relation: int) -> int:
    """Index of the first token of the operand before that relation; the relation's own when there is none."""
    at, closed = relation, 0
    while at > 0 and relation - at <= MAX_TOKENS:
        token = tokens[at - 1]
        if token.kind not in _ARITHMETIC or (token.kind is Kind.OPEN and closed == 0):
            break
        if at < relation and closed == 0 and _stand_apart(token, tokens[at]):
            break
        closed += (token.kind is Kind.CLOSE) - (token.kind is Kind.OPEN)
        at -= 1
    return at + 1 if at < relation and _is_bullet(tokens, at) else at


def right_end(tokens: Sequence[Token], relation: int) -> int:
    """Index after the last token of the operand behind that relation; a bracketed remark is left out."""
    at, opened = relation + 1, [relation + 1]
    while at < len(tokens) and at - relation <= MAX_TOKENS:
        token = tokens[at]
        if token.kind not in _ARITHMETIC or (token.kind is Kind.CLOSE and len(opened) == 1):
            break
        if len(opened) == 1 and at > relation + 1 and _stand_apart(tokens[at - 1], token):
            break
        if token.kind is Kind.OPEN:
            opened.append(at)
        elif token.kind is Kind.CLOSE:
            opened.pop()
        at += 1
    return at if len(opened) == 1 else opened[1]


def left_edge(tokens: Sequence[Token], start: int, *, follows_relation: bool) -> Edge:
    """How the operand that begins at `start` borders on what stands before it."""
    if start == 0 or tokens[start - 1].kind in (Kind.RELATION, Kind.MARK):
        return Edge.CLEAN
    before, first, beyond = tokens[start - 1], tokens[start], tokens[start - 2] if start > 1 else None
    if first.kind is Kind.OPERATOR and _joins(before, first, tokens[start + 1]):
        return Edge.BROKEN
    match before.kind:
        case Kind.BREAK:
            return _edge_of_line_before(tokens, start)
        case Kind.WORD:
            return _edge_of_word_before(beyond, before, first)
        case Kind.COMMA:
            return _edge_of_comma(beyond, before, first, follows_relation)
        case Kind.OPEN:
            return _edge_of_bracket(beyond, before)
        case Kind.CLOSE:
            return Edge.CLEAN if _is_list_mark(tokens, start - 1) else Edge.BROKEN
        case _:
            return _edge_of_sign(before, first, beyond)


def right_edge(tokens: Sequence[Token], end: int, *, starts_relation: bool) -> Edge:
    """How the operand that ends before `end` borders on what stands behind it."""
    if end == len(tokens):
        return Edge.CLEAN
    last, after, beyond = tokens[end - 1], tokens[end], tokens[end + 1] if end + 1 < len(tokens) else None
    match after.kind:
        case Kind.RELATION | Kind.MARK:
            return Edge.CLEAN
        case Kind.BREAK:
            return _edge_of_line(tokens, end)
        case Kind.WORD:
            return _edge_of_word(last, after, starts_relation)
        case Kind.COMMA:
            return _edge_of_comma(beyond, after, last, starts_relation)
        case Kind.OPEN:
            return _edge_of_remark(tokens, end)
        case Kind.CLOSE:
            return Edge.BROKEN if beyond is not None and beyond.text == "^" else Edge.CLEAN
        case _:
            return _edge_of_sign(after, last, beyond)


def _joins(before: Token, sign: Token, after: Token) -> bool:
    """Whether a sign at the front takes something away from what was not read, as in `18 pink - 6`."""
    if before.kind in (Kind.BREAK, Kind.RELATION, Kind.OPEN):
        return before.kind is Kind.BREAK and not touches(sign, after)
    return touches(before, sign) or not touches(sign, after)


def _stand_apart(left: Token, right: Token) -> bool:
    """Whether a bracket and its neighbour are no product: a remark, or the mark of a list."""
    if touches(left, right):
        return False
    is_remark = left.kind in _ENDS_OPERAND and right.kind is Kind.OPEN and right.text == "("
    is_mark = left.kind is Kind.CLOSE and right.kind in (Kind.NUMBER, Kind.CURRENCY, Kind.FRACTION)
    return is_remark or is_mark


def _is_bullet(tokens: Sequence[Token], at: int) -> bool:
    """Whether this sign opens a line and stands apart from what it would belong to."""
    if tokens[at].text not in ("-", "*") or tokens[at].kind is not Kind.OPERATOR or at + 1 >= len(tokens):
        return False
    return (at == 0 or tokens[at - 1].kind is Kind.BREAK) and not touches(tokens[at], tokens[at + 1])


def _binds(word: Token) -> bool:
    said = word.text
    return (len(said) == 1 and said not in _ORDINARY_LETTERS) or said.casefold() in _CALCULATING


def _edge_of_word_before(beyond: Token | None, word: Token, first: Token) -> Edge:
    is_operand = beyond is not None and beyond.kind is Kind.OPERATOR and not touches(beyond, word)
    if is_operand or _binds(word) or touches(word, first):
        return Edge.BROKEN
    return Edge.DOUBTFUL if word.text.casefold() in _NUMBERED else Edge.CLEAN


def _edge_of_word(last: Token, word: Token, other_relation: bool) -> Edge:
    said = word.text.casefold()
    if said in JOINING:
        return Edge.CLEAN if other_relation else Edge.DOUBTFUL
    if said in _TRADED:
        return Edge.DOUBTFUL
    if _binds(word) or (touches(last, word) and len(said) < 3):
        return Edge.BROKEN
    return Edge.DOUBTFUL if touches(last, word) else Edge.CLEAN


def _edge_of_comma(beyond: Token | None, comma: Token, near: Token, other_relation: bool) -> Edge:
    if beyond is None or other_relation or beyond.kind in (Kind.WORD, Kind.BREAK):
        return Edge.CLEAN
    return Edge.BROKEN if _meet(beyond, comma) and _meet(comma, near) else Edge.DOUBTFUL


def _edge_of_bracket(before: Token | None, bracket: Token) -> Edge:
    if before is None or not touches(before, bracket):
        return Edge.CLEAN
    return Edge.CLEAN if before.text in ("\\boxed", "\\fbox") or before.kind is Kind.BREAK else Edge.BROKEN


def _edge_of_remark(tokens: Sequence[Token], end: int) -> Edge:
    inside = tokens[end + 1] if end + 1 < len(tokens) else None
    if touches(tokens[end - 1], tokens[end]) or inside is None:
        return Edge.BROKEN
    return Edge.CLEAN if inside.kind is Kind.WORD and not _binds(inside) else Edge.BROKEN


def _edge_of_line_before(tokens: Sequence[Token], start: int) -> Edge:
    last = start - 2
    while last >= 0 and tokens[last].kind is Kind.BREAK:
        last -= 1
    is_cut = last >= 0 and tokens[last].kind is Kind.OPERATOR and not _is_bullet(tokens, last)
    return Edge.BROKEN if is_cut else Edge.CLEAN


def _edge_of_line(tokens: Sequence[Token], end: int) -> Edge:
    following = next((at for at in range(end, len(tokens)) if tokens[at].kind is not Kind.BREAK), None)
    if following is None or tokens[following].kind is not Kind.OPERATOR or _is_bullet(tokens, following):
        return Edge.CLEAN
    return Edge.BROKEN


def _edge_of_sign(sign: Token, near: Token, beyond: Token | None) -> Edge:
    if sign.kind is not Kind.OTHER:
        # Of operators only a bullet, which left_start stepped over, stands beside a whole operand.
        return Edge.DOUBTFUL if sign.kind is Kind.OPERATOR else Edge.BROKEN
    if sign.text in _CLEAN_SIGNS or _is_arrow(sign.text):
        if beyond is not None and _meet(sign, near) and _meet(sign, beyond) and beyond.kind in _TIES:
            return Edge.BROKEN
        return Edge.DOUBTFUL if sign.text == "!" and _meet(sign, near) else Edge.CLEAN
    return Edge.DOUBTFUL if set(sign.text) <= _DOUBTFUL_SIGNS else Edge.BROKEN


def _is_arrow(text: str) -> bool:
    return text.endswith(">") and set(text) <= set("-=<>")


def _meet(one: Token, other: Token) -> bool:
    return touches(one, other) or touches(other, one)


def _is_list_mark(tokens: Sequence[Token], closing: int) -> bool:
    """Whether the bracket closes something like `1)` or `(a)` at the start of a line."""
    at = closing - 1
    if at < 0 or tokens[at].kind not in (Kind.NUMBER, Kind.WORD) or len(tokens[at].text) > 4:
        return False
    if at > 0 and tokens[at - 1].text == "(":
        at -= 1
    return at == 0 or tokens[at - 1].kind is Kind.BREAK

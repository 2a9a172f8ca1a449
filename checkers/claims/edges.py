"""How a formula borders on the words and signs beside it: whether its first and last part are whole."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from checkers.formula.prose import Formula, is_bullet, is_list_mark, is_picture
from checkers.formula.signs import DELIMITER
from checkers.formula.tokens import Kind, Token, touches


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that go on with the calculation, so that a number beside them is only a part of an operand.
_CALCULATING = _words(
    "of plus minus times less more divided multiplied squared cubed root sqrt twice half double triple per than "
    "thousand thousands hundred hundreds million millions billion billions trillion dozen dozens percent k bn "
    "factorial mod modulo remainder r rem sum difference product quotient negative power base log ln sin cos tan exp "
    "max min gcd lcm abs halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths eighth eighths "
    "tenth tenths choose through until"
)
# The same, but only where no sign of mathematics stands between the word and the number.
_BESIDE = _CALCULATING | _words("by over to from between")
_SAYS_EQUAL = _words("equal equals equivalent up amounts comes according due leads add adds back down on in")
# Units of which some are traded for others without a word, or that a further amount follows: "1 hour 30".
_TRADED = _words(
    "s sec secs second seconds min mins minute minutes h hr hrs hour hours day days week weeks fortnight month months "
    "quarter year years yr yrs decade decades century centuries cent cents penny pennies nickel nickels dime dimes "
    "dollar dollars pound pounds lb lbs oz ounce ounces g gram grams kg kilogram kilograms mg ton tons tonne tonnes mm "
    "cm km meter meters metre metres millimeter millimeters centimeter centimeters kilometer kilometers inch inches ft "
    "foot feet yard yards mile miles ml l liter liters litre litres cup cups pint pints quart quarts gallon gallons "
    "tablespoon tablespoons teaspoon teaspoons degree degrees radian radians pair pairs score gross pack packs "
    "box boxes case cases set sets bit bits byte bytes kb mb gb kmh mph acre acres hectare hectares sq square"
)
_CLOCK = _words("am pm o'clock noon midnight")
# Words that a number may belong to as its name: "Result 6 + 9".
_NUMBERED = _words(
    "result step case day week month year number line row column equation part question problem exercise example page "
    "chapter section level round game team player group class grade option item figure table no nr version phase stage"
)
_JOINING = frozenset({"and", "or"})
_CLEAN_SIGNS = frozenset(".;:!—→⇒•#✓✔✅")
_DOUBTFUL_SIGNS = frozenset("\"'“”‘’«»`|?….")
_ARROWS = frozenset(
    ["\\implies", "\\Rightarrow", "\\Longrightarrow", "\\Leftrightarrow", "\\Longleftrightarrow", "\\iff", "\\to"]
)
_STATES = (Kind.BREAK, Kind.MARK, Kind.RELATION)


class Edge(IntEnum):
    """How a part borders on what stands beside it; the larger the worse."""

    CLEAN = 0
    TRADED = 1
    """A unit stands behind it that may be traded for another, sixty minutes for an hour."""
    DOUBTFUL = 2
    BROKEN = 3


def left_edge(formula: Formula, others: frozenset[int]) -> Edge:
    """How its first part borders on what stands before; `others` are the places behind other formulas."""
    tokens, first = formula.tokens, formula.first
    at = _over(tokens, first - 1, -1)
    if at >= 0 and _goes_on(tokens, first):
        return Edge.BROKEN
    if at < 0 or tokens[at].kind in _STATES:
        return _after_line(tokens, at) if at >= 0 and tokens[at].kind is Kind.BREAK else Edge.CLEAN
    return _behind(tokens, at, first, others)


def _behind(tokens: Sequence[Token], at: int, first: int, others: frozenset[int]) -> Edge:
    before, here = tokens[at], tokens[first]
    beyond = tokens[at - 1] if at else None
    match before.kind:
        case Kind.WORD | Kind.UNIT:
            return _after_word(tokens, at, first)
        case Kind.NAME:
            return Edge.CLEAN  # only an article, or I, stands outside of a formula
        case Kind.COMMA:
            return Edge.CLEAN if at in others else _beside_comma(beyond, before, here)
        case Kind.OPEN:
            return Edge.CLEAN if beyond is None or not touches(beyond, before) or _opens(beyond) else Edge.BROKEN
        case Kind.CLOSE:
            return Edge.CLEAN if is_list_mark(tokens, at) else Edge.BROKEN
        case _:
            return _beside_sign(before, here, beyond)


def right_edge(formula: Formula, others: frozenset[int]) -> Edge:
    """How its last part borders on what stands behind; `others` are the places where other formulas begin."""
    tokens, end = formula.tokens, formula.end
    at = _over(tokens, end, 1)
    if at >= len(tokens) or tokens[at].kind in _STATES:
        return _before_line(tokens, at) if at < len(tokens) and tokens[at].kind is Kind.BREAK else Edge.CLEAN
    last, after = tokens[end - 1], tokens[at]
    beyond = tokens[at + 1] if at + 1 < len(tokens) else None
    match after.kind:
        case Kind.WORD | Kind.UNIT:
            return _before_word(tokens, at, last, others)
        case Kind.NAME | Kind.CURRENCY:
            return Edge.CLEAN
        case Kind.COMMA:
            return Edge.CLEAN if at + 1 in others else _beside_comma(beyond, after, last)
        case Kind.OPEN:
            return _before_remark(after, last, beyond)
        case Kind.CLOSE:
            return Edge.BROKEN if beyond is not None and beyond.text == "^" else Edge.CLEAN
        case _:
            return _beside_sign(after, last, beyond)


def _over(tokens: Sequence[Token], at: int, step: int) -> int:
    """The place there, or the one beyond when the signs that set mathematics apart stand there."""
    inside = 0 <= at < len(tokens)
    return at + step if inside and tokens[at].kind is Kind.BREAK and tokens[at].text == DELIMITER else at


def _goes_on(tokens: Sequence[Token], first: int) -> bool:
    """Whether a sign at the front goes on with what was not read: `18 pink - 6`, a sum from the line above."""
    sign, before = tokens[first], tokens[first - 1]
    if sign.kind is not Kind.OPERATOR or before.kind in (Kind.RELATION, Kind.OPEN):
        return False
    after = tokens[first + 1]
    return not touches(sign, after) or (before.kind is not Kind.BREAK and touches(before, sign))


def _opens(before: Token) -> bool:
    return before.kind is Kind.BREAK or before.text in ("boxed", "fbox")


def _after_word(tokens: Sequence[Token], at: int, first: int) -> Edge:
    word, beyond = tokens[at], tokens[at - 1] if at else None
    said = word.text.casefold()
    if beyond is not None and beyond.kind is Kind.OPERATOR and not touches(beyond, word):
        return Edge.BROKEN
    if said == "to" and beyond is not None and beyond.text.casefold() in _SAYS_EQUAL:
        return Edge.CLEAN
    if said in (_BESIDE if at == first - 1 else _CALCULATING) or touches(word, tokens[first]):
        return Edge.BROKEN
    return Edge.DOUBTFUL if said in _NUMBERED else Edge.CLEAN


def _before_word(tokens: Sequence[Token], at: int, last: Token, others: frozenset[int]) -> Edge:
    word, said = tokens[at], tokens[at].text.casefold()
    if said in _JOINING:
        return Edge.CLEAN if at + 1 in others or _leads_to_words(tokens, at + 1) else Edge.DOUBTFUL
    if said in _CLOCK:
        return Edge.DOUBTFUL
    if said in _TRADED:
        return Edge.DOUBTFUL if _adds_more(tokens, at + 1) else Edge.TRADED
    if said in _CALCULATING or (touches(last, word) and len(said) < 3):
        return Edge.BROKEN
    return Edge.DOUBTFUL if touches(last, word) else Edge.CLEAN


def _leads_to_words(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.WORD


def _adds_more(tokens: Sequence[Token], at: int) -> bool:
    """Whether a further amount follows: `1 hour 30 minutes`, `2 feet and 3 inches`."""
    if at < len(tokens) and (tokens[at].kind is Kind.COMMA or tokens[at].text in _JOINING):
        at += 1
    return at < len(tokens) and tokens[at].kind in (Kind.NUMBER, Kind.FRACTION)


def _beside_comma(beyond: Token | None, comma: Token, near: Token) -> Edge:
    if beyond is None or beyond.kind in (Kind.WORD, Kind.BREAK):
        return Edge.CLEAN
    return Edge.BROKEN if _meet(beyond, comma) and _meet(comma, near) else Edge.DOUBTFUL


def _before_remark(bracket: Token, last: Token, inside: Token | None) -> Edge:
    if touches(last, bracket) or inside is None or inside.kind is not Kind.WORD:
        return Edge.BROKEN
    return Edge.BROKEN if inside.text.casefold() in _CALCULATING else Edge.CLEAN


def _after_line(tokens: Sequence[Token], at: int) -> Edge:
    while at >= 0 and tokens[at].kind is Kind.BREAK:
        at -= 1
    is_cut = at >= 0 and tokens[at].kind is Kind.OPERATOR and not is_bullet(tokens, at)
    return Edge.BROKEN if is_cut else Edge.CLEAN


def _before_line(tokens: Sequence[Token], at: int) -> Edge:
    while at < len(tokens) and tokens[at].kind is Kind.BREAK:
        if tokens[at].text in _ARROWS:  # what stands behind is another formula, which may begin with a minus
            return Edge.CLEAN
        at += 1
    goes_on = at < len(tokens) and tokens[at].kind is Kind.OPERATOR and not is_bullet(tokens, at)
    return Edge.BROKEN if goes_on else Edge.CLEAN


def _beside_sign(sign: Token, near: Token, beyond: Token | None) -> Edge:
    if sign.kind is Kind.OPERATOR:
        return Edge.DOUBTFUL
    if sign.kind is not Kind.OTHER or _is_ratio(sign, near, beyond):
        return Edge.BROKEN
    if (
        sign.text in _CLEAN_SIGNS
        or (is_picture(sign.text) and sign.text[0] not in _DOUBTFUL_SIGNS)
        or _is_arrow(sign.text)
    ):
        if beyond is not None and _meet(sign, near) and _meet(sign, beyond) and beyond.kind not in _STATES:
            return Edge.DOUBTFUL if beyond.kind is Kind.WORD else Edge.BROKEN
        return Edge.DOUBTFUL if sign.text == "!" and _meet(sign, near) else Edge.CLEAN
    return Edge.DOUBTFUL if set(sign.text) <= _DOUBTFUL_SIGNS else Edge.BROKEN


def _is_arrow(said: str) -> bool:
    return said.endswith(">") and set(said) <= set("-=<>")


def _is_ratio(sign: Token, near: Token, beyond: Token | None) -> bool:
    """Whether a colon stands as far from what is before it as from what is behind: `1 : 4`, not `Step 1: 4`."""
    if sign.text != ":" or beyond is None or beyond.kind not in (Kind.NUMBER, Kind.CLOSE, Kind.NAME):
        return False
    return _meet(sign, near) == _meet(sign, beyond)


def _meet(one: Token, other: Token) -> bool:
    return touches(one, other) or touches(other, one)

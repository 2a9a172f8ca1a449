"""The same pieces of text as tokens of all of mathematics: letters, functions, bars, subscripts, fences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from checkers.formula.lexicon import (
    BREAKS,
    CALLED,
    CAPITAL_ENGLISH,
    COMMANDS,
    CONNECTING,
    ENGLISH,
    FUNCTIONS,
    LETTERS,
    ORDINALS,
    OTHER_SPELLINGS,
    SIGNS,
    SILENT,
    STRANGE,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    UNITS,
)
from checkers.formula.settle import settled
from checkers.formula.tokens import Kind, Token, pieces_of
from checkers.limits import NO_BOUNDS, Budget

MAX_KNOWN = 20
"""Letters of the words that are looked up; a longer one is a word."""
MAX_PRODUCT = 3
"""Letters that may stand together as a product, `abc`; more are a word."""
DELIMITER = "$"
"""Text of the breaks where mathematics begins or ends, however they were written."""
GREEK_WORDS = frozenset({"pi", "theta", "alpha", "beta", "gamma", "delta", "lambda", "sigma", "phi", "omega"})
"""Greek letters that are spelled out without a backslash too."""
_MATRICES = ("matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array", "cases")
_WORD_PARTS = re.compile(r"([²³¹⁰⁴-⁹]+)|([₀-₉]+)|([½⅓⅔¼¾⅕⅛⅙])|([^²³¹⁰⁴-⁹₀-₉½⅓⅔¼¾⅕⅛⅙]+)")
_LETTER_OR_CAPITALS = re.compile(r"[A-Z]{2,3}(?![a-z])|.", re.DOTALL)
_BESIDE_LETTERS = frozenset("^_=+*/0123456789{}")
_WORDS = re.compile(r"[A-Za-z]+")
_RELATIONS = {"<=": "≤", ">=": "≥"}
_OPERATORS = {"−": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/"}

Maker = Callable[[str, str, int, int], Iterable[Token]]
"""From what was cut, the whole text and the place of the cut in it."""


def signs_of(text: str, *, start: int = 0, end: int | None = None, budget: Budget = NO_BOUNDS) -> tuple[Token, ...]:
    """The tokens of a text for a reader of all mathematics."""
    raw, delimiters = pieces_of(text, start, len(text) if end is None else end, budget)
    tokens: list[Token] = []
    for match in budget.over(raw):
        group, (begins, ends) = match.lastgroup or "other", match.span()
        kind = _PLAIN.get(group)
        if begins in delimiters:
            tokens.append(Token(Kind.BREAK, DELIMITER, begins, ends))
        elif kind is not None:
            tokens.append(Token(kind, match[0], begins, ends))
        else:
            tokens.extend(_MAKERS[group](match[0], text, begins, ends))
    budget.look()
    return tuple(settled(tokens, text))


def _relation(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    return (Token(Kind.RELATION, _RELATIONS.get(said, said), start, end),)


def _operator(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    if said == "*" and _is_print(text, start):
        return ()
    return (Token(Kind.OPERATOR, _OPERATORS.get(said, said), start, end),)


def _is_print(text: str, at: int) -> bool:
    """Whether a star only prints words slanted: `*Note* that`; it touches a word on one side and nothing beyond."""
    before, after = text[max(0, at - 2) : at], text[at + 1 : at + 3]
    opens = (not before or before[-1].isspace()) and len(after) == 2 and after.isalpha()
    closes = len(before) == 2 and before.isalpha() and (not after or after[0] in " \n.,:;")
    return opens or closes


def _bracket(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    return (Token(Kind.OPEN if said[-1] in "([{" else Kind.CLOSE, said[-1], start, end),)


def _math(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    return (Token(Kind.BREAK, DELIMITER, start, end),)


def _other(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    kind, spelled = SIGNS.get(said, (Kind.OTHER, said))
    return (Token(kind, spelled, start, end),)


def _command(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    name = said[1:]
    known = COMMANDS.get(name)
    if known is not None:
        return (Token(*known, start, end),)
    if name in SILENT:
        return (Token(Kind.COMMAND, "silent", start, end),)
    return (Token(Kind.BREAK if name in BREAKS else Kind.COMMAND, said, start, end),)


def _text(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    inner = said[said.index("{") + 1 : -1].strip(" ~")
    if inner in FUNCTIONS:
        return (Token(Kind.COMMAND if inner == "mod" else Kind.FUNCTION, inner, start, end),)
    if len(inner) == 1 and inner.isalpha():
        is_vector = said.startswith("\\mathbf")
        return (Token(Kind.NAME, f"mathbf {inner}" if is_vector else inner, start, end),)
    if inner.isdigit() and inner.isascii():
        return (Token(Kind.NUMBER, inner, start, end),)
    if not inner:
        return (Token(Kind.COMMAND, "silent", start, end),)
    is_prose = not CONNECTING.isdisjoint(_WORDS.findall(inner.casefold()))
    return (Token(Kind.WORD if is_prose else Kind.UNIT, inner, start, end),)


def _fence(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    name = said[said.index("{") + 1 : -1].rstrip("*")
    if name in _MATRICES:
        return (Token(Kind.FENCE, f"{said[1 : said.index('{')]} {name}", start, end),)
    return (Token(Kind.BREAK, said, start, end),)


def _star(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    # Two stars are a power between operands and bold print elsewhere.
    before, after = text[start - 1 : start], text[end : end + 1]
    is_power = before.isspace() and after.isspace()
    if is_power or ((before.isalnum() or before == ")") and (after.isalnum() or (after and after in "(-"))):
        return (Token(Kind.OPERATOR, "^", start, end),)
    return ()


def _strange(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    if said == "!=":
        return _not_equal(text, start, end)
    if said == "<-":
        return (Token(Kind.RELATION, "<", start, start + 1), Token(Kind.OPERATOR, "-", start + 1, end))
    if said == "--" and text[end : end + 1].isalnum():
        return (Token(Kind.OPERATOR, "-", start, start + 1), Token(Kind.OPERATOR, "-", start + 1, end))
    kind, spelled = STRANGE.get(said, (Kind.OTHER, said))
    return (Token(kind, spelled, start, end),)


def _not_equal(text: str, start: int, end: int) -> Iterable[Token]:
    """`n != 0` is a comparison, `5!=120` a factorial; `n!=0` may be either."""
    before = text[start - 1 : start]
    if before.isspace():
        return (Token(Kind.RELATION, "≠", start, end),)
    if before.isdigit() or before == ")":
        return (Token(Kind.BANG, "!", start, start + 1), Token(Kind.RELATION, "=", start + 1, end))
    return (Token(Kind.OTHER, "!=", start, end),)


def _word(said: str, text: str, start: int, end: int) -> Iterable[Token]:
    """A word as one function, name, unit or word, or as the letters of a product."""
    if said.isascii() and said.isalpha():
        if text[end : end + 1] == "(" and said in CALLED:
            return (Token(Kind.FUNCTION, said, start, end),)
        if said in ORDINALS and text[start - 1 : start].isdigit():
            return (Token(Kind.OTHER, said, start, end),)
        return _letters(said, start, end)
    if "-" in said and _is_difference(said, text, start, end):
        return _hyphened(said, text, start)
    if said[1:2] in "'’" and len(said) > 1 and said.isascii() and len(said) <= 3:  # f'g is rare, but no word
        return (Token(Kind.OTHER, said, start, end),)
    found = _WORD_PARTS.finditer(said)
    return [token for each in found for token in _part(each, start + each.start(), start + each.end())]


def _is_difference(said: str, text: str, start: int, end: int) -> bool:
    """Whether the hyphens in it are signs: all parts are short, and a sign or number stands beside long ones."""
    longest = max(map(len, said.split("-")))
    beside = {text[start - 1 : start], text[end : end + 1]} - {""}
    return longest <= 2 or (longest <= MAX_PRODUCT and not beside.isdisjoint(_BESIDE_LETTERS))


def _hyphened(said: str, text: str, start: int) -> Iterator[Token]:
    last = start + len(said)
    for part in said.split("-"):
        end = start + len(part)
        yield from _word(part, text, start, end)
        if end < last:  # a sign behind the word is a token of its own
            yield Token(Kind.OPERATOR, "-", end, end + 1)
        start = end + 1


def _part(found: re.Match[str], start: int, end: int) -> Iterable[Token]:
    said = found[0]
    if found[1]:
        return (Token(Kind.SUPERSCRIPT, said.translate(SUPERSCRIPTS), start, end),)
    if found[2]:
        return (Token(Kind.BELOW, said.translate(SUBSCRIPTS), start, end),)
    if found[3]:
        return (Token(Kind.FRACTION, said, start, end),)
    return _letters(said, start, end)


def _letters(said: str, start: int, end: int) -> Iterable[Token]:
    if len(said) == 1:
        return (Token(*SIGNS.get(said, (Kind.NAME, LETTERS.get(said, said))), start, end),)
    kind, name = _known(said) if len(said) <= MAX_KNOWN else (Kind.WORD, said)
    if kind is not Kind.NAME or name:
        return (Token(kind, name, start, end),)
    return [_letter(each[0], start + each.start(), start + each.end()) for each in _LETTER_OR_CAPITALS.finditer(said)]


@lru_cache(maxsize=8_192)
def _known(said: str) -> tuple[Kind, str]:
    """What several letters are; a name of no text when they are a product of letters."""
    name = OTHER_SPELLINGS.get(said, said)
    if name in FUNCTIONS:
        return (Kind.COMMAND if name == "mod" else Kind.FUNCTION), name
    if said in GREEK_WORDS:
        return Kind.NAME, said
    if said in UNITS:
        return Kind.UNIT, said
    if len(said) > MAX_PRODUCT or _is_english(said):
        return Kind.WORD, said
    return Kind.NAME, ""


def _is_english(said: str) -> bool:
    if said.isupper():
        return said in CAPITAL_ENGLISH
    # Three letters of which the first alone is a capital are a name of somebody.
    return said.casefold() in ENGLISH or (len(said) == 3 and said.istitle())


def _letter(said: str, start: int, end: int) -> Token:
    kind, letter = SIGNS.get(said, (Kind.NAME, LETTERS.get(said, said)))
    return Token(kind, letter, start, end)


_PLAIN: Mapping[str, Kind] = {
    "mark": Kind.MARK,
    "percent": Kind.PERCENT,
    "currency": Kind.CURRENCY,
    "dollar": Kind.CURRENCY,
    "version": Kind.OTHER,
    "number": Kind.NUMBER,
    "super": Kind.SUPERSCRIPT,
    "comma": Kind.COMMA,
    "dots": Kind.DOTS,
    "break": Kind.BREAK,
}
_MAKERS: Mapping[str, Maker] = {
    "relation": _relation,
    "operator": _operator,
    "open": _bracket,
    "close": _bracket,
    "math": _math,
    "command": _command,
    "text": _text,
    "fence": _fence,
    "star": _star,
    "strange": _strange,
    "word": _word,
    "other": _other,
}

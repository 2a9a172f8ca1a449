"""The same pieces of text as tokens of all of mathematics: letters, functions, bars, subscripts, fences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from checkers.formula.tokens import Kind, Token, pieces_of, touches
from checkers.formula.vocabulary import (
    BREAKS,
    COMMANDS,
    ENGLISH,
    FUNCTIONS,
    LETTERS,
    OTHER_SPELLINGS,
    SIGNS,
    SILENT,
    STRANGE,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    UNITS,
    VULGAR,
)

MAX_PRODUCT = 3
"""Letters that may stand together as a product, `abc`; more are a word."""
DELIMITER = "$"
"""Text of the breaks where mathematics begins or ends, however they were written."""
GREEK_WORDS = frozenset({"pi", "theta", "alpha", "beta", "gamma", "delta", "lambda", "sigma", "phi", "omega"})
"""Greek letters that are spelled out without a backslash too."""
_MATRICES = ("matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array", "cases")
_WORD_PARTS = re.compile(r"([²³¹⁰⁴-⁹]+)|([₀-₉]+)|([½⅓⅔¼¾⅕⅛⅙])|([^²³¹⁰⁴-⁹₀-₉½⅓⅔¼¾⅕⅛⅙]+)")
_LETTER_OR_CAPITALS = re.compile(r"[A-Z]{2,3}(?![a-z])|.", re.DOTALL)
_PLAIN = {
    "mark": Kind.MARK,
    "percent": Kind.PERCENT,
    "currency": Kind.CURRENCY,
    "version": Kind.OTHER,
    "number": Kind.NUMBER,
    "super": Kind.SUPERSCRIPT,
    "comma": Kind.COMMA,
    "dots": Kind.DOTS,
    "relation": Kind.RELATION,
    "operator": Kind.OPERATOR,
    "break": Kind.BREAK,
}
_RELATIONS = {"<=": "≤", ">=": "≥"}
_OPERATORS = {"−": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/"}


def signs_of(text: str, *, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of a text for a reader of all mathematics."""
    raw, delimiters = pieces_of(text, start, len(text) if end is None else end)
    tokens = [token for match in raw for token in _signs(match, text, delimiters)]
    return tuple(_settled(tokens, text))


def _signs(match: re.Match[str], text: str, delimiters: frozenset[int]) -> Iterator[Token]:
    group, said, (start, end) = match.lastgroup or "other", match[0], match.span()
    if group == "math" or start in delimiters:
        yield Token(Kind.BREAK, DELIMITER, start, end)
    elif group == "dollar":
        yield Token(Kind.CURRENCY, said, start, end)
    elif group == "word":
        yield from _word(said, start)
    elif group in ("star", "strange"):
        yield from _star(text, start, end) if group == "star" else _strange(said, text, start, end)
    elif group in ("open", "close"):
        yield Token(Kind.OPEN if group == "open" else Kind.CLOSE, said[-1], start, end)
    else:
        yield _SINGLE.get(group, partial(_simple, group))(said, start, end)


def _simple(group: str, said: str, start: int, end: int) -> Token:
    if group in _PLAIN:
        return Token(_PLAIN[group], _RELATIONS.get(said, _OPERATORS.get(said, said)), start, end)
    kind, spelled = SIGNS.get(said, (Kind.OTHER, said))
    return Token(kind, spelled, start, end)


def _command(said: str, start: int, end: int) -> Token:
    name = said[1:]
    if name in SILENT:
        return Token(Kind.COMMAND, "silent", start, end)
    if name in BREAKS:
        return Token(Kind.BREAK, said, start, end)
    kind, spelled = COMMANDS.get(name, (Kind.COMMAND, said))
    return Token(kind, spelled, start, end)


def _text(said: str, start: int, end: int) -> Token:
    inner = said[said.index("{") + 1 : -1].strip()
    if inner in FUNCTIONS:
        return Token(Kind.COMMAND if inner == "mod" else Kind.FUNCTION, inner, start, end)
    if len(inner) == 1 and inner.isalpha():
        return Token(Kind.NAME, inner, start, end)
    return Token(Kind.UNIT, inner, start, end) if inner else Token(Kind.COMMAND, "silent", start, end)


def _fence(said: str, start: int, end: int) -> Token:
    name = said[said.index("{") + 1 : -1].rstrip("*")
    if name in _MATRICES:
        return Token(Kind.FENCE, f"{said[1 : said.index('{')]} {name}", start, end)
    return Token(Kind.BREAK, said, start, end)


_SINGLE: Mapping[str, Callable[[str, int, int], Token]] = {"command": _command, "text": _text, "fence": _fence}


def _star(text: str, start: int, end: int) -> Iterator[Token]:
    # Two stars are a power between operands and bold print elsewhere.
    before, after = text[start - 1 : start], text[end : end + 1]
    is_power = before.isspace() and after.isspace()
    if is_power or ((before.isalnum() or before == ")") and (after.isalnum() or after in "(-")):
        yield Token(Kind.OPERATOR, "^", start, end)


def _strange(said: str, text: str, start: int, end: int) -> Iterator[Token]:
    if said == "!=":
        yield from _not_equal(text, start, end)
    elif said == "<-":
        yield Token(Kind.RELATION, "<", start, start + 1)
        yield Token(Kind.OPERATOR, "-", start + 1, end)
    elif said == "--" and text[end : end + 1].isalnum():
        yield Token(Kind.OPERATOR, "-", start, start + 1)
        yield Token(Kind.OPERATOR, "-", start + 1, end)
    else:
        kind, spelled = STRANGE.get(said, (Kind.OTHER, said))
        yield Token(kind, spelled, start, end)


def _not_equal(text: str, start: int, end: int) -> Iterator[Token]:
    """`n != 0` is a comparison, `5!=120` a factorial; `n!=0` may be either."""
    before = text[start - 1 : start]
    if before.isspace():
        yield Token(Kind.RELATION, "≠", start, end)
    elif before.isdigit() or before == ")":
        yield Token(Kind.BANG, "!", start, start + 1)
        yield Token(Kind.RELATION, "=", start + 1, end)
    else:
        yield Token(Kind.OTHER, "!=", start, end)


def _word(said: str, start: int) -> Iterator[Token]:
    """A word as one function, name, unit or word, or as the letters of a product."""
    if "-" in said and all(len(part) <= 2 for part in said.split("-")):
        for at, part in _cut(said, "-"):
            kind = Kind.OPERATOR if part == "-" else None
            yield from [Token(kind, part, start + at, start + at + 1)] if kind else _word(part, start + at)
        return
    if said[1:2] in "'’" and len(said) > 1 and said.isascii() and len(said) <= 3:  # f'g is rare, but no word
        yield Token(Kind.OTHER, said, start, start + len(said))
        return
    for found in _WORD_PARTS.finditer(said):
        at = start + found.start()
        yield from _part(found, at, start + found.end())


def _part(found: re.Match[str], start: int, end: int) -> Iterator[Token]:
    said = found[0]
    if found[1]:
        yield Token(Kind.SUPERSCRIPT, said.translate(SUPERSCRIPTS), start, end)
    elif found[2]:
        yield Token(Kind.BELOW, said.translate(SUBSCRIPTS), start, end)
    elif found[3]:
        yield Token(Kind.FRACTION, said, start, end)
    else:
        yield from _letters(said, start, end)


def _letters(said: str, start: int, end: int) -> Iterator[Token]:
    name = OTHER_SPELLINGS.get(said, said)
    if name in FUNCTIONS:
        yield Token(Kind.COMMAND if name == "mod" else Kind.FUNCTION, name, start, end)
    elif said in GREEK_WORDS or (len(said) == 1 and not said.isascii()):
        yield Token(Kind.NAME, LETTERS.get(said, said), start, end)
    elif len(said) > 1 and said in UNITS:
        yield Token(Kind.UNIT, said, start, end)
    elif len(said) > MAX_PRODUCT or (said.casefold() in ENGLISH and len(said) > 1):
        yield Token(Kind.WORD, said, start, end)
    else:
        for found in _LETTER_OR_CAPITALS.finditer(said):
            kind, letter = SIGNS.get(found[0], (Kind.NAME, LETTERS.get(found[0], found[0])))
            yield Token(kind, letter, start + found.start(), start + found.end())


def _cut(said: str, sign: str) -> Iterator[tuple[int, str]]:
    at = 0
    for index, part in enumerate(said.split(sign)):
        if index:
            yield at, sign
            at += 1
        yield at, part
        at += len(part)


def _settled(tokens: list[Token], text: str) -> Iterator[Token]:
    """The tokens with what only two of them tell together: set braces, `\\left.`, `1e-5`, `⁻¹`."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.kind is Kind.COMMAND and token.text == "silent":
            at += 1 + (after is not None and after.text == "." and after.start == token.end)
            continue
        if token.text == "\\" and after is not None and after.text in ("{", "}", "|", "%"):
            yield Token(after.kind, "\\" + after.text if after.text in "{}" else after.text, token.start, after.end)
            at += 2
            continue
        if token.text == "⁻" and after is not None and after.kind is Kind.SUPERSCRIPT:
            yield Token(Kind.SUPERSCRIPT, "-" + after.text.translate(SUPERSCRIPTS), token.start, after.end)
            at += 2
            continue
        width = _scientific(tokens, at) or _period(tokens, at)
        if width:
            last = tokens[at + width - 1]
            yield Token(Kind.NUMBER, text[token.start : last.end], token.start, last.end)
            at += width
            continue
        is_times = token.text in ("x", "X") and at > 0 and after is not None and _is_times(tokens[at - 1], token, after)
        yield Token(Kind.OPERATOR, "*", token.start, token.end) if is_times else _spelled(token)
        at += 1


def _is_times(before: Token, times: Token, after: Token) -> bool:
    """Whether an `x` stands between two numbers as the sign of multiplication."""
    if before.kind not in (Kind.NUMBER, Kind.CLOSE, Kind.PERCENT) or before.text == "0":
        return False
    if after.kind not in (Kind.NUMBER, Kind.OPEN, Kind.CURRENCY):
        return False
    return touches(before, times) == touches(times, after)


def _spelled(token: Token) -> Token:
    if token.kind is Kind.SUPERSCRIPT:
        return Token(token.kind, token.text.translate(SUPERSCRIPTS), token.start, token.end)
    if token.kind is Kind.OTHER and token.text in VULGAR:
        return Token(Kind.FRACTION, token.text, token.start, token.end)
    return token


def _scientific(tokens: list[Token], at: int) -> int:
    """How many tokens from here on are one number such as `1.5e-3`; 0 when they are none."""
    rest = tokens[at : at + 4]
    if len(rest) < 3 or rest[0].kind is not Kind.NUMBER or rest[1].text not in ("e", "E"):
        return 0
    signed = rest[2].kind is Kind.OPERATOR and rest[2].text in "+-"
    width = 4 if signed else 3
    if len(rest) < width or rest[width - 1].kind is not Kind.NUMBER or not rest[width - 1].text.isdigit():
        return 0
    touching = all(one.end == other.start for one, other in zip(rest[: width - 1], rest[1:width], strict=True))
    # 2e+9 and 17e-8 may be sums with a name; 2.5e-8 and 1e9 are not.
    is_sum = signed and "." not in rest[0].text and rest[1].text == "e" and len(rest[3].text) == 1
    return width if touching and not is_sum else 0


def _period(tokens: list[Token], at: int) -> int:
    """Two when a number and its point stand before a line over digits, `0.\\overline{3}`; else 0."""
    rest = tokens[at : at + 3]
    if len(rest) < 3 or rest[0].kind is not Kind.NUMBER or rest[1].text != "." or rest[2].text != "overline":
        return 0
    return 2 if rest[0].end == rest[1].start and rest[1].end == rest[2].start else 0

"""What only several tokens tell together: set braces, `\\left.`, `1e-5`, `⁻¹`, `\\not=`, an `x` for times, tags."""

from __future__ import annotations

from collections.abc import Sequence

from checkers.formula.lexicon import NEGATED, SUPERSCRIPTS, VULGAR
from checkers.formula.tokens import Kind, Token, touches

MAX_TAG = 8
"""Tokens inside the braces of a tag."""
_ESCAPED = frozenset({"{", "}", "|", "%", "*", "_"})
_BRACED = frozenset({"\\tag", "\\label", "\\hspace", "\\vspace"})
"""Commands whose braces hold no mathematics."""
_FIRST = frozenset({Kind.COMMAND, Kind.OTHER, Kind.NUMBER, Kind.SUPERSCRIPT, Kind.NAME})
_CROSSES = frozenset({"x", "X"})
_AFTER_NUMBER = frozenset({"e", "E", "."})
_BEFORE_TIMES = frozenset({Kind.NUMBER, Kind.CLOSE, Kind.PERCENT, Kind.UNIT})


def settled(tokens: Sequence[Token], text: str) -> list[Token]:
    """The same tokens, those joined that are one, and without those that only set the type."""
    found: list[Token] = []
    at, end = 0, len(tokens)
    while at < end:
        token = tokens[at]
        kind = token.kind
        if (
            kind not in _FIRST
            or (kind is Kind.NAME and token.text not in _CROSSES)
            or (kind is Kind.NUMBER and (at + 2 >= end or tokens[at + 1].text not in _AFTER_NUMBER))
        ):
            found.append(token)
            at += 1
            continue
        width, instead = _joined(tokens, at, text)
        if instead is not None:
            found.append(instead)
        at += width
    return found


def _joined(tokens: Sequence[Token], at: int, text: str) -> tuple[int, Token | None]:
    """How many tokens from here on are one, and which."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    match token.kind:
        case Kind.COMMAND:
            return _command(tokens, at, after)
        case Kind.OTHER:
            return _other(token, after)
        case Kind.NUMBER:
            width = _scientific(tokens, at) or _period(tokens, at) or 1
            last = tokens[at + width - 1]
            return width, Token(token.kind, text[token.start : last.end], token.start, last.end) if width > 1 else token
        case Kind.NAME:
            is_times = token.text in ("x", "X") and at > 0 and after is not None and _is_times(tokens, at)
            return 1, Token(Kind.OPERATOR, "*", token.start, token.end) if is_times else token
        case _:
            return 1, Token(token.kind, token.text.translate(SUPERSCRIPTS), token.start, token.end)


def _command(tokens: Sequence[Token], at: int, after: Token | None) -> tuple[int, Token | None]:
    token = tokens[at]
    if token.text == "silent":
        return 1 + (after is not None and after.text == "." and touches(token, after)), None
    if token.text == "\\not" and after is not None and after.text in NEGATED:
        return 2, Token(Kind.RELATION, NEGATED[after.text], token.start, after.end)
    if token.text in _BRACED and after is not None and after.text == "{":
        for last, closing in enumerate(tokens[at + 2 : at + MAX_TAG], start=at + 2):
            if closing.text == "}":
                return last + 1 - at, Token(Kind.BREAK, "\\quad", token.start, closing.end)
    return 1, token


def _other(token: Token, after: Token | None) -> tuple[int, Token | None]:
    if after is not None and token.text == "\\" and after.text in _ESCAPED:
        return 2, Token(after.kind, "\\" + after.text if after.text in "{}" else after.text, token.start, after.end)
    if after is not None and token.text == "⁻" and after.kind is Kind.SUPERSCRIPT:
        return 2, Token(Kind.SUPERSCRIPT, "-" + after.text.translate(SUPERSCRIPTS), token.start, after.end)
    if token.text in VULGAR:
        return 1, Token(Kind.FRACTION, token.text, token.start, token.end)
    return 1, token


def _scientific(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from here on are one number such as `1.5e-3`; 0 when they are none."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in ("e", "E"):
        return 0
    signed = tokens[at + 2].kind is Kind.OPERATOR and tokens[at + 2].text in "+-"
    rest = tokens[at : at + (4 if signed else 3)]
    if rest[-1].kind is not Kind.NUMBER or not rest[-1].text.isdigit():
        return 0
    # 2e+9 and 17e-8 may be sums with a name; 2.5e-8 and 1e9 are not.
    if signed and "." not in rest[0].text and rest[1].text == "e" and len(rest[3].text) == 1:
        return 0
    return len(rest) if all(touches(one, other) for one, other in zip(rest, rest[1:], strict=False)) else 0


def _period(tokens: Sequence[Token], at: int) -> int:
    """Two when a number and its point stand before a line over digits, `0.\\overline{3}`; else 0."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != "." or tokens[at + 2].text != "overline":
        return 0
    return 2 if touches(tokens[at], tokens[at + 1]) and touches(tokens[at + 1], tokens[at + 2]) else 0


def _is_times(tokens: Sequence[Token], at: int) -> bool:
    """Whether an `x` with a space on either side stands between two numbers, the first perhaps with its unit."""
    before, sign, after = tokens[at - 1 : at + 2]
    if touches(before, sign) or touches(sign, after):
        return False
    is_word = before.kind is Kind.WORD and at > 1 and tokens[at - 2].kind is Kind.NUMBER
    if before.kind not in _BEFORE_TIMES and not is_word:
        return False
    if after.kind is Kind.OPEN and after.text == "(":
        # `3 x (4 + 1)` are numbers alone, `3 x (x + 1)` is a product with a name.
        return at + 2 < len(tokens) and tokens[at + 2].kind in (Kind.NUMBER, Kind.CURRENCY) and not _has_x(tokens, at)
    return after.kind in (Kind.NUMBER, Kind.CURRENCY)


def _has_x(tokens: Sequence[Token], at: int) -> bool:
    near = (*tokens[max(0, at - 20) : at], *tokens[at + 1 : at + 20])
    return any(token.kind is Kind.NAME and token.text == tokens[at].text for token in near)

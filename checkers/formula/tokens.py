"""Text cut into the tokens of plain mathematics; everything else becomes a word or `other`, never an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from checkers.limits import NO_BOUNDS, Budget


class Kind(StrEnum):
    """What a token is to somebody who reads mathematics in prose."""

    NUMBER = "number"
    OPERATOR = "operator"
    RELATION = "relation"
    OPEN = "open"
    CLOSE = "close"
    FRACTION = "fraction"
    SUPERSCRIPT = "superscript"
    PERCENT = "percent"
    CURRENCY = "currency"
    COMMA = "comma"
    WORD = "word"
    COMMAND = "command"
    BREAK = "break"
    MARK = "mark"
    OTHER = "other"
    # What follows is told apart only where all of mathematics is read (`signs.py`), not in plain arithmetic.
    NAME = "name"
    FUNCTION = "function"
    BAR = "bar"
    BANG = "bang"
    PRIME = "prime"
    DEGREE = "degree"
    BELOW = "below"
    DOTS = "dots"
    FENCE = "fence"
    WRAPPER = "wrapper"
    UNIT = "unit"
    PHRASE = "phrase"


class Token(NamedTuple):
    """One token; `text` is written in one way for all spellings, `start` and `end` are places in the source."""

    kind: Kind
    text: str
    start: int
    end: int


# Every alternative is a bounded or single loop without overlap, so the whole is linear in the text.
_TOKEN = re.compile(
    r"""
    (?P<space>     [^\S\n]+ | \\[,;:!\ ] | ~ )
  | (?P<word>      (?![⁰¹²³⁴⁵⁶⁷⁸⁹])[^\W\d_]+(?:['’-][^\W\d_]+)* )
  | (?P<mark>      <<[^<>\n]{0,200}>> )
  | (?P<fence>     \\(?:begin|end)\{[a-z*]{1,20}\} )
  | (?P<break>     \n | \\\\ | & )
  | (?P<math>      \\[()\[\]] | \$\$ )
  | (?P<percent>   \\?% )
  | (?P<currency>  \\\$ | [£€¥] )
  | (?P<dollar>    \$ )
  | (?P<text>      \\(?:text|mathrm|mbox|textbf|mathbf|textit)\{[^{}\\$]{0,200}\} )
  | (?P<open>      (?:\\(?:left|[bB]ig{1,2}l?)\ ?)?[(\[{] )
  | (?P<close>     (?:\\(?:right|[bB]ig{1,2}r?)\ ?)?[)\]}] )
  | (?P<command>   \\[A-Za-z]+ )
  | (?P<version>   [0-9]+(?:\.[0-9]+){2,} )
  | (?P<number>    [0-9]{1,3}(?:(?:,|\{,\}|,\\!|\\,)[0-9]{3})+(?![0-9])(?:\.[0-9]+)?
                 | [0-9]+(?:\.[0-9]+)? | \.[0-9]+ )
  | (?P<super>     [⁰¹²³⁴⁵⁶⁷⁸⁹]+ )
  | (?P<strange>   =[=>]+ | <=> | <?-+> | <- | --+ | [:+*/~!-]= | ±= )
  | (?P<relation>  <= | >= | [=<>≤≥≠≈] )
  | (?P<star>      \*\* )
  | (?P<operator>  [-−+*/^×·⋅÷∙] )
  | (?P<comma>     , )
  | (?P<dots>      …|\.\.+ )
  | (?P<other>     . )
    """,
    re.VERBOSE | re.DOTALL,
)

_RELATIONS = {"<=": "≤", ">=": "≥"}
_OPERATORS = {"−": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/"}
_COMMANDS = {
    "\\times": (Kind.OPERATOR, "*"),
    "\\cdot": (Kind.OPERATOR, "*"),
    "\\div": (Kind.OPERATOR, "/"),
    "\\frac": (Kind.FRACTION, "\\frac"),
    "\\dfrac": (Kind.FRACTION, "\\frac"),
    "\\tfrac": (Kind.FRACTION, "\\frac"),
    "\\approx": (Kind.RELATION, "≈"),
    "\\ne": (Kind.RELATION, "≠"),
    "\\neq": (Kind.RELATION, "≠"),
    "\\le": (Kind.RELATION, "≤"),
    "\\leq": (Kind.RELATION, "≤"),
    "\\ge": (Kind.RELATION, "≥"),
    "\\geq": (Kind.RELATION, "≥"),
    "\\lt": (Kind.RELATION, "<"),
    "\\gt": (Kind.RELATION, ">"),
}
_SILENT = frozenset({"\\left", "\\right", "\\displaystyle"})
_BREAKS = frozenset(
    {
        "\\implies",
        "\\Rightarrow",
        "\\Longrightarrow",
        "\\Leftrightarrow",
        "\\iff",
        "\\therefore",
        "\\because",
        "\\quad",
        "\\qquad",
        "\\item",
        "\\rightarrow",
        "\\longrightarrow",
        "\\to",
        "\\newline",
    }
)
_PLAIN = {
    "mark": Kind.MARK,
    "fence": Kind.BREAK,
    "break": Kind.BREAK,
    "percent": Kind.PERCENT,
    "currency": Kind.CURRENCY,
    "text": Kind.WORD,
    "version": Kind.OTHER,
    "number": Kind.NUMBER,
    "super": Kind.SUPERSCRIPT,
    "word": Kind.WORD,
    "strange": Kind.OTHER,
    "relation": Kind.RELATION,
    "operator": Kind.OPERATOR,
    "open": Kind.OPEN,
    "close": Kind.CLOSE,
    "comma": Kind.COMMA,
    "dots": Kind.OTHER,
    "other": Kind.OTHER,
}


def pieces_of(
    text: str, start: int, end: int, budget: Budget = NO_BOUNDS
) -> tuple[list[re.Match[str]], frozenset[int]]:
    """Everything but blanks as it was cut, and the places of the dollars that open and close mathematics."""
    raw = [match for match in budget.over(_TOKEN.finditer(text, start, end)) if match.lastgroup != "space"]
    return raw, _math_dollars(text, [match.start() for match in raw if match.lastgroup == "dollar"])


def tokens_of(text: str, *, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of a text, without spaces and the delimiters of mathematics."""
    raw, delimiters = pieces_of(text, start, len(text) if end is None else end)
    tokens: list[Token] = []
    closed = False
    for match in raw:
        is_delimiter = match.lastgroup == "math" or (match.lastgroup == "dollar" and match.start() in delimiters)
        if closed and is_delimiter:
            # One formula ends where another begins: side by side they are not one.
            tokens.append(Token(Kind.BREAK, "", match.start(), match.start()))
        closed = is_delimiter and not closed
        tokens.extend(_token(match, text, delimiters))
    return tuple(_with_times(tokens))


def touches(left: Token, right: Token) -> bool:
    """Whether nothing stands between the two, not even a space."""
    return left.end == right.start


def _token(match: re.Match[str], text: str, delimiters: frozenset[int]) -> Iterator[Token]:
    group, said = match.lastgroup or "other", match[0]
    if group == "command":
        yield from _command(match)
    elif group == "star":
        if _is_power(text, match.start(), match.end()):
            yield Token(Kind.OPERATOR, "^", *match.span())
    elif group in ("dollar", "math"):
        if group == "dollar" and match.start() not in delimiters:
            yield Token(Kind.CURRENCY, said, *match.span())
    else:
        yield Token(_PLAIN[group], _spelled(group, said), *match.span())


def _spelled(group: str, said: str) -> str:
    if group in ("open", "close"):
        return said[-1]
    if group == "text":
        return said[said.index("{") + 1 : -1].strip()
    return _RELATIONS.get(said, _OPERATORS.get(said, said))


def _command(match: re.Match[str]) -> Iterator[Token]:
    if match[0] in _SILENT:
        return
    kind, said = _COMMANDS.get(match[0], (Kind.BREAK if match[0] in _BREAKS else Kind.COMMAND, match[0]))
    yield Token(kind, said, *match.span())


def _is_power(text: str, start: int, end: int) -> bool:
    # Two stars are a power between operands and bold print elsewhere.
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isspace() and after.isspace():
        return True
    return bool(before) and before in "0123456789)" and bool(after) and after in "0123456789("


def _math_dollars(text: str, places: list[int]) -> frozenset[int]:
    """The dollars that open and close mathematics, by the rule that pandoc has: the others are money."""
    found: set[int] = set()
    index = 0
    while index + 1 < len(places):
        opening, closing = places[index], places[index + 1]
        is_mark = text.startswith("<<", opening + 1) or text.startswith("<<", closing + 1)
        opens = not text[opening + 1 : opening + 2].isspace() or "\\" in text[opening:closing]
        closes = not text[closing - 1].isspace() and not text[closing + 1 : closing + 2].isdigit()
        if opens and closes and not is_mark and "\n\n" not in text[opening:closing]:
            found |= {opening, closing}
            index += 1
        index += 1
    return frozenset(found)


def _with_times(tokens: list[Token]) -> Iterator[Token]:
    """The same tokens, with an `x` between two numbers as the sign of multiplication."""
    for index, token in enumerate(tokens):
        if token.text in ("x", "X") and 0 < index < len(tokens) - 1 and is_times(*tokens[index - 1 : index + 2]):
            yield Token(Kind.OPERATOR, "*", token.start, token.end)
        else:
            yield token


def is_times(before: Token, times: Token, after: Token) -> bool:
    """Whether an `x` between these two is the sign of multiplication."""
    if before.kind not in (Kind.NUMBER, Kind.CLOSE, Kind.PERCENT):
        return False
    if after.kind not in (Kind.NUMBER, Kind.OPEN, Kind.CURRENCY):
        return False
    is_hexadecimal = before.text == "0" and touches(before, times)
    return not is_hexadecimal and touches(before, times) == touches(times, after)

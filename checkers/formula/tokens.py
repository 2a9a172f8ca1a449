"""Text cut into the tokens of plain mathematics; everything else becomes a word or `other`, never an error."""

from __future__ import annotations

import re
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


def pieces_of(
    text: str, start: int, end: int, budget: Budget = NO_BOUNDS
) -> tuple[list[re.Match[str]], frozenset[int]]:
    """Everything but blanks as it was cut, and the places of the dollars that open and close mathematics."""
    raw = [match for match in budget.over(_TOKEN.finditer(text, start, end)) if match.lastgroup != "space"]
    return raw, _math_dollars(text, [match.start() for match in raw if match.lastgroup == "dollar"])


def touches(left: Token, right: Token) -> bool:
    """Whether nothing stands between the two, not even a space."""
    return left.end == right.start


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

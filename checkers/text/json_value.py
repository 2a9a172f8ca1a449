"""JSON read strictly: no NaN, bounded depth and numbers, and a word about the place where it breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from checkers.finding import Span
from checkers.jsonline import MAX_DEPTH, MAX_DIGITS, nesting
from checkers.limits import OverLimit
from checkers.text.misformed import Misformed

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}:,]|[^\s"\[\]{}:,]++', re.DOTALL)


def read_json(text: str) -> Any:
    """The one value that the text is; raises Misformed, and OverLimit where it is too deep or has too long a number."""
    if nesting(text) > MAX_DEPTH:
        raise OverLimit(f"brackets nested more than {MAX_DEPTH} deep")
    try:
        return json.loads(text, parse_int=_whole, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        said = error.msg.split(":")[0].removesuffix(" at")
        raise Misformed(f"{said}, line {error.lineno}", error.pos) from None


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise OverLimit(f"a number of more than {MAX_DIGITS:,} digits")
    return int(digits)


def _no_constant(name: str) -> None:
    raise Misformed(f"{name} is no JSON value", 0)


def value_span(text: str, path: Sequence[str | int]) -> Span:
    """Where the value at that path stands in a text that `read_json` reads; of a key given twice, the last counts."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    first, last = 0, len(tokens) - 1
    for step in path:
        member = _member(text, tokens, first, step)
        if member is None:
            break
        first, last = member
    return tokens[first][0], tokens[last][1]


def _member(text: str, tokens: Sequence[Span], opening: int, step: str | int) -> tuple[int, int] | None:
    """The first and the last token of one member of the list or object that opens at that token."""
    if text[tokens[opening][0]] not in "[{":
        return None
    found, at, index = None, opening + 1, 0
    is_list = text[tokens[opening][0]] == "["
    while text[tokens[at][0]] not in "]}":
        key: str | int = index if is_list else json.loads(text[slice(*tokens[at])])
        begin = at if is_list else at + 2
        end = _end(text, tokens, begin)
        if key == step:
            found = begin, end
        at = end + 1
        at += text[tokens[at][0]] == ","
        index += 1
    return found


def _end(text: str, tokens: Sequence[Span], at: int) -> int:
    depth = 0
    while True:
        sign = text[tokens[at][0]]
        depth += (sign in "[{") - (sign in "]}")
        if not depth:
            return at
        at += 1

"""Mathematics as people and models write it, plain and LaTeX: text in, a tree or the reason why not out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checkers.formula.brackets import read_bars, read_bracket, read_matrix, read_wrapper
from checkers.formula.opaque import read_command, read_dots, read_label, read_phrase
from checkers.formula.operands import read_fraction, read_function, read_money, read_name, read_number, read_word
from checkers.formula.reader import Family, Reader, Stop, shown
from checkers.formula.relations import read_list
from checkers.formula.signs import DELIMITER, signs_of
from checkers.formula.tokens import Kind, Token
from checkers.formula.tree import Node, Unreadable, height

MAX_TEXT = 8_000
MAX_TOKENS = 2_000
MAX_HEIGHT = 100
"""Nodes above one another in a tree, so that whoever walks it may call itself."""

_FAMILIES: Mapping[Kind, Family] = {
    Kind.NUMBER: read_number,
    Kind.CURRENCY: read_money,
    Kind.NAME: read_name,
    Kind.WORD: read_word,
    Kind.OPEN: read_bracket,
    Kind.BAR: read_bars,
    Kind.FRACTION: read_fraction,
    Kind.FUNCTION: read_function,
    Kind.WRAPPER: read_wrapper,
    Kind.FENCE: read_matrix,
    Kind.UNIT: read_label,
    Kind.PHRASE: read_phrase,
    Kind.DOTS: read_dots,
    Kind.COMMAND: read_command,
}
_JOINING = (Kind.RELATION, Kind.OPERATOR)
_LINES = ("&", "\n", "\\\\", "\\quad", DELIMITER)
_EDGES = frozenset({".", ":", ",", ";"})


def read(text: str) -> Node | Unreadable:
    """The tree of a text that is one formula, chain or list and nothing else."""
    if len(text) > MAX_TEXT:
        return Unreadable("it is too long")
    return read_tokens(signs_of(text))


def read_tokens(tokens: Sequence[Token]) -> Node | Unreadable:
    """The tree of these tokens (see `signs_of`), all of them, or the reason why there is none."""
    if len(tokens) > MAX_TOKENS:
        return Unreadable("it is too long")
    wanted = _joined_lines(_trimmed(tokens))
    if not wanted:
        return Unreadable("there is nothing to read")
    if wanted[0].kind is Kind.RELATION:
        if len(wanted) == 1:
            return Unreadable("both its sides stand elsewhere")
        wanted.insert(0, Token(Kind.PHRASE, "", wanted[0].start, wanted[0].start))
    reader = Reader(wanted, _FAMILIES)
    try:
        node = read_list(reader, 0)
    except Stop as stop:
        return Unreadable(_reason(stop, reader))
    left = reader.peek()
    if left is not None:
        return Unreadable(_left_over(left))
    # A token is at most three nodes above one another.
    return (
        node
        if 3 * len(wanted) < MAX_HEIGHT or height(node) <= MAX_HEIGHT
        else Unreadable("its brackets are nested too deep")
    )


def _reason(stop: Stop, reader: Reader) -> str:
    at = reader.tokens[reader.at - 1]
    return _left_over(at) if str(stop).endswith("has no place here") else str(stop)


def _left_over(token: Token) -> str:
    match token.kind:
        case Kind.COMMAND:
            known = not token.text.startswith("\\") and token.text != "mod"
            return f"it has {token.text}" if known else f"{shown(token)} is not read"
        case Kind.DOTS:
            return "it trails off in dots"
        case Kind.WORD:
            return f"{shown(token)} is a word"
        case Kind.BREAK:
            return "it goes on in another line"
        case _:
            return f"{shown(token)} has no place here"


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without marks of a calculator, and without breaks and full stops at the edges."""
    kept = [token for token in tokens if token.kind is not Kind.MARK]
    start, end = 0, len(kept)
    while start < end and kept[start].kind is Kind.BREAK:
        start += 1
    while end > start and (kept[end - 1].kind is Kind.BREAK or kept[end - 1].text in _EDGES):
        end -= 1
    return kept[start:end]


def _joined_lines(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the breaks that only set a formula in lines; those of a matrix stay."""
    if not any(token.kind is Kind.BREAK for token in tokens):
        return list(tokens)
    found: list[Token] = []
    fences, idle = 0, _idle(tokens)
    for at, token in enumerate(tokens):
        if token.kind is Kind.FENCE:
            fences += 1 if token.text.startswith("begin") else -1
        if token.kind is not Kind.BREAK or not (token.text in ("\n", DELIMITER) if fences > 0 else idle[at]):
            found.append(token)
    return found


def _idle(tokens: Sequence[Token]) -> list[bool]:
    """Of each break whether it stands beside a sign, so that the formula goes on."""
    found = [token.kind is Kind.BREAK and token.text == "&" for token in tokens]
    for places in (range(len(tokens)), range(len(tokens) - 1, -1, -1)):
        near = Kind.BREAK
        for at in places:
            token = tokens[at]
            if token.kind is not Kind.BREAK:
                near = token.kind
            elif near in _JOINING and token.text in _LINES:
                found[at] = True
    return found

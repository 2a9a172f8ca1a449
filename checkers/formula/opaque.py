"""What is seen and not looked into, so that its neighbours can be read: integrals, limits, dots, events, words."""

from __future__ import annotations

from checkers.formula.lexicon import UNITS
from checkers.formula.reader import Reader, Stop
from checkers.formula.tokens import Kind, Token
from checkers.formula.tree import Name, Node, Opaque

_SIDES = frozenset({Kind.RELATION, Kind.COMMA, Kind.BREAK})


def rest_of_side(reader: Reader, first: Token, what: str) -> Opaque:
    """Everything up to the next sign of relation, comma, line or closing bracket of this level."""
    opened, end = 0, first.end
    while (token := reader.peek()) is not None:
        opened += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if opened < 0 or (opened == 0 and token.kind in _SIDES):
            break
        end = reader.take().end
    return Opaque((first.start, end), what)


def rest_of_bracket(reader: Reader, first: Token, what: str) -> Opaque:
    """Everything up to the bracket that closes this level, which is left standing."""
    opened, end = 0, first.end
    while (token := reader.peek()) is not None:
        opened += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if opened < 0:
            return Opaque((first.start, end), what)
        end = reader.take().end
    raise Stop("a bracket is not closed")


def read_command(reader: Reader, token: Token, depth: int) -> Node:
    """An integral or a limit with all that follows it on its side; any other command is not read."""
    if token.text in ("an integral", "a limit"):
        return rest_of_side(reader, token, token.text)
    raise Stop("has no place here")


def read_dots(reader: Reader, token: Token, depth: int) -> Node:
    """The terms or factors that dots stand for."""
    return Opaque((token.start, token.end), "dots")


def read_phrase(reader: Reader, token: Token, depth: int) -> Node:
    """Several words that stand for a value."""
    return Opaque((token.start, token.end), "words")


def read_label(reader: Reader, token: Token, depth: int) -> Node:
    """The name of a value in words, as `\\text{Total cost}` where an operand belongs."""
    if token.text in UNITS:
        raise Stop("a unit stands where a value belongs")
    return Name((token.start, token.end), token.text)

"""Chains of relations with their modulus, and lists of them."""

from __future__ import annotations

from checkers.formula.reader import Reader, Stop
from checkers.formula.tokens import Kind
from checkers.formula.tree import Chain, Collection, Node

MAX_PARTS = 400


def read_list(reader: Reader, depth: int) -> Node:
    """One statement, or several with commas between them."""
    found = [read_statement(reader, depth)]
    while reader.meets(Kind.COMMA) and reader.peek(1) is not None:
        reader.take()
        found.append(read_statement(reader, depth))
    if len(found) == 1:
        return found[0]
    return Collection((found[0].span[0], found[-1].span[1]), "several", tuple(found))


def read_statement(reader: Reader, depth: int) -> Node:
    """An expression, or several with signs of relation between them: `a = b < c`, `a \\equiv b \\pmod n`."""
    parts, ops = [reader.expression(0, depth)], []
    while reader.meets(Kind.RELATION):
        if len(parts) == MAX_PARTS:
            raise Stop("it is too long")
        ops.append(reader.take().text)
        parts.append(reader.expression(0, depth))
    modulus, end = _modulus(reader, depth) if ops and "≡" in ops else (None, parts[-1].span[1])
    if not ops:
        return parts[0]
    return Chain((parts[0].span[0], end), tuple(parts), tuple(ops), modulus)


def _modulus(reader: Reader, depth: int) -> tuple[Node | None, int]:
    following = reader.peek(1)
    bracketed = reader.meets(Kind.OPEN, "(") and following is not None and following.text == "mod"
    if bracketed:
        reader.take()
    if not reader.meets(Kind.COMMAND, "mod"):
        return None, reader.tokens[reader.at - 1].end
    reader.take()
    modulus = reader.expression(0, depth + 1)
    if bracketed:
        reader.closing(")")
    return modulus, reader.tokens[reader.at - 1].end

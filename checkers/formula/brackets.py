"""Whatever stands in brackets: groups, bars, floors, sets, tuples, intervals, matrices, boxes."""

from __future__ import annotations

from checkers.formula.opaque import rest_of_bracket
from checkers.formula.operands import listed, named, read_function
from checkers.formula.reader import Reader, Stop, shown
from checkers.formula.relations import read_statement
from checkers.formula.tokens import Kind, Token
from checkers.formula.tree import (
    Call,
    Collection,
    Group,
    Interval,
    Matrix,
    Name,
    Node,
    Number,
    Opaque,
    Product,
)

MAX_CELLS = 100
MAX_CORNERS = 6
"""Letters under one mark."""
_WHOLE = frozenset({"boxed", "fbox", "cancel", "operatorname", "mathop"})
_LINES = frozenset({"overline", "widehat", "overrightarrow", "vec"})
_ENDS = {"(": ")]", "[": "])"}
_CALLS = {"⌊": ("floor", "⌋"), "⌈": ("ceil", "⌉")}


def read_bracket(reader: Reader, opening: Token, depth: int) -> Node:
    """What stands in a bracket of any kind, up to its end."""
    if opening.text in _CALLS:
        name, end = _CALLS[opening.text]
        inside = listed(reader, depth)
        if len(inside) > 1:
            raise Stop("a comma stands where one value belongs")
        return Call((opening.start, reader.closing(end).end), name, inside)
    if opening.text == "\\{":
        return _set(reader, opening, depth)
    if opening.text == "⟨":
        inside = listed(reader, depth)
        span = (opening.start, reader.closing("⟩").end)
        return Collection(span, "tuple", inside) if len(inside) > 1 else Group(span, inside[0])
    if opening.text == "{":
        return _braces(reader, opening, depth)
    return _round_or_square(reader, opening, depth)


def _round_or_square(reader: Reader, opening: Token, depth: int) -> Node:
    inside = _parts(reader, depth)
    closing = reader.take()
    if closing.kind is not Kind.CLOSE or closing.text not in _ENDS[opening.text]:
        raise Stop("a bracket is not closed")
    span = (opening.start, closing.end)
    if len(inside) == 1 and closing.text == _ENDS[opening.text][0]:
        return Group(span, inside[0])
    if opening.text == "(" and closing.text == ")":
        return Collection(span, "tuple", inside)
    if len(inside) == 2:
        return Interval(span, inside[0], inside[1], opening.text == "(", closing.text == ")")
    if closing.text != "]" or opening.text != "[":
        raise Stop("a bracket is not closed")
    return Collection(span, "list", inside)


def _parts(reader: Reader, depth: int) -> tuple[Node, ...]:
    inside = listed(reader, depth)
    if any(isinstance(part, Number) and part.grouped and not part.currency for part in inside):
        raise Stop("a comma between digits can be read in two ways")
    return inside


def _braces(reader: Reader, opening: Token, depth: int) -> Node:
    inside = _parts(reader, depth) if _has_comma(reader) else listed(reader, depth)
    if reader.meets(Kind.COMMAND, "choose") or reader.meets(Kind.COMMAND, "over"):
        return _one_over_another(reader, opening, inside, depth)
    span = (opening.start, reader.closing("}").end)
    return Group(span, inside[0]) if len(inside) == 1 else Collection(span, "set", inside)


def _one_over_another(reader: Reader, opening: Token, above: tuple[Node, ...], depth: int) -> Node:
    """`{n \\choose k}`, `{a \\over b}`."""
    command = reader.take()
    under = reader.expression(0, depth + 1)
    span = (opening.start, reader.closing("}").end)
    if len(above) != 1:
        raise Stop("a comma stands where one value belongs")
    if command.text == "choose":
        return Call(span, "binom", (above[0], under))
    return Group(span, Product(span, (Group(above[0].span, above[0]), Group(under.span, under)), (False, True)))


def _has_comma(reader: Reader) -> bool:
    following = reader.peek(1)
    return following is not None and following.kind is Kind.COMMA


def _set(reader: Reader, opening: Token, depth: int) -> Node:
    if reader.meets(Kind.CLOSE, "\\}"):
        return Collection((opening.start, reader.take().end), "set", ())
    inside = _parts(reader, depth)
    following = reader.peek()
    if following is not None and (following.kind in (Kind.BAR, Kind.RELATION) or following.text == ":"):
        condition = rest_of_bracket(reader, opening, "a set told by a condition")
        return Opaque((opening.start, reader.closing("\\}").end), condition.what)
    return Collection((opening.start, reader.closing("\\}").end), "set", inside)


def read_bars(reader: Reader, opening: Token, depth: int) -> Node:
    """The absolute value between two bars."""
    reader.bars += 1
    inside = reader.expression(0, depth + 1)
    reader.bars -= 1
    if not reader.meets(Kind.BAR):
        raise Stop("a bar is not closed")
    return Call((opening.start, reader.take().end), "abs", (inside,))


def read_wrapper(reader: Reader, command: Token, depth: int) -> Node:
    """A box, which may hold a whole statement; a named function; a letter with a mark or in another script."""
    if command.text in ("angle", "triangle"):
        return _figure(reader, command)
    if not reader.meets(Kind.OPEN, "{"):
        return _scripted(reader, command, depth)
    reader.take()
    if command.text in ("boxed", "fbox"):
        inside = read_statement(reader, depth + 1)
        return Group((command.start, reader.closing("}").end), inside)
    if command.text == "cancel":
        inside = reader.expression(0, depth + 1)
        return Group((command.start, reader.closing("}").end), inside)
    token = reader.take()
    if token.kind is Kind.FUNCTION and command.text in ("operatorname", "mathop", "mathrm"):
        reader.closing("}")
        return read_function(reader, token, depth)
    return _letters(reader, command, token, depth)


def _scripted(reader: Reader, command: Token, depth: int) -> Node:
    """`\\vec a`: one letter without braces."""
    if command.text in _WHOLE or not reader.meets(Kind.NAME):
        raise Stop(f"{shown(command)} has no argument in braces")
    token = reader.take()
    return named(reader, Name((command.start, token.end), f"{command.text} {token.text}"), depth)


def _letters(reader: Reader, command: Token, first: Token, depth: int) -> Node:
    """A letter, or the corners of a figure, under a mark or in another script."""
    said, parts = first.text, 1
    while reader.meets(Kind.NAME) and parts < MAX_CORNERS:
        said, parts = said + reader.take().text, parts + 1
    is_figure = command.text in _LINES and said.isupper()
    is_one = parts == 1 or is_figure or command.text in _WHOLE
    # \\underline{A}\\underline{B} are the digits of one number.
    if first.kind is not Kind.NAME or not reader.meets(Kind.CLOSE, "}") or not is_one or command.text == "underline":
        raise Stop(f"{shown(command)} can be read in two ways")
    return named(reader, Name((command.start, reader.take().end), f"{command.text} {said}"), depth)


def _figure(reader: Reader, command: Token) -> Node:
    """A figure that its corners name: `\\angle ABC`."""
    said, end = "", command.end
    while reader.meets(Kind.NAME) and len(said) < 3:
        token = reader.take()
        said, end = said + token.text, token.end
    if not said or len(said) > 9:
        raise Stop(f"{shown(command)} has no corners")
    return Name((command.start, end), f"{command.text} {said}")


def read_matrix(reader: Reader, fence: Token, depth: int) -> Node:
    """A matrix between `\\begin` and `\\end`; `vmatrix` is its determinant; a case distinction is not looked into."""
    begins, _, kind = fence.text.partition(" ")
    if begins != "begin":
        raise Stop(f"{kind} is not read")
    if kind in ("array", "cases", "Vmatrix"):
        return _fenced(reader, fence, kind)
    rows: list[list[Node]] = [[]]
    following: Token | None = None
    while following is None or following.kind is not Kind.FENCE:
        if len(rows) * max(map(len, rows)) > MAX_CELLS:
            raise Stop("a matrix is too large")
        rows[-1].extend(listed(reader, depth))
        following = _next_cell(reader)
        if following.text == "\\\\":
            rows.append([])
    if following.text != f"end {kind}" or len({len(row) for row in rows}) != 1:
        raise Stop("a matrix has rows of different lengths")
    matrix = Matrix((fence.start, following.end), tuple(map(tuple, rows)))
    return Call(matrix.span, "det", (matrix,)) if kind == "vmatrix" else matrix


def _fenced(reader: Reader, fence: Token, kind: str) -> Node:
    while True:
        token = reader.take()
        if token.kind is Kind.FENCE and token.text == f"end {kind}":
            return Opaque((fence.start, token.end), "a case distinction" if kind == "cases" else "an array")


def _next_cell(reader: Reader) -> Token:
    """The sign between two cells, or the end of the matrix, before which the last row may be closed."""
    following = reader.take()
    if following.text == "\\\\" and reader.meets(Kind.FENCE):
        return reader.take()
    if following.kind is not Kind.FENCE and following.text not in ("&", "\\\\"):
        raise Stop("a matrix is not closed")
    return following

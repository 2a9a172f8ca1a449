"""Sets, tuples, intervals and matrices: compared part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checkers.decide.decision import Decision, undecided
from checkers.finding import Verdict
from checkers.formula.tree import Collection, Interval, Matrix, Node, children

MAX_PAIRS = 400
"""Of parts of two sets."""
HAVING_PARTS = (Collection, Interval, Matrix)


def parts_equal(left: Node, right: Node, ask: Callable[[Node, Node], Decision]) -> Decision:
    """Whether two things with parts are the same, given who decides of two parts; a set in any order."""
    shape = _shape(left)
    if shape != _shape(right) or shape is None:
        return undecided("different kinds of things")
    mine, theirs = children(left), children(right)
    if shape[0] == "set":
        return _same_sets(mine, theirs, ask)
    if len(mine) != len(theirs):
        return Decision(Verdict.FAILS, "exact", {"left": f"{len(mine)} parts", "right": f"{len(theirs)} parts"})
    found = [ask(one, other) for one, other in zip(mine, theirs, strict=True)]
    for verdict in (Verdict.FAILS, Verdict.UNKNOWN, Verdict.HOLDS):
        for each in found:
            if each.verdict is verdict:
                return each
    return Decision(Verdict.HOLDS, "exact", {})


def _same_sets(mine: Sequence[Node], theirs: Sequence[Node], ask: Callable[[Node, Node], Decision]) -> Decision:
    """Every part of each set has to be in the other; parts written twice count once."""
    if len(mine) * len(theirs) > MAX_PAIRS:
        return undecided("too many parts")
    table = [[ask(one, other).verdict for other in theirs] for one in mine]
    for row in [*table, *map(list, zip(*table, strict=True))]:
        if Verdict.HOLDS not in row:
            is_clear = Verdict.UNKNOWN not in row
            return Decision(Verdict.FAILS, "exact", {}) if is_clear else undecided("some parts cannot be compared")
    if bool(mine) != bool(theirs):
        return Decision(Verdict.FAILS, "exact", {})
    return Decision(Verdict.HOLDS, "exact", {})


def _shape(node: Node) -> tuple[object, ...] | None:
    match node:
        case Collection(kind=kind):
            return (kind,)
        case Interval(open_first=first, open_last=last):
            return ("interval", first, last)
        case Matrix(rows=rows):
            return ("matrix", len(rows), len(rows[0]))
        case _:
            return None

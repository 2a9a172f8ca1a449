"""What stands in two formulas, seen before anything is computed and kept for all walks of one question."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.decide.decision import Bounds, TooLarge
from checkers.formula.tree import Degrees, Name, Node, Series, children

_NOTHING = frozenset[str]()


class Below:
    """What stands below each node; asked as often as one likes, it is looked for once."""

    def __init__(self) -> None:
        # By identity, because a tree's own hash walks it; the node is kept so that its identity stays its own.
        self._found: dict[int, tuple[Node, frozenset[str], bool]] = {}

    def names(self, node: Node) -> frozenset[str]:
        """The names that are free in it."""
        return self._of(node)[1]

    def has_degrees(self, node: Node) -> bool:
        """Whether an angle in degrees stands anywhere in it."""
        return self._of(node)[2]

    def _of(self, node: Node) -> tuple[Node, frozenset[str], bool]:
        known = self._found.get(id(node))
        if known is None:
            known = self._found[id(node)] = (node, self._names(node), self._has_degrees(node))
        return known

    def _names(self, node: Node) -> frozenset[str]:
        if isinstance(node, Name):
            return frozenset((node.name,))
        if isinstance(node, Series):
            return (self.names(node.body) - {node.index}) | self.names(node.first) | self.names(node.last)
        return _NOTHING.union(*map(self.names, children(node)))

    def _has_degrees(self, node: Node) -> bool:
        return isinstance(node, Degrees) or any(map(self.has_degrees, children(node)))


@dataclass(frozen=True, slots=True)
class Survey:
    """What two formulas are made of."""

    size: int
    """How many nodes they have together."""
    kinds: frozenset[type[Node]]
    free: tuple[str, ...]
    """The names that are free in either, in order."""
    below: Below


def survey(left: Node, right: Node, bounds: Bounds) -> Survey:
    """Both formulas seen level by level; raises TooLarge where they are longer or higher than the bounds allow."""
    kinds: set[type[Node]] = set()
    size, height, level = 0, 0, [left, right]
    while level:
        size, height = size + len(level), height + 1
        if size > bounds.nodes:
            raise TooLarge("it is too long")
        if height > bounds.height:
            raise TooLarge("it is nested too deep")
        kinds.update(map(type, level))
        level = [child for node in level for child in children(node)]
    below = Below()
    free = tuple(sorted(below.names(left) | below.names(right))) if Name in kinds else ()
    return Survey(size, frozenset(kinds), free, below)

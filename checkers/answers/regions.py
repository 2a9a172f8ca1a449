"""Parts of the line of numbers: intervals, unions, inequalities in one name; and whether two of them are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cmp_to_key

from checkers.answers.judge import Judge, both
from checkers.answers.kinds import Region
from checkers.answers.multiples import line
from checkers.answers.trees import NOWHERE, difference, infinite, number
from checkers.finding import Verdict
from checkers.formula.tree import Call, Chain, Collection, Interval, Name, Negative, Node, bare, names

INFINITY = Name(NOWHERE, "∞")
LOWEST: Node = Negative(NOWHERE, INFINITY)
LINE = Interval(NOWHERE, LOWEST, INFINITY, True, True)
_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "≠": "≠"}
MAX_PARTS = 20
Ends = tuple[Fraction, Fraction]


def region_of(node: Node, judge: Judge) -> Region | None:
    """The part of the line that a formula tells; a pair counts as an open interval. None for all others."""
    node = bare(node)
    match node:
        case Interval():
            return Region((node,))
        case Negative(of=of) if (inside := region_of(of, judge)) is not None:
            return Region(tuple(_opposite(part) for part in inside.parts))
        case Collection(kind="tuple", items=(first, last)):
            return region_of_pair(first, last)
        case Collection(kind="set", items=items):
            return Region(tuple(_point(item) for item in items))
        case Name(name="mathbb R" | "∅" as name):
            return Region(() if name == "∅" else (LINE,))
        case Call(name="cup" | "setminus" | "cap" as name, args=(one, other)):
            return _combined(name, region_of(one, judge), region_of(other, judge), judge)
        case Chain():
            return _of_chain(node, judge)
        case _:
            return None


def region_of_pair(first: Node, last: Node) -> Region:
    """The open interval that a pair may be."""
    return Region((Interval(NOWHERE, first, last, True, True),))


def points_of(region: Region) -> tuple[Node, ...] | None:
    """The points of a region that has nothing else; None when it has an interval."""
    is_point = all(part.first is part.last for part in region.parts)
    return tuple(part.first for part in region.parts) if is_point else None


def united(regions: Sequence[Region]) -> Region | None:
    """All of them together, if they speak of one name."""
    parts = tuple(part for region in regions for part in region.parts)
    said = {region.name for region in regions if region.name}
    return Region(parts, next(iter(said), "")) if len(said) <= 1 and len(parts) <= MAX_PARTS else None


def said_together(regions: Sequence[Region], judge: Judge) -> Region | None:
    """Conditions on one name with commas between them: what they share, and all of them where they share nothing."""
    shared = shared_by_all(regions, judge) if all(region.name for region in regions) else None
    if shared is None:
        return None
    return shared if _tidy(shared.parts, judge) else united(regions)


def shared_by_all(regions: Sequence[Region], judge: Judge) -> Region | None:
    """What all of them have in common, if they speak of one name."""
    found = regions[0]
    for region in regions[1:]:
        if {found.name, region.name} != {found.name}:
            return None
        both_ends = _bounded(found, region) or _intersection(found, region, judge)
        if both_ends is None:
            return None
        found = replace(both_ends, name=found.name)
    return found


def same_regions(one: Region, other: Region, judge: Judge, same: Callable[[Node, Node], Verdict]) -> Verdict:
    """Whether two regions are the same; `same` compares two ends."""
    mine, theirs = _tidy(one.parts, judge), _tidy(other.parts, judge)
    if mine is None or theirs is None:
        return _in_some_order(one.parts, other.parts, same)
    if len(mine) != len(theirs):
        return Verdict.FAILS
    return both([_same_part(a, b, same) for a, b in zip(mine, theirs, strict=True)])


def _in_some_order(
    mine: Sequence[Interval], theirs: Sequence[Interval], same: Callable[[Node, Node], Verdict]
) -> Verdict:
    """For ends that cannot be put in order: FAILS only for single intervals, since others may touch one another."""
    if len(mine) == len(theirs) == 1:
        return _same_part(mine[0], theirs[0], same)
    left = list(theirs)
    for part in mine:
        partner = next((each for each in left if _same_part(part, each, same) is Verdict.HOLDS), None)
        if partner is None:
            return Verdict.UNKNOWN
        left.remove(partner)
    return Verdict.UNKNOWN if left else Verdict.HOLDS


def _same_part(one: Interval, other: Interval, same: Callable[[Node, Node], Verdict]) -> Verdict:
    if (_opens(one), _closes(one)) != (_opens(other), _closes(other)):
        return Verdict.FAILS
    return both([_same_end(one.first, other.first, same), _same_end(one.last, other.last, same)])


def _same_end(one: Node, other: Node, same: Callable[[Node, Node], Verdict]) -> Verdict:
    if infinite(one) or infinite(other):
        return Verdict.HOLDS if infinite(one) == infinite(other) else Verdict.FAILS
    return same(one, other)


def _opens(part: Interval) -> bool:
    return part.open_first or infinite(part.first) != 0


def _closes(part: Interval) -> bool:
    return part.open_last or infinite(part.last) != 0


def _tidy(parts: Iterable[Interval], judge: Judge) -> list[Interval] | None:
    """The parts in order, those that touch as one; None when an end is no plain number."""
    known: list[tuple[Ends, Interval]] = []
    for part in parts:
        first, last = _end(part.first, judge), _end(part.last, judge)
        if first is None or last is None:
            return None
        if first < last or (first == last and not (_opens(part) or _closes(part))):
            known.append(((first, last), part))
    known.sort(key=cmp_to_key(_before))
    tidy: list[tuple[Ends, Interval]] = []
    for ends, part in known:
        if tidy and _meets(tidy[-1], (ends, part)):
            tidy[-1] = _joined(tidy[-1], (ends, part))
        else:
            tidy.append((ends, part))
    return [part for _, part in tidy]


def _end(node: Node, judge: Judge) -> Fraction | None:
    if infinite(node):
        return _FAR * infinite(node)
    return judge.exact(node, {})


_FAR = Fraction(10) ** 400
"""Beyond every number that fits in an answer."""


def _before(one: tuple[Ends, Interval], other: tuple[Ends, Interval]) -> int:
    mine, theirs = (one[0][0], _opens(one[1])), (other[0][0], _opens(other[1]))
    return (mine > theirs) - (mine < theirs)


def _meets(one: tuple[Ends, Interval], other: tuple[Ends, Interval]) -> bool:
    end, start = one[0][1], other[0][0]
    return start < end or (start == end and not (_closes(one[1]) and _opens(other[1])))


def _joined(one: tuple[Ends, Interval], other: tuple[Ends, Interval]) -> tuple[Ends, Interval]:
    if other[0][1] < one[0][1] or (other[0][1] == one[0][1] and _closes(other[1])):
        return one
    (first, _), part = one
    return (first, other[0][1]), replace(part, last=other[1].last, open_last=other[1].open_last)


def _opposite(part: Interval) -> Interval:
    first, last = Negative(NOWHERE, part.last), Negative(NOWHERE, part.first)
    return Interval(NOWHERE, first, last, part.open_last, part.open_first)


def _point(node: Node) -> Interval:
    return Interval(node.span, node, node, False, False)


def _combined(name: str, one: Region | None, other: Region | None, judge: Judge) -> Region | None:
    if one is None or other is None or len(one.parts) + len(other.parts) > MAX_PARTS:
        return None
    if name == "cup":
        return united((one, other))
    if name == "setminus":
        if (outside := _outside(other, judge)) is None:
            return None
        other = outside
    return _intersection(one, other, judge)


def _outside(region: Region, judge: Judge) -> Region | None:
    """What is left of the line without a region."""
    parts = _tidy(region.parts, judge)
    if parts is None:
        return None
    left: list[Interval] = []
    start, is_open = LOWEST, True
    for part in parts:
        left.append(Interval(NOWHERE, start, part.first, is_open, not _opens(part)))
        start, is_open = part.last, not _closes(part)
    if not (parts and infinite(start) == 1):
        left.append(Interval(NOWHERE, start, INFINITY, is_open, True))
    return Region(tuple(left))


def _intersection(one: Region, other: Region, judge: Judge) -> Region | None:
    found: list[Interval] = []
    for mine in one.parts:
        for theirs in other.parts:
            shared = _shared(mine, theirs, judge)
            if shared is None:
                return None
            found.append(shared)
    return Region(tuple(found), one.name or other.name)


def _shared(one: Interval, other: Interval, judge: Judge) -> Interval | None:
    """What two intervals share; it may be empty. None when their ends are no plain numbers."""
    ends = [_end(node, judge) for node in (one.first, other.first, one.last, other.last)]
    a, b, c, d = ends
    if a is None or b is None or c is None or d is None:
        return None
    low = one if (a, _opens(one)) >= (b, _opens(other)) else other
    high = one if (c, not _closes(one)) <= (d, not _closes(other)) else other
    return Interval(NOWHERE, low.first, high.last, _opens(low), _closes(high))


def _of_chain(chain: Chain, judge: Judge) -> Region | None:
    """`1 < x <= 2`, `x != 3`, `x in (1, 2)`, `|x| < 3` for one name."""
    free = names(chain) - {"pi", "e", "∞", "mathbb R", "∅"}
    if len(free) != 1 or chain.modulus is not None or len(chain.ops) > 2:
        return None
    name = next(iter(free))
    if chain.ops == ("∈",):
        inside = region_of(chain.parts[1], judge)
        is_named = isinstance(bare(chain.parts[0]), Name)
        return None if inside is None or not is_named else replace(inside, name=name)
    found: Region | None = Region((LINE,), name)
    for left, op, right in zip(chain.parts, chain.ops, chain.parts[1:], strict=False):
        half = _half(left, op, right, name, judge)
        if half is None or found is None:
            return None
        found = half if found.parts == (LINE,) else _bounded(found, half) or _intersection(found, half, judge)
    return found if found is None else replace(found, name=name)


def _bounded(one: Region, other: Region) -> Region | None:
    """A ray to the right and one to the left as the interval between them."""
    if len(one.parts) != 1 or len(other.parts) != 1:
        return None
    a, b = one.parts[0], other.parts[0]
    if infinite(a.first) and infinite(b.last):
        a, b = b, a
    if not (infinite(a.last) and infinite(b.first)):
        return None
    return Region((Interval(NOWHERE, a.first, b.last, a.open_first, b.open_last),))


def _half(left: Node, op: str, right: Node, name: str, judge: Judge) -> Region | None:
    """Where one inequality is true."""
    if op not in _TURNED:
        return None
    if name in names(right) and name not in names(left):
        left, op, right = right, _TURNED[op], left
    left = bare(left)
    if isinstance(left, Name) and name not in names(right):
        return _beside(op, right)
    if isinstance(left, Call) and left.name == "abs" and name not in names(right):
        return _absolute(left.args[0], op, right, name, judge)
    straight = line(difference(left, right), name, judge)
    if straight is None:
        return None
    slope, constant = straight
    return _beside(op if slope > 0 else _TURNED[op], number(-constant / slope))


def _beside(op: str, end: Node) -> Region:
    below = Interval(NOWHERE, LOWEST, end, True, op != "≤")
    above = Interval(NOWHERE, end, INFINITY, op != "≥", True)
    return Region((below, above) if op == "≠" else (below,) if op in "<≤" else (above,))


def _absolute(inside: Node, op: str, right: Node, name: str, judge: Judge) -> Region | None:
    """`|x| < 3` is between -3 and 3, `|x| > 3` outside of them."""
    opposite = Negative(NOWHERE, right)
    above, below = _half(inside, op, right, name, judge), _half(inside, _TURNED[op], opposite, name, judge)
    if above is None or below is None or op == "≠":
        return None
    return united((above, below)) if op in ">≥" else _bounded(above, below)

"""Whether two lists, sets or tuples are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from checkers.answers.judge import MAX_PARTS, both
from checkers.answers.kinds import Amount, Kind, Several
from checkers.finding import Verdict

Same = Callable[[Kind, Kind], Verdict]


def same_lists(one: Several, other: Several, same: Same) -> Verdict:
    """Whether two lists are the same; `same` compares two things of them. Sets and bare things have no order."""
    if len(one.items) * len(other.items) > MAX_PARTS:
        return Verdict.UNKNOWN
    if one.is_ordered and other.is_ordered:
        return in_order(one.items, other.items, same)
    if one.is_ordered == other.is_ordered:
        return _in_any_order(one.items, other.items, same)
    return _with_and_without_order(one, other, same) if one.is_ordered else _with_and_without_order(other, one, same)


def in_order(mine: Sequence[Kind], theirs: Sequence[Kind], same: Same) -> Verdict:
    """Whether the first is the same as the first, the second as the second, to the last."""
    if len(mine) != len(theirs):
        return Verdict.FAILS
    return both([same(one, other) for one, other in zip(mine, theirs, strict=True)])


def is_decimal_comma(one: Amount, other: Several) -> bool:
    """Whether `3,5` may be the three and a half that the other one is."""
    if other.bracket or len(other.items) != 2 or one.value is None:
        return False
    whole, behind = (item.value if isinstance(item, Amount) else None for item in other.items)
    if whole is None or behind is None or behind < 0 or behind.denominator != 1 or whole.denominator != 1:
        return False
    size = Fraction(behind, 10 ** len(str(behind)))
    return one.value == (whole - size if whole < 0 else whole + size)


def _with_and_without_order(ordered: Several, loose: Several, same: Same) -> Verdict:
    """A tuple is no set; beside bare things it is the same when they stand in its order."""
    if len(loose.items) == 1:
        return same(loose.items[0], ordered)
    if loose.bracket == "set" and ordered.bracket == "tuple":
        return Verdict.FAILS
    if not loose.bracket and in_order(ordered.items, loose.items, same) is Verdict.HOLDS:
        return Verdict.HOLDS
    found = _in_any_order(ordered.items, loose.items, same)
    return found if found is Verdict.FAILS else Verdict.UNKNOWN


def _in_any_order(mine: Sequence[Kind], theirs: Sequence[Kind], same: Same) -> Verdict:
    """Every thing of each has to be in the other; things written twice count once."""
    if not mine or not theirs:
        return Verdict.FAILS if mine or theirs else Verdict.HOLDS
    known: dict[tuple[int, int], Verdict] = {}

    def row(at: int) -> Iterator[Verdict]:
        for other in range(len(theirs)):
            known[at, other] = known.get((at, other)) or same(mine[at], theirs[other])
            yield known[at, other]

    # The first partner of each is enough to see that it has one, and most have.
    partners = [
        next((other for other, verdict in enumerate(row(at)) if verdict is Verdict.HOLDS), -1)
        for at in range(len(mine))
    ]
    if -1 not in partners and len(set(partners)) == len(theirs):
        return Verdict.HOLDS
    table = [list(row(at)) for at in range(len(mine))]
    lonely = [line for line in [*table, *map(list, zip(*table, strict=True))] if Verdict.HOLDS not in line]
    if any(Verdict.UNKNOWN not in line for line in lonely):
        return Verdict.FAILS
    return Verdict.UNKNOWN if lonely else Verdict.HOLDS

"""Which rules a check asks: chosen once for all the traces of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from checkers.registry import Rule, chosen

CLAIMS_ROOM = "symbolic"
"""The room whose rules decide what is asserted; without them nothing counts as settled."""
MAX_KEPT = 64

Names: TypeAlias = Sequence[str] | None
_Key: TypeAlias = tuple[int, tuple[str, ...] | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The chosen rules by what they do."""

    finding: tuple[Rule, ...]
    deciding: Mapping[str, Rule]
    """Those that were chosen, by their names; a constraint is decided by the one that has a `decide`."""
    ran: tuple[tuple[str, int], ...]
    reads_claims: bool


def planned(known: Sequence[Rule], *, select: Names, ignore: Names) -> Plan:
    """The plan for this choice among the known rules; raises UnknownRule for a name that matches none."""
    # Looked up by the identity of the rules, which are held: to hash them all would cost as much as a small check.
    key = (id(known), None if select is None else tuple(select), tuple(ignore or ()))
    kept = _PLANS.get(key)
    if kept is not None and kept[0] is known:
        return kept[1]
    made = _made(known, select, ignore)
    if isinstance(known, tuple):  # what can change is planned anew each time
        if len(_PLANS) >= MAX_KEPT:
            _PLANS.clear()
        _PLANS[key] = known, made
    return made


def _made(known: Sequence[Rule], select: Names, ignore: Names) -> Plan:
    asked = chosen(known, select=select, ignore=ignore)
    return Plan(
        finding=tuple(each for each in asked if each.find is not None),
        deciding={each.name: each for each in asked},
        ran=tuple((each.name, each.version) for each in asked if each.scope != "set"),
        reads_claims=any(each.room == CLAIMS_ROOM for each in asked),
    )


_PLANS: dict[_Key, tuple[Sequence[Rule], Plan]] = {}

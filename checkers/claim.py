"""What a drafted step says it asserts, in a closed form that a rule can replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RelationClaim:
    """`left op right`, for example `3 * 4 = 12`."""

    left: str
    op: str
    right: str


@dataclass(frozen=True, slots=True)
class LetClaim:
    """`name` stands for `value` from here on, within `scope` (a case or hypothesis; empty: everywhere)."""

    name: str
    value: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class StateClaim:
    """`op(args)` on a small machine (stack, sort, swap, order) leaves it in the state `after`."""

    system: str
    op: str
    args: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class CitesClaim:
    """`quote` stands in the source with this id."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class AnswerClaim:
    """The final answer is `value`."""

    value: str


Claim: TypeAlias = RelationClaim | LetClaim | StateClaim | CitesClaim | AnswerClaim

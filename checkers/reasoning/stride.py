"""How much a step does at once: the operations between a calculation and its result, and words that skip some."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers.formula.tree import Call, Node, Number, Power, Product, Series, Sum, children

MAX_NODES = 2_000
_WORKED = (Sum, Product, Power, Call, Series)
_FLAGS = re.IGNORECASE
_OMITS = re.compile(
    r"\bafter\s+(?:(?:doing|performing|carrying\s+out)\s+)?(?:some|much|a\s+(?:lot|bit|little)\s+of|lengthy|tedious|"
    r"straightforward|routine|several|many)\s+(?:\w+\s+)?"
    r"(?:algebra\w*|calculations?|computations?|manipulations?|steps|simplifications?|work)\b"
    r"|\b(?:details?|steps|calculations?|computations?|algebra|proof|derivation)\s+(?:is|are)\s+"
    r"(?:omitted|skipped|left\s+out|left\s+to|not\s+shown)\b"
    r"|\b(?:skip(?:ping)?|omit(?:ting)?|leav(?:e|ing)\s+out)\s+(?:over\s+)?(?:the|some|a\s+few|several|these|all|many)\s+"
    r"(?:\w+\s+)?(?:steps|details|algebra|calculations?|computations?|work)\b"
    r"|\bleft\s+(?:as\s+an\s+exercise|to\s+the\s+reader)\b",
    _FLAGS,
)
_WAVES = re.compile(
    r"\b(?:it|one|we)\s+can\s+(?:easily\s+|also\s+)?(?:be\s+)?(?:shown?|verified|proved|proven)\s+that\b"
    r"|\bit\s+is\s+(?:easy|trivial|not\s+(?:hard|difficult))\s+to\s+(?:see|show|check|verify|prove)\b"
    r"|\bit\s+is\s+well[- ]known\s+that\b",
    _FLAGS,
)
_EASY = frozenset({"easy", "beginner", "elementary", "simple", "low", "1", "level 1", "gsm8k", "grade school"})
_HARD = frozenset(
    {"hard", "difficult", "expert", "advanced", "olympiad", "competition", "high", "5", "level 5", "very hard"}
)
_BY_HAND = frozenset({"arithmetic", "word problems", "word problem", "elementary mathematics", "accounting"})
"""Problems in which the calculation is what is taught."""
_BY_FORMULA = frozenset({"physics", "chemistry", "engineering", "statistics", "astronomy"})
"""Problems in which values are put into a formula at once."""
_FILLER_WORDS = """
    let solve continue proceed start begin go ahead look think move work careful together through great good correct
    way hmm everything done help break down clear understand look going thing further forward keep
    interesting alright perfect nice exactly agreed absolutely definitely course come"""
_FILLER = frozenset(_FILLER_WORDS.split()) | {
    "carefully",
    "continu",
    "proce",
    "mov",
    "understood",
    "start",
    "solv",
    "go",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """What is usual for problems of a difficulty and a type."""

    operations: int
    """That one hop may do at once."""
    idle: float
    """The share of steps above which doing nothing is no manner of speaking any more."""
    may_wave: bool
    """Whether "it is easy to see" is how such solutions are written."""


def pace_for(difficulty: str, domain: str) -> Pace:
    """What is usual at a difficulty and in a domain as the record names them; a middle where a name is not known.

    Where calculating is what is taught a hop is an operation shorter, where values go into formulas two longer.
    """
    kind = domain.strip().lower().replace("_", " ").replace("-", " ")
    more = 2 if kind in _BY_FORMULA else -1 if kind in _BY_HAND else 0
    named = difficulty.strip().lower()
    if named in _EASY:
        return Pace(operations=3 + more, idle=0.2, may_wave=False)
    if named in _HARD:
        return Pace(operations=7 + more, idle=0.34, may_wave=True)
    return Pace(operations=5 + more, idle=0.25, may_wave=kind not in _BY_HAND)


def operations(node: Node) -> int:
    """The operations of a calculation, a row of plain numbers that are added or multiplied being one."""
    count, waiting = 0, [node]
    while waiting and count < MAX_NODES:
        each = waiting.pop()
        count += isinstance(each, _WORKED) and not _is_written(each)
        waiting.extend(children(each))
    return count


def omits(text: str) -> tuple[int, int] | None:
    """Where a step says that work is left out; None where none does."""
    found = _OMITS.search(text)
    return None if found is None else found.span()


def waves(text: str) -> tuple[int, int] | None:
    """Where a claim is said to be easy to show, in place of being shown."""
    found = _WAVES.search(text)
    return None if found is None else found.span()


def is_filler(words: frozenset[str]) -> bool:
    """Whether the words of a step say nothing of its problem."""
    return all(word.split(" ")[0] in _FILLER for word in words)


def _is_written(node: Node) -> bool:
    """Whether it is a number by its looks: a fraction `3/4`, a power of ten."""
    match node:
        case Product(factors=(Number(), Number()), under=(False, True)):
            return True
        case Power(base=Number(value=base)):
            return base == 10
        case _:
            return False

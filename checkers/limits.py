"""How much work a check may do. Counted in text, findings and work, so that verdicts do not depend on load."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
MAX_WORK = 200_000
BETWEEN_LOOKS = 64
"""Units of work, or turns of a loop, after which the clock is looked at: some tenths of a millisecond."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one check; beyond them a rule's finding is `unknown`, with the bound as its reason."""

    max_text: int = 200_000
    """Characters of response, steps and answer together."""
    max_steps: int = 2_000
    max_findings: int = 1_000
    """Of one rule; what it found before is kept."""
    max_constraints: int = 200
    """Of one item; those beyond are `unknown`."""
    max_work: int = MAX_WORK
    """Of one rule in one step: formulas that are compared, and the nodes of them that are evaluated."""
    seconds: float = 20.0
    """A backstop within and between rules: what is open by then is `unknown` and must not be cached."""


class OverLimit(Exception):
    """Raised by a rule that would have to do more work than it may."""


class TooLarge(OverLimit):
    """Raised where that is a single thing: a number, a formula, a decision between two."""


class Late(Exception):
    """Raised where the clock is looked at and has run out: what is not decided by now stays open."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one check has left; `trace.budget` for a rule. Without bounds where nobody gave any."""

    ends: float = math.inf
    """By the clock."""
    clock: Callable[[], float] = time.monotonic
    max_work: int = MAX_WORK

    @property
    def seconds(self) -> float:
        """What is left of the time; 0 when nothing is."""
        return max(0.0, self.ends - self.clock())

    def look(self) -> None:
        """Look at the clock; raises Late when the time is over. For loops over what costs about the same each."""
        if self.clock() > self.ends:
            raise Late

    def over(self, items: Iterable[Item]) -> Iterable[Item]:
        """The items, with a look at the clock at every 64th of them: for loops over what costs next to nothing."""
        return items if self.ends == math.inf else self._looking(items)

    def _looking(self, items: Iterable[Item]) -> Iterator[Item]:
        for at, item in enumerate(items):
            if not at % BETWEEN_LOOKS:
                self.look()
            yield item

    def work(self) -> Work:
        """A fresh counter for one rule in one step, so that no step's verdict depends on what the others cost."""
        return Work(self.max_work, self)


NO_BOUNDS = Budget()


class Work:
    """A count of work that only goes down, and looks at the clock now and then."""

    __slots__ = ("_next_look", "budget", "left")

    def __init__(self, left: int, budget: Budget = NO_BOUNDS) -> None:
        self.left = left
        self.budget = budget
        self._next_look = left - BETWEEN_LOOKS

    def spend(self, amount: int = 1) -> None:
        """Take that much away; raises TooLarge when there is not so much, Late when the time is over."""
        self.left -= amount
        if self.left < 0:
            raise TooLarge("it takes too much work")
        if self.left < self._next_look:
            self._next_look = self.left - BETWEEN_LOOKS
            self.budget.look()


@contextmanager
def taking(work: Work | None, *, at_most: int) -> Iterator[Work]:
    """A part of the work that somebody has, taken from it when the part is over; without any, so much of its own."""
    mine = Work(at_most) if work is None else Work(min(at_most, work.left), work.budget)
    given = mine.left
    try:
        yield mine
    finally:
        if work is not None:
            work.left -= given - max(0, mine.left)

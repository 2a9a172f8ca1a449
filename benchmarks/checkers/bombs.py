"""Texts and formulas made to be slow, and one call on each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from time import monotonic, thread_time
from typing import TypeAlias

from checkers import Limits, Step, Trace, check
from checkers.decide.equal import equal
from checkers.formula.read import read
from checkers.formula.tree import Chain
from checkers.limits import Budget, Late

SEED = 20_261_123
DEADLINE = 0.05
"""Seconds that each call is given."""

Make = Callable[[random.Random], str]
KINDS: Mapping[str, Make] = {
    "towers": lambda dice: "^".join(["9"] * dice.randint(3, 40)) + " = 1",
    "large powers": lambda dice: f"{dice.randint(2, 99)}^{10 ** dice.randint(3, 12)} = {dice.randint(1, 9)}",
    "factorials": lambda dice: f"{10 ** dice.randint(3, 9)}! = {dice.randint(1, 9)}! + 1",
    "binomials": lambda dice: f"\\binom{{{10 ** dice.randint(3, 9)}}}{{{10 ** dice.randint(2, 8)}}} = 1",
    "long numbers": lambda dice: f"{'9' * dice.randint(500, 5_000)} * {'7' * dice.randint(500, 5_000)} = 1",
    "exponents": lambda dice: f"1e{dice.randint(10**3, 10**9)} + 1 = 2 and 1.5E-{dice.randint(10**3, 10**9)} = 0",
    "brackets": lambda dice: "(" * (deep := dice.randint(30, 10_000)) + "1" + ")" * deep + " = 2",
    "open brackets": lambda dice: "(1 + " * dice.randint(100, 3_000) + "= 2",
    "fractions": lambda dice: "\\frac{1}{" * (deep := dice.randint(20, 2_000)) + "2" + "}" * deep + " = 3",
    "roots": lambda dice: "\\sqrt{" * (deep := dice.randint(20, 2_000)) + "2" + "}" * deep + " = 3",
    "chains": lambda dice: " = ".join(["1 + 1"] * dice.randint(100, 2_000)),
    "sums": lambda dice: " + ".join(["1/7"] * dice.randint(100, 2_000)) + " = 3",
    "identities": lambda dice: f"(a+b+c+d+e+f)^{dice.randint(8, 60)} = (f+e+d+c+b+a)^{dice.randint(8, 60)} + 1",
    "functions": lambda dice: "\\sin(" * (deep := dice.randint(5, 300)) + "x" + ")" * deep + " = \\cos(x)",
    "bounds": lambda dice: f"\\sum_{{k=1}}^{{{10 ** dice.randint(3, 12)}}} k^{dice.randint(2, 50)} = 5",
    "slow chains": lambda dice: " = ".join(
        f"\\sum_{{k=1}}^{{{dice.randint(50, 999)}}} \\sqrt[{dice.randint(2, 64)}]{{k}}"
        for _ in range(dice.randint(2, 60))
    ),
    "functions of numbers": lambda dice: "\n".join(
        f"\\log({at} \\sin {at}) + \\tan({at}) \\sqrt{{{at}}} = {at}" for at in range(dice.randint(20, 600))
    ),
    "matrices": lambda dice: "\\begin{pmatrix}" + " & ".join(["1"] * dice.randint(50, 900)) + "\\end{pmatrix} = 1",
    "dollars": lambda dice: "$" * dice.randint(500, 20_000) + "1 = 2",
    "blanks": lambda dice: "1" + " " * dice.randint(500, 50_000) + "= 2",
    "words": lambda dice: "answer " * dice.randint(200, 5_000) + "is 1 = 2",
    "signs": lambda dice: "".join(dice.choices("0123456789+-*/^=<>(){}[]\\$ .,!|_ab\n", k=dice.randint(200, 5_000))),
    "boxes": lambda dice: "\\boxed{" * dice.randint(100, 3_000) + "1",
    "quotes": lambda dice: "“1 = 2" * dice.randint(100, 1_500),
}
ASKED: Mapping[str, Make] = {
    "asked, quick": lambda dice: f"\\sin(\\arcsin(x + {dice.randint(50, 99)})) = x + {dice.randint(50, 52)}",
    "asked, powers": lambda dice: (
        f"\\sin(\\arcsin(x + 50))(x + y + z + u)^{{{(power := dice.randint(5, 60))}}}"
        f" = (x + 50)(x + y - z + u)^{{{power}}}"
    ),
    "asked, roots": lambda dice: (
        f"\\sin(\\arcsin(x + 50)) \\sqrt{{{dice.randint(2, 99)} + 4\\sqrt{{3}}}} = (x + 50)(2 + \\sqrt{{3}})"
    ),
}
"""Formulas that only the algebra system is left to decide."""


Taken: TypeAlias = tuple[float, float]
"""Seconds by the clock, and the most of the processor between two looks at it."""


class Watch:
    """The clock, and the longest time of the processor between two looks at it: what no other work can lengthen."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = thread_time()

    def __call__(self) -> float:
        """The time by the clock."""
        self.longest = max(self.longest, thread_time() - self._last)
        self._last = thread_time()
        return monotonic()


def warm() -> None:
    """Have everything imported that the first of the calls would import, and the algebra system started."""
    check(Trace(steps=(Step("\\sqrt{2} = 1, 1 + 1 = 3, x + x = 2x"),)))
    chain = read("\\sin(\\arcsin(x + 50)) = x + 51")
    if isinstance(chain, Chain):
        equal(*chain.parts)


def calls() -> Iterator[tuple[str, Callable[[], Taken]]]:
    """Each kind in turn without an end: its name, and a call that says what it took."""
    dice = random.Random(SEED)
    while True:
        for kind, make in KINDS.items():
            yield kind, _checking(make(dice))
        for kind, make in ASKED.items():
            yield kind, _asking(make(dice))


def _checking(text: str) -> Callable[[], Taken]:
    trace = Trace(steps=(Step(text),))

    def call() -> Taken:
        watch = Watch()
        started = watch()
        check(trace, limits=Limits(seconds=DEADLINE), clock=watch)
        return watch() - started, watch.longest

    return call


def _asking(text: str) -> Callable[[], Taken]:
    chain = read(text)
    if not isinstance(chain, Chain):
        raise ValueError(f"not read: {text}")
    left, right = chain.parts

    def call() -> Taken:
        watch = Watch()
        started = watch()
        with suppress(Late):
            equal(left, right, work=Budget(started + DEADLINE, watch).work())
        return watch() - started, watch.longest

    return call

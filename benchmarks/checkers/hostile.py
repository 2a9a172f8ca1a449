"""How far a check goes past its deadline on texts made to be slow: with free cores, and with all of them busy."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from benchmarks.checkers.interval import quantile
from benchmarks.checkers.table import show, title
from checkers import Limits, Step, Trace, check

SEED = 20_261_123
DEADLINE = 0.05
"""Seconds that each call is given."""
PATIENCE, BUSY_PATIENCE = 200.0, 60.0
"""Seconds after which a round makes no more calls."""

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


@dataclass(frozen=True, slots=True)
class Overshoot:
    """The calls of one round."""

    what: str
    seconds: list[float]
    kinds: list[str]

    @property
    def past(self) -> list[float]:
        """Seconds past the deadline, 0 for a call that was in time."""
        return [max(0.0, taken - DEADLINE) for taken in self.seconds]


def measure(*, calls: int, busy: int) -> list[Overshoot]:
    """`calls` with nothing of ours beside them, `busy` more with a process spinning on each core.

    A round ends early when its patience does: how many calls were made stands in the table.
    """
    return [*_rounds(("as found", calls, 0), ("a process of ours spinning on each", busy, os.cpu_count() or 1))]


def report(found: list[Overshoot]) -> None:
    """The tables of this measure."""
    title("Hostile calls")
    print(f"Deadline {1000 * DEADLINE:.0f} ms a call, seed {SEED}, {len(KINDS)} kinds in turn; times in ms.\n")
    head = ("cores", "calls", "p50", "p99", "max", "past the deadline", "overshoot p99", "overshoot max")
    show(head, [_line(each) for each in found])
    print(f"\nMost memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB.")
    late = Counter(kind for each in found for kind, past in zip(each.kinds, each.past, strict=True) if past)
    for kind, count in late.most_common(5):
        worst = max(past for each in found for name, past in zip(each.kinds, each.past, strict=True) if name == kind)
        print(f"Past the deadline: {kind}, {count} times, by up to {1000 * worst:.0f} ms.")


def _rounds(*asked: tuple[str, int, int]) -> Iterator[Overshoot]:
    for what, calls, spinning in asked:
        dice, kinds = random.Random(SEED), list(KINDS)
        made = Overshoot(what, [], [])
        with _spinning(spinning):
            ends = perf_counter() + (BUSY_PATIENCE if spinning else PATIENCE)
            while len(made.seconds) < calls and perf_counter() < ends:
                made.kinds.append(kinds[len(made.seconds) % len(kinds)])
                made.seconds.append(_seconds(KINDS[made.kinds[-1]](dice)))
        yield made


def _seconds(text: str) -> float:
    trace = Trace(steps=(Step(text),))
    started = perf_counter()
    check(trace, limits=Limits(seconds=DEADLINE))
    return perf_counter() - started


@contextmanager
def _spinning(count: int) -> Iterator[None]:
    spinners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()


def _line(each: Overshoot) -> tuple[object, ...]:
    times = [f"{1000 * quantile(each.seconds, share):.2f}" for share in (0.5, 0.99, 1.0)]
    past = [f"{1000 * quantile(each.past, share):.2f}" for share in (0.99, 1.0)]
    return each.what, len(each.seconds), *times, sum(value > 0 for value in each.past), *past

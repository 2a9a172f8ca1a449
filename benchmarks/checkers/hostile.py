"""How far a call goes past its deadline on what is made to be slow, on a free, a busy and a serving machine."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import Event, Thread
from time import perf_counter, sleep

from benchmarks.checkers.bombs import ASKED, DEADLINE, KINDS, SEED, Taken, calls, warm
from benchmarks.checkers.interval import quantile
from benchmarks.checkers.served import NotServed, served
from benchmarks.checkers.table import show, title
from checkers.decide.decision import Bounds
from checkers.decide.equal import equal
from checkers.formula.read import read
from checkers.formula.tree import Chain

PATIENCE = 400.0
"""Seconds after which a round makes no more calls."""
KEEPERS = 2
"""Threads that keep the algebra system busy."""
_LONG = "\\sin(\\arcsin(x + 50))(x + y + z + u)^{60} = (x + 50)(x + y - z + u)^{60}"


@dataclass(frozen=True, slots=True)
class Overshoot:
    """The calls of one round."""

    what: str
    taken: list[Taken] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        """By the clock."""
        return [clock for clock, _ in self.taken]

    @property
    def past(self) -> list[float]:
        """Seconds past the deadline, 0 for a call that was in time."""
        return [max(0.0, taken - DEADLINE) for taken in self.seconds]


def measure(*, full: int, part: int) -> tuple[list[Overshoot], str]:
    """`full` calls with nothing of ours beside them, `part` in each other round, and why one is missing.

    A round ends early when its patience does: how many calls were made stands in the table.
    """
    rounds: tuple[tuple[str, int, AbstractContextManager[None]], ...] = (
        ("as found", full, nullcontext()),
        ("a process of ours spinning on each core", part, _spinning(os.cpu_count() or 1)),
        (f"the algebra system kept busy by {KEEPERS} threads", part, _asking()),
    )
    warm()
    found = [_round(*each) for each in rounds]
    try:
        told = served(part)
    except NotServed as error:
        return found, str(error)
    return [*found, Overshoot("in `copilot serve`, the embedded model generating", *told)], ""


def report(found: list[Overshoot], missing: str) -> None:
    """The tables of this measure."""
    title("Hostile calls")
    count = len(KINDS) + len(ASKED)
    print(f"Deadline {1000 * DEADLINE:.0f} ms a call, seed {SEED}, {count} kinds in turn; times in ms.\n")
    head = (
        "beside it",
        "calls",
        "p50",
        "p99",
        "max",
        "past the deadline",
        "overshoot p99",
        "overshoot max",
        "processor between looks",
    )
    show(head, [_line(each) for each in found])
    own, below = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"\nMost memory of the process: {own} MiB; of one that it started: {below} MiB.")
    if missing:
        print(f"Not measured under `copilot serve`: {missing}.")
    for each in found:
        late = Counter(kind for kind, past in zip(each.kinds, each.past, strict=True) if past)
        worst = max(zip(each.past, each.kinds, strict=True), default=(0.0, "none"))
        kinds = ", ".join(f"{kind} {count}" for kind, count in late.most_common(4))
        print(f"{each.what}: worst {worst[1]} by {1000 * worst[0]:.0f} ms; past the deadline: {kinds}.")


def _round(what: str, most: int, beside: AbstractContextManager[None]) -> Overshoot:
    made = Overshoot(what)
    with beside:
        ends = perf_counter() + PATIENCE
        for kind, call in calls():
            if len(made.taken) == most or perf_counter() > ends:
                return made
            made.kinds.append(kind)
            made.taken.append(call())
    return made


@contextmanager
def _spinning(count: int) -> Iterator[None]:
    spinners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()


@contextmanager
def _asking() -> Iterator[None]:
    """Threads of this process that ask the algebra system what takes it long, one behind the other."""
    chain, stop = read(_LONG), Event()
    assert isinstance(chain, Chain)
    left, right = chain.parts

    def ask() -> None:
        while not stop.is_set():
            equal(left, right, bounds=Bounds(seconds=0.3))

    keepers = [Thread(target=ask) for _ in range(KEEPERS)]
    for keeper in keepers:
        keeper.start()
    sleep(0.5)
    try:
        yield
    finally:
        stop.set()
        for keeper in keepers:
            keeper.join()


def _line(each: Overshoot) -> tuple[object, ...]:
    times = [f"{1000 * quantile(each.seconds, share):.2f}" for share in (0.5, 0.99, 1.0)]
    past = [f"{1000 * quantile(each.past, share):.2f}" for share in (0.99, 1.0)]
    most = f"{1000 * max(processor for _, processor in each.taken):.2f}"
    return each.what, len(each.taken), *times, sum(value > 0 for value in each.past), *past, most

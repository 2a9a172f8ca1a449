"""All measures of the format and content checkers, or the chosen ones.

`python -m benchmarks.format [--quick] [measure ...]`
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

from benchmarks.checkers import corpus
from benchmarks.checkers.peer import NoPeers
from benchmarks.format import (
    differential,
    facts,
    hostile,
    oracle,
    passes,
    privacy,
    reading,
    reasoning,
    rows,
    sets,
    speed,
)


@dataclass(frozen=True)
class Run:
    """What the measures share."""

    place: Path
    quick: bool

    @cached_property
    def rows(self) -> list[rows.Row]:
        return rows.rows(self.place, most=200 if self.quick else None)


def _oracle(run: Run) -> None:
    oracle.report(run.rows, rows.oracles(run.place))


def _differential(run: Run) -> None:
    differential.report(run.rows, responses=20 if run.quick else 200, seeds=2 if run.quick else differential.SEEDS)


def _fixed(run: Run) -> None:
    oracle.differences(run.rows)


def _speed(run: Run) -> None:
    speed.report(run.rows)


def _passes(run: Run) -> None:
    passes.report(run.place, rows.rows(run.place, most=40 if run.quick else 400))


def _hostile(run: Run) -> None:
    hostile.report(quick=run.quick)


def _sets(run: Run) -> None:
    sets.measure(run.place, quick=run.quick)


def _reading(run: Run) -> None:
    reading.report(run.rows)


def _clashes(run: Run) -> None:
    reading.clashes(run.rows)


def _facts(run: Run) -> None:
    facts.measure(run.place, quick=run.quick)


def _reasoning(run: Run) -> None:
    reasoning.measure(run.place, quick=run.quick)


def _privacy(_: Run) -> None:
    privacy.report()


MEASURES: Mapping[str, tuple[str, Callable[[Run], None]]] = {
    "oracle": ("`compat` beside the stored verdicts of the reference", _oracle),
    "differential": ("`compat` beside the references, every instruction", _differential),
    "fixed": ("Where `fixed` departs from the reference", _fixed),
    "reading": ("Constraints read from prompts, beside what their authors say", _reading),
    "clashes": ("Constraints that exclude one another, and responses", _clashes),
    "speed": ("Records a second", _speed),
    "passes": ("The same verdicts again", _passes),
    "hostile": ("Hostile texts", _hostile),
    "facts": ("Support of claims by passages", _facts),
    "reasoning": ("Form of reasoning", _reasoning),
    "privacy": ("Secrets and personal data that are made up, and look-alikes", _privacy),
    "sets": ("Near duplicates of a set", _sets),
}


def main(words: list[str]) -> int:
    """The exit status: 0, or 2 with two lines when what is needed is not there."""
    given = argparse.ArgumentParser(prog="python -m benchmarks.format", description=__doc__)
    given.add_argument("measure", nargs="*", help=f"of {', '.join(MEASURES)}; all unless named")
    given.add_argument("--quick", action="store_true", help="a sample")
    asked = given.parse_args(words)
    unknown = sorted(set(asked.measure) - set(MEASURES))
    if unknown:
        return _refused(f"there is no measure {unknown[0][:40]!r}", f"known: {', '.join(MEASURES)}")
    started = perf_counter()
    try:
        run = Run(corpus.folder(), asked.quick)
        for name in asked.measure or MEASURES:
            title, measure = MEASURES[name]
            print(f"\n{title}")
            measure(run)
    except corpus.NoData as error:
        return _refused(str(error), f"put it to ../shared/data beside the checkout, or name it in ${corpus.PLACE}")
    except NoPeers as error:
        return _refused(str(error), "run make bench-format, which makes it")
    print(f"\nTook {perf_counter() - started:.0f} s.")
    return 0


def _refused(what: str, hint: str) -> int:
    print(f"error: {what}\n hint: {hint}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

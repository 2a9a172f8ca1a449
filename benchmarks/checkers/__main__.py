"""All measures of the checkers, or the chosen ones: `python -m benchmarks.checkers [--quick] [measure ...]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

from benchmarks.checkers import adjudication, answers, corpus, coverage, flags, hostile, precision, speed
from benchmarks.checkers.peer import NoPeers


@dataclass(frozen=True)
class Run:
    """What the measures share: each file is read, and each trace judged, once."""

    place: Path
    quick: bool

    def most(self, quick: int) -> int | None:
        """How many of each file: all of them unless it must be quick."""
        return quick if self.quick else None

    def count(self, quick: int, full: int) -> int:
        """How many of something that is made or sampled in any case."""
        return quick if self.quick else full

    @cached_property
    def traces(self) -> list[corpus.Labelled]:
        return corpus.traces(self.place, most=self.most(150))

    @cached_property
    def judged(self) -> list[flags.Judged]:
        return flags.judge(self.traces)

    @cached_property
    def references(self) -> list[flags.Judged]:
        return flags.judge(corpus.references(self.place, most=self.most(300)))


def _flags(run: Run) -> None:
    flags.report(run.judged, run.references)


def _adjudicated(run: Run) -> None:
    adjudication.report([*run.judged, *run.references], adjudication.lines())


def _precision(run: Run) -> None:
    precision.report(precision.measure(run.traces, adjudication.lines()))


def _table(run: Run) -> None:
    """Write the table anew; only from all of the data."""
    if run.quick:
        raise corpus.NoData("a sample is not enough for the table that the checkers use")
    lines = precision.measure(run.traces, adjudication.lines())
    precision.write(lines)
    precision.report(lines)


def _coverage(run: Run) -> None:
    references = corpus.references(run.place, most=run.most(300))
    coverage.report(coverage.read(run.traces), coverage.read(references))


def _answers(run: Run) -> None:
    answers.report(run.place)


def _speed(run: Run) -> None:
    steps, pairs = run.count(20, 120), run.count(40, 300)
    speed.report(*speed.measure(run.traces, run.place, steps=steps, pairs=pairs))


def _hostile(run: Run) -> None:
    hostile.report(*hostile.measure(full=run.count(500, 10_000), part=run.count(100, 1_000)))


MEASURES: Mapping[str, Callable[[Run], None]] = {
    "flags": _flags,
    "adjudicated": _adjudicated,
    "precision": _precision,
    "coverage": _coverage,
    "answers": _answers,
    "speed": _speed,
    "hostile": _hostile,
}
ALONE: Mapping[str, Callable[[Run], None]] = {"table": _table}
"""What is done only when it is named."""


def main(words: list[str]) -> int:
    """The exit status: 0, or 2 with two lines when what is needed is not there."""
    given = argparse.ArgumentParser(prog="python -m benchmarks.checkers", description=__doc__)
    given.add_argument(
        "measure", nargs="*", help=f"of {', '.join(MEASURES)}; all unless named; `table` writes the one of precision"
    )
    given.add_argument("--quick", action="store_true", help="a seeded sample, under a minute")
    asked = given.parse_args(words)
    unknown = sorted(set(asked.measure) - set(MEASURES) - set(ALONE))
    if unknown:
        return _refused(f"there is no measure {unknown[0][:40]!r}", f"known: {', '.join(MEASURES)}")
    started = perf_counter()
    try:
        run = Run(corpus.folder(), asked.quick)
        for name in asked.measure or MEASURES:
            {**MEASURES, **ALONE}[name](run)
    except corpus.NoData as error:
        return _refused(str(error), f"put it to ../shared/data beside the checkout, or name it in ${corpus.PLACE}")
    except NoPeers as error:
        return _refused(str(error), "run make bench-checkers, which makes it")
    print(f"\nTook {perf_counter() - started:.0f} s. Samples: the smallest hashes of `{corpus.SEED}` and the id.")
    return 0


def _refused(what: str, hint: str) -> int:
    print(f"error: {what}\n hint: {hint}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

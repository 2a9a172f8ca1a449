"""Speed beside the peers: the same steps and pairs in one run, one after the other in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from benchmarks.checkers.corpus import Labelled, rows, sample
from benchmarks.checkers.interval import quantile
from benchmarks.checkers.peer import DEADLINE, Peer, Taken, machine
from benchmarks.checkers.scan import places
from benchmarks.checkers.table import show, title
from checkers import Step, Trace, check, same_answer

OURS, SYMPY, VERIFY = "checkers", "SymPy", "math-verify"
SAME = "checkers, the same job"
"""Only the rules that do what the peers do: find the equations of a step and decide each."""
SAME_RULES = ("arithmetic", "algebra")
BLOCK = 20
"""Things that one of them does before the next one's turn, as in a file: after each turn the caches are cold."""
Thing = TypeVar("Thing")
KINDS: Mapping[str, tuple[str, ...]] = {
    "plain arithmetic": ("BIG-Bench-Mistake/multistep_arithmetic",),
    "word problems": ("ProcessBench/gsm8k", "MR-GSM8K"),
    "LaTeX mathematics": ("ProcessBench/math", "PRM800K"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds that each needed for each of the same things."""

    kind: str
    count: int
    seconds: dict[str, list[Taken]] = field(default_factory=lambda: {OURS: [], SAME: [], SYMPY: [], VERIFY: []})


def measure(traces: Sequence[Labelled], place: Path, *, steps: int, pairs: int) -> tuple[list[Measured], int]:
    """All kinds, and how often a peer was killed; `steps` of each kind that look like having a relation."""
    check(Trace(steps=(Step("Warm: 1 + 1 = 2."),)), select=["symbolic"])
    with Peer() as peer:
        found = [_steps(kind, _some(traces, sources, steps), peer) for kind, sources in KINDS.items()]
        found.append(_pairs("answer pairs of math-verify", _answers(place, pairs), peer))
        found.append(_pairs("answer pairs of GSM8K", _gsm8k(place, pairs), peer))
        return found, peer.killed


def report(found: Sequence[Measured], killed: int) -> None:
    """The tables of this measure."""
    title("Speed")
    print(f"{machine()}. In turns of {BLOCK}. Seconds of a peer are taken inside of its process.")
    print(f"A peer's job ends at {DEADLINE:.0f} s and then counts so much; that happened {killed} times.\n")
    show(
        (
            "what",
            "number",
            "who",
            "per second",
            "p50 ms",
            "p99 ms",
            "max ms",
            "x ours by the clock",
            "x ours of the processor",
        ),
        [_line(each, who) for each in found for who in (OURS, SAME, SYMPY, VERIFY) if each.seconds[who]],
    )


def _line(measured: Measured, who: str) -> tuple[object, ...]:
    clock = [taken.clock for taken in measured.seconds[who]]
    places_of = [f"{1000 * quantile(clock, share):.3f}" for share in (0.5, 0.99, 1.0)]
    ratios = ("", "") if who in (OURS, SAME) else (_times(measured, who, 0), _times(measured, who, 1))
    return measured.kind, measured.count, who, f"{len(clock) / sum(clock):,.0f}", *places_of, *ratios


def _times(measured: Measured, who: str, part: int) -> str:
    """The seconds of all things together, as a multiple of ours, and of ours for the same job."""
    theirs, ours, same = (sum(taken[part] for taken in measured.seconds[name]) for name in (who, OURS, SAME))
    return f"{theirs / ours:,.0f}x" + (f" ({theirs / same:,.0f}x)" if same else "")


def _some(traces: Sequence[Labelled], sources: Sequence[str], most: int) -> list[str]:
    texts = {
        text
        for each in traces
        if each.source in sources
        for _, text in each.trace.pieces()
        if next(places(text), None) is not None
    }
    return sample(sorted(texts), most, key=str)


def _steps(kind: str, texts: Sequence[str], peer: Peer) -> Measured:
    measured = Measured(kind, len(texts))
    for block in _blocks(texts):
        for who, rules in ((OURS, ("symbolic",)), (SAME, SAME_RULES)):
            measured.seconds[who] += [
                _taken(partial(check, Trace(steps=(Step(text),)), select=rules)) for text in block
            ]
        measured.seconds[SYMPY] += [peer.seconds("steps_by_sympy", text)[0] for text in block]
        measured.seconds[VERIFY] += [peer.seconds("steps_by_math_verify", text)[0] for text in block]
    return measured


def _pairs(kind: str, pairs: Sequence[tuple[str, str]], peer: Peer) -> Measured:
    measured = Measured(kind, len(pairs))
    for block in _blocks(pairs):
        measured.seconds[OURS] += [_taken(partial(same_answer, *pair)) for pair in block]
        measured.seconds[SYMPY] += [peer.seconds("pair_by_sympy", *pair)[0] for pair in block]
        measured.seconds[VERIFY] += [peer.seconds("pair_by_math_verify", *pair)[0] for pair in block]
    return measured


def _blocks(of: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (of[at : at + BLOCK] for at in range(0, len(of), BLOCK))


def _taken(work: Callable[[], object]) -> Taken:
    started, worked = perf_counter(), process_time()
    work()
    return Taken(perf_counter() - started, process_time() - worked)


def _answers(place: Path, most: int) -> list[tuple[str, str]]:
    return sample([(row["gold"], row["pred"]) for row in rows(place, "answers")], most, key=str)


def _gsm8k(place: Path, most: int) -> list[tuple[str, str]]:
    given = [(row["gold"], row["final_answer"]) for row in rows(place, "solutions_gsm8k") if row["final_answer"]]
    return sample(given, most, key=str)

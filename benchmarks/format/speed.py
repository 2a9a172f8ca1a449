"""Records a second of `fixed` and `compat` beside the reference checkers, on the same responses in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from benchmarks.format.peers import Peers
from benchmarks.format.rows import Row
from checkers import Constraint, Trace, check

ROUNDS = 3
_IFBENCH = {"count", "custom", "format", "ratio", "repeat", "sentence", "words"}


def report(rows: Sequence[Row]) -> None:
    """Print seconds and ratios for IFEval's rows and for IFBench's; processor time, the least of some rounds."""
    ifbench = [row for row in rows if row.ids[0].split(":")[0] in _IFBENCH]
    ifeval = [row for row in rows if row.ids[0].split(":")[0] not in _IFBENCH]
    with Peers() as peers:
        _beside(peers, "lm_eval", "lm-evaluation-harness 0.4.13, IFEval", ifeval, wanted=20)
        _beside(peers, "nvidia", "nvidia-ifbench 26.3, IFBench", ifbench, wanted=5)


def _beside(peers: Peers, peer: str, title: str, rows: Sequence[Row], *, wanted: int) -> None:
    said = [row.as_json() for row in rows]
    peers.ask("timed", peer, said[:1], 1)  # what is loaded at the first call is not counted
    theirs, _ = peers.ask("timed", peer, said, ROUNDS)
    given = [(row.response, row.constraints) for row in rows]

    def fixed(trace: Trace) -> None:
        check(trace, select=["format"])

    def compat(trace: Trace) -> None:
        check(trace, select=["format"], reading="compat")

    ours, other = _least(fixed, given), _least(compat, given)
    print(f"  {title}: {len(rows):,} records")
    print(f"    reference {len(rows) / theirs:10,.0f} records/s")
    print(f"    fixed     {len(rows) / ours:10,.0f} records/s   {theirs / ours:5.1f}x   (wanted {wanted}x)")
    print(f"    compat    {len(rows) / other:10,.0f} records/s   {theirs / other:5.1f}x")


def _least(judge: Callable[[Trace], None], given: Sequence[tuple[str, tuple[Constraint, ...]]]) -> float:
    for response, constraints in given:  # what is loaded at the first call is not counted
        judge(Trace(response=response[:500], constraints=constraints))
    least = float("inf")
    for _ in range(ROUNDS):
        # New ones each time: a trace remembers what was made of it.
        traces = [Trace(response=response, constraints=constraints) for response, constraints in given]
        start = time.process_time()
        for trace in traces:
            judge(trace)
        least = min(least, time.process_time() - start)
    return least

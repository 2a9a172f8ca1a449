"""Every instruction on real and bent responses with seeded kwargs, beside the references: no verdict may differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from benchmarks.format.kwargs import kwargs_of
from benchmarks.format.mutations import bent
from benchmarks.format.oracle import AT_RANDOM
from benchmarks.format.peers import Peers
from benchmarks.format.rows import Row, judged
from checkers import Constraint
from checkers.finding import Verdict
from checkers.instructions import Instruction, all_instructions

SEEDS = 5
MAX_SHOWN = 25


class Job(NamedTuple):
    """What the reference and we are asked."""

    name: str
    kwargs: dict[str, Any]
    text: str


def report(rows: Sequence[Row], *, responses: int, seeds: int = SEEDS) -> None:
    """Print how often each instruction's `compat` agrees, and each place where it does not."""
    texts = [row.response for row in rows[:: max(1, len(rows) // responses)]][:responses]
    same: Counter[str] = Counter()
    unstable: Counter[str] = Counter()
    wrong: list[str] = []
    held = 0
    instructions = all_instructions()
    with Peers() as peers:
        known = {f"{suite}/{name}" for suite, names in peers.ask("names").items() for name in names}
        print(f"  instructions of the references: {len(known)}, ours: {len(instructions)}")
        for name in sorted(known ^ set(instructions)):
            print(f"    only on one side: {name}")
        for name in sorted(known & set(instructions)):
            jobs = _jobs(instructions[name], texts, seeds)
            suite, kind = name.split("/", 1)
            said = peers.ask("verdicts", suite, [[kind, job.kwargs, job.text] for job in jobs])
            for job, theirs in zip(jobs, said, strict=True):
                if "error" in theirs or not theirs["stable"]:
                    unstable[name] += 1
                    continue
                held += theirs["strict"]
                ours = [_holds(job, loose=loose) for loose in (False, True)]
                if AT_RANDOM in ours:
                    unstable[name] += 1
                    continue
                if ours == [theirs["strict"], theirs["loose"]]:
                    same[name] += 1
                else:
                    wrong.append(f"{name} {job.kwargs!r:.120}: reference {theirs}, ours {ours}: {job.text[:80]!r}")
    asked = sum(same.values()) + len(wrong)
    print(f"  {asked:,} pairs of verdicts (strict and loose), {held:,} of them hold; {len(wrong)} disagree")
    print(
        f"  left out, because the reference crashes or is not repeatable: {sum(unstable.values()):,} {dict(unstable)}"
    )
    print(f"  least asked: {min(same.values(), default=0):,} of one instruction")
    for line in wrong[:MAX_SHOWN]:
        print(f"    {line}")


def _jobs(instruction: Instruction, texts: Sequence[str], seeds: int) -> list[Job]:
    """Each text as it stands, and one in three bent, each under every seed."""
    jobs = []
    for place, text in enumerate(texts):
        for said in (text, bent(text, place)) if place % 3 == 0 else (text,):
            for seed in range(seeds if instruction.takes else 1):
                kwargs = kwargs_of(instruction.takes, said or text, f"{instruction.name} {place} {seed}")
                jobs.append(Job(instruction.name, dict(kwargs), said))
    return jobs


def _holds(job: Job, *, loose: bool) -> bool | str:
    [found] = judged(job.text, (Constraint(job.name, job.kwargs),), reading="compat", loose=loose)
    if found.verdict in (Verdict.HOLDS, Verdict.FAILS):
        return found.verdict is Verdict.HOLDS
    reason = found.evidence.get("reason")
    return AT_RANDOM if reason == AT_RANDOM else f"{found.verdict.value}: {found.message}"

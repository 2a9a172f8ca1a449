"""Whether `compat` says what the reference said of real responses, strictly and loosely; and where `fixed` differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.checkers.interval import Share
from benchmarks.format.rows import Oracle, Row, judged
from checkers.finding import Finding, Verdict
from checkers.instructions import instruction_of

MAX_SHOWN = 20
AT_RANDOM = "the reference draws at random"


def report(rows: Sequence[Row], oracles: Mapping[str, Oracle]) -> None:
    """Print the agreement of `compat`, by way of reading, and each disagreement."""
    for loose in (False, True):
        agreed = unstable = 0
        wrong: list[str] = []
        for row in rows:
            oracle = oracles.get(row.id)
            if oracle is None:
                continue
            found = judged(row.response, row.constraints, reading="compat", loose=loose)
            said = oracle.loose if loose else oracle.strict
            for name, finding, wanted, is_stable in zip(row.ids, found, said, oracle.stable, strict=True):
                if not is_stable or finding.evidence.get("reason") == AT_RANDOM:
                    unstable += 1
                elif finding.verdict is (Verdict.HOLDS if wanted else Verdict.FAILS):
                    agreed += 1
                else:
                    wrong.append(f"{row.id} {name}: reference {wanted}, ours {finding.verdict.value}")
        way = "loose " if loose else "strict"
        print(f"  compat, {way}: agrees on {Share(agreed, agreed + len(wrong))}; {unstable} left out: not repeatable")
        for line in wrong[:MAX_SHOWN]:
            print(f"    {line}")


def differences(rows: Sequence[Row]) -> None:
    """Print, by instruction, how often `fixed` departs from `compat`, and the sentence that explains it."""
    of: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        constraints = row.constraints
        fixed = judged(row.response, constraints)
        compat = judged(row.response, constraints, reading="compat")
        for constraint, one, other in zip(constraints, fixed, compat, strict=True):
            of[constraint.name] += 1
            if one.verdict is not other.verdict:
                kinds[constraint.name][f"{_said(other)} -> {_said(one)}"] += 1
    print(f"  {sum(of.values()):,} verdicts; `reference -> fixed`, and why:")
    unexplained = 0
    for name in sorted(kinds):
        instruction = instruction_of(name)
        why = instruction.differs if instruction is not None else ""
        unexplained += 0 if why else sum(kinds[name].values())
        counts = ", ".join(f"{what} {count}" for what, count in kinds[name].most_common())
        print(f"    {name} ({of[name]}): {counts}. {why or 'NOT EXPLAINED'}")
    print(f"  without an explanation: {unexplained}")


def _said(finding: Finding) -> str:
    return finding.verdict.value

"""The same verdicts in ten passes: in one process, in others with another hash seed, and in any order."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.format.rows import Row, judged, rows

PASSES = 10
_ROOT = Path(__file__).resolve().parents[2]


def report(folder: Path, found: Sequence[Row]) -> None:
    """Print how many different sets of findings ten passes give: there must be one."""
    seen = {digest(found, order) for order in range(PASSES - 3)}
    for seed in ("0", "1", "random"):
        script = "import sys; from benchmarks.format import passes; passes.main(sys.argv[1], int(sys.argv[2]))"
        told = subprocess.run(
            [sys.executable, "-c", script, str(folder), str(len(found))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=_ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        seen.add(told.stdout.strip())
    print(f"  {PASSES} passes over {len(found):,} records, 3 of them in other processes: {len(seen)} set of findings")


def main(folder: str, most: int) -> None:
    """Print the digest of the findings, for another process."""
    print(digest(rows(Path(folder), most=most), 0))


def digest(found: Sequence[Row], order: int) -> str:
    """One line for all findings of both readings, whatever the order in which they were made."""
    shuffled = list(found)
    random.Random(order).shuffle(shuffled)
    told = {}
    for row in shuffled:
        for reading in ("fixed", "compat"):
            findings = judged(row.response, row.constraints, reading=reading)
            told[f"{row.id} {reading}"] = [each.as_json() for each in findings]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

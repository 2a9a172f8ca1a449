"""Real traces, solutions and answers, read from a folder outside of the checkout; nothing of them is kept here."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from checkers import Step, Trace

PLACE = "COPILOT_BENCH_DATA"
BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SEED = "checkers-1"
TRACES = {
    "steps_processbench": "ProcessBench/",
    "steps_prm800k_phase1": "PRM800K/",
    "steps_mrben": "MR-Ben/math",
    "steps_parc_silver": "PARC/",
    "steps_mrgsm8k_subset": "MR-GSM8K/",
    "steps_bigbench_mistake": "BIG-Bench-Mistake/multistep_arithmetic",
}
"""File, and how the sources begin that are taken from it."""
_POOLED = ("PRM800K", "PARC", "MR-GSM8K")

Kept = TypeVar("Kept")
Row = Mapping[str, Any]


class NoData(Exception):
    """The folder or a file of it is not there."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A trace with the label of its first wrong step."""

    id: str
    source: str
    trace: Trace
    first_error: int | None
    """0-based; None for a clean trace."""

    @property
    def is_clean(self) -> bool:
        """Whether its people found nothing wrong in it."""
        return self.first_error is None


def folder() -> Path:
    """Where the data lies: `$COPILOT_BENCH_DATA`, else `../shared/data` beside the checkout; raises NoData."""
    given = os.environ.get(PLACE)
    place = Path(given) if given else BESIDE
    if not place.is_dir():
        raise NoData(f"the folder {place.name!r} with the real traces is not there")
    return place


def rows(place: Path, name: str) -> Iterator[Row]:
    """The records of `<name>[.split].jsonl[.gz]`, of all splits that lie there."""
    found = sorted({*place.glob(f"{name}.jsonl*"), *place.glob(f"{name}.*.jsonl*")})
    if not found:
        raise NoData(f"the file {name}*.jsonl is not there")
    for path in found:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def traces(place: Path, *, most: int | None = None) -> list[Labelled]:
    """Every labelled trace of mathematics, or of each file the `most` that come first by hash of their ids.

    A rule sees the problem and the steps, neither an answer field nor the reference.
    """
    found: list[Labelled] = []
    for name, front in TRACES.items():
        taken = [_labelled(row) for row in rows(place, name) if row["source"].startswith(front)]
        found.extend(sample([trace for trace in taken if trace is not None], most, key=lambda trace: trace.id))
    return found


def references(place: Path, *, most: int | None = None) -> list[Labelled]:
    """Solutions written by people, right by construction, as one text each."""
    found = [
        Labelled(row["id"], row["source"], Trace(prompt=row["problem"], response=_lines(row["solution"])), None)
        for row in rows(place, "references_gsm8k_math")
    ]
    return sample(found, most, key=lambda trace: trace.id)


def sample(values: Sequence[Kept], most: int | None, *, key: Any) -> list[Kept]:
    """All, or the `most` whose keys have the smallest seeded hashes: the same on every machine."""
    if most is None or len(values) <= most:
        return list(values)
    return sorted(values, key=lambda value: hashlib.sha256(f"{SEED}/{key(value)}".encode()).digest())[:most]


def _labelled(row: Row) -> Labelled | None:
    first = row["first_error"]
    if first is None or not row["steps"]:
        return None
    trace = Trace(prompt=row["problem"], steps=tuple(Step(_lines(text)) for text in row["steps"]))
    pooled = next((front for front in _POOLED if row["source"].startswith(f"{front}/")), row["source"])
    return Labelled(row["id"], pooled, trace, None if first < 0 else first)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

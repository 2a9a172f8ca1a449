"""Real responses to prompts with explicit demands, read from the folder of the data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.checkers.corpus import NoData
from checkers import Constraint, Trace, check
from checkers.finding import Finding, Json
from checkers.record import constraints_from


@dataclass(frozen=True, slots=True)
class Row:
    """One response, and the instructions that its prompt states."""

    id: str
    prompt: str
    response: str
    ids: tuple[str, ...]
    kwargs: tuple[Mapping[str, Json], ...]
    """Without the keys that are null."""

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        """The instructions as constraints, `ifeval/…` or `ifbench/…`."""
        return constraints_from({"instruction_id_list": list(self.ids), "kwargs": [dict(each) for each in self.kwargs]})

    def as_json(self) -> dict[str, Any]:
        """The row as the references read it."""
        return {
            "prompt": self.prompt,
            "response": self.response,
            "instruction_id_list": list(self.ids),
            "kwargs": [dict(each) for each in self.kwargs],
        }


@dataclass(frozen=True, slots=True)
class Oracle:
    """What the reference said of each instruction of a row."""

    strict: tuple[bool, ...]
    loose: tuple[bool, ...]
    stable: tuple[bool, ...]


def rows(folder: Path, *, most: int | None = None) -> list[Row]:
    """The rows in the order of the file, spread evenly over it when there are to be fewer."""
    found = [_row(said) for said in _lines(folder, "constraints.dev.jsonl")]
    return found if most is None else found[:: max(1, len(found) // most)][:most]


def oracles(folder: Path) -> Mapping[str, Oracle]:
    """The verdicts by the id of their row."""
    return {
        said["id"]: Oracle(tuple(said["strict"]), tuple(said["loose"]), tuple(said["stable"]))
        for said in _lines(folder, "constraints_oracle.dev.jsonl")
        if said["error"] is None
    }


def judged(response: str, constraints: tuple[Constraint, ...], **how: Any) -> list[Finding]:
    """The finding on each of the constraints, in their order."""
    report = check(Trace(response=response, constraints=constraints), select=["format"], **how)
    found = [each for each in report.findings if "index" in each.evidence]
    return sorted(found, key=lambda each: int(str(each.evidence["index"])))


def _row(said: Mapping[str, Any]) -> Row:
    kwargs = tuple({key: value for key, value in each.items() if value is not None} for each in said["kwargs"])
    return Row(said["id"], said["prompt"], said["response"], tuple(said["instruction_id_list"]), kwargs)


def _lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    plain, packed = folder / name, folder / f"{name}.gz"
    if plain.exists():
        text = plain.read_text(encoding="utf-8")
    elif packed.exists():
        text = gzip.decompress(packed.read_bytes()).decode("utf-8")
    else:
        raise NoData(f"the file {name} is not there")
    for line in text.split("\n"):
        if line.strip():
            yield json.loads(line)

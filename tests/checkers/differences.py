"""Examples of what tells the two readings of an instruction apart, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from checkers import check, trace_of
from checkers.demanded import Reading, demanded

FILE = Path(__file__).parent / "differences.yaml"


@dataclass(frozen=True)
class Difference:
    instruction: str
    text: str
    compat: str
    fixed: str
    at: int
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    prompt: str = ""
    language: str = ""

    @property
    def id(self) -> str:
        return f"{self.instruction}-{self.at}"

    def verdict(self, reading: Reading) -> str:
        """What is said of the text in this reading."""
        trace = trace_of(
            {
                "prompt": self.prompt,
                "response": self.text,
                "language": self.language,
                "constraints": [{"name": self.instruction, "params": dict(self.kwargs)}],
            }
        )
        means = demanded(trace.constraints[0]).own.name
        return check(trace, select=[means], reading=reading).findings[0].verdict.value


def differences() -> Iterator[Difference]:
    """Every example of the file, in its order."""
    for instruction, examples in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        for at, example in enumerate(examples):
            yield Difference(instruction, at=at, **example)

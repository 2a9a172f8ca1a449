"""How precise each rule was on real traces, and whether that lets it say `fails`: a table that is only generated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from checkers.wilson import wilson

TABLE = "precision.json"
LEAST_FLAGS = 30
LEAST_SOURCES = 2
LEAST_LOWER = 0.95
Z90 = 1.281552
"""The lower side of 90 % alone."""


@dataclass(frozen=True, slots=True)
class Precision:
    """What a rule said on labelled traces of each source that has right ones too."""

    rule: str
    version: int
    """Of the rule when it was measured."""
    flags: int
    """Traces of which the rule said that a step is false."""
    right: int
    """Those of them that are labelled wrong, and of which no flag was found to be a false alarm; or that are labelled
    right against a recalculation."""
    sources: tuple[str, ...]
    """Where they come from."""

    @property
    def lower(self) -> float:
        """Wilson's lower bound, 90 % on one side, of the share of right ones."""
        return wilson(self.right, self.flags, z=Z90)[0]

    @property
    def may_fail(self) -> bool:
        """Whether that is enough to say `fails` and not only `suspicious`."""
        enough = self.flags >= LEAST_FLAGS and len(self.sources) >= LEAST_SOURCES
        return enough and self.lower >= LEAST_LOWER


def may_fail(rule: str) -> bool:
    """Whether the table lets this rule say `fails`; a rule that was never measured may not."""
    found = table().get(rule)
    return found is not None and found.may_fail


@cache
def table() -> Mapping[str, Precision]:
    """The measured rules by name."""
    rows = json.loads(files("checkers").joinpath(TABLE).read_text(encoding="utf-8"))
    found = (Precision(row["rule"], row["version"], row["flags"], row["right"], tuple(row["sources"])) for row in rows)
    return {each.rule: each for each in found}

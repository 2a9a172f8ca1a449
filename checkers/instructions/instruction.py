"""One instruction of a published suite: the constraint it means, and the verdict of its reference."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeAlias

from checkers.finding import Json
from checkers.params import BadParams
from checkers.trace import Constraint

SUITES = ("ifeval", "ifbench")

Reference: TypeAlias = Callable[..., bool]
Means: TypeAlias = Callable[..., Constraint]


class Unrepeatable(Exception):
    """Raised by a reference that would draw something at random: two runs of it may disagree."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One kind of instruction under its name `<suite>/<group>:<kind>`."""

    name: str
    means: Means
    """Its kwargs as the constraint of our own that says what the instruction means; raises BadParams."""
    reference: Reference
    """The verdict of the reference checker on a text, with the kwargs, its defects included."""
    help: str
    """How the reference decides."""
    takes: tuple[str, ...]
    """The names of its kwargs."""
    differs: str
    """Where its verdict is not what the instruction means, in one sentence; empty where nothing is known."""

    def meant(self, params: Mapping[str, Json]) -> Constraint:
        """The constraint that says what the instruction means with these kwargs; raises BadParams."""
        for name in params:
            if name not in self.takes:
                known = ", ".join(self.takes) or "none"
                raise BadParams(f"the parameter {name[:60]!r} is not known; {self.name} takes {known}")
        return self.means(**params)

    def follows(self, text: str, params: Mapping[str, Json]) -> bool:
        """What the reference says of the text; False for a blank one. Raises Unrepeatable, OverLimit."""
        return bool(text.strip()) and bool(self.reference(text, **params))


def instruction(name: str, *, means: Means, differs: str = "") -> Callable[[Reference], Reference]:
    """Make a function `(text, *, <kwargs>) -> bool` the reference of the instruction of that name.

    `means` takes the same kwargs, each with a default of None, and gives the constraint of our own, whose rule reads
    their values with bounds: the reference is called only with kwargs that this rule could read. Where the reference
    would draw a value at random it raises Unrepeatable.
    """

    def made(reference: Reference) -> Reference:
        told = inspect.getdoc(reference)
        if not told:
            raise TypeError(f"the reference of {name} has no docstring, which says how it decides")
        _KNOWN[name] = Instruction(name, means, reference, told, tuple(inspect.signature(means).parameters), differs)
        return reference

    return made


def instruction_of(name: str) -> Instruction | None:
    """The instruction of that name, `ifeval/…` or `ifbench/…`; None for any other name."""
    return all_instructions().get(name) if name.startswith(SUITES) else None


@cache
def all_instructions() -> Mapping[str, Instruction]:
    """Every instruction by its name."""
    for suite in SUITES:
        package = import_module(f"checkers.instructions.{suite}")
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(found.name)
    return dict(sorted(_KNOWN.items()))


_KNOWN: dict[str, Instruction] = {}

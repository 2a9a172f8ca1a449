"""What a formula leaves open: the base of a bare `log`, and whether `sin 30` is in degrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkers.decide.survey import Below
from checkers.formula.tree import Node


@dataclass(frozen=True, slots=True)
class Manner:
    """One reading of what is left open."""

    log_base: int | None = None
    """Of a logarithm that tells none; None is the natural one."""
    in_degrees: bool = False
    """Whether angles that are plain numbers are in degrees."""


_OF_ANGLES = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


def is_bare_angle(function: str, args: Sequence[Node], below: Below) -> bool:
    """Whether this is a function of an angle that is a number without a sign of degrees and without pi."""
    return function in _OF_ANGLES and not below.names(args[0]) and not below.has_degrees(args[0])

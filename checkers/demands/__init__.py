"""Demands: what a prompt asks for, read by rules, and which of its demands cannot all be met.

One file per family of demands, each a table of phrases; adding a phrase touches one table and one case file.
"""

from __future__ import annotations

from checkers.demands.contradict import Contradiction, contradictions
from checkers.trace import Constraint

__all__ = ["Contradiction", "contradictions", "demands_in"]


def demands_in(prompt: str) -> tuple[Constraint, ...]:
    """The constraints that a prompt states, in the order in which they stand there, each with its span.

    Certain ones only: a demand on a part, a vague amount, what is quoted or reported, and what is under an `if` are
    passed over. In a prompt of more than 20,000 characters nothing is read.
    """
    from checkers.demands.gather import read  # its patterns are many, and who reads no prompt needs none

    return read(prompt)

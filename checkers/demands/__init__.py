"""Demands: what a prompt asks for, read by rules, and which of its demands cannot all be met.

One file per family of demands, each a table of phrases; adding a phrase touches one table and one case file.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkers.demanded import demanded
from checkers.demands.contradict import Contradiction, contradictions
from checkers.trace import Constraint

__all__ = ["Contradiction", "contradictions", "demands_in", "with_demands"]


def demands_in(prompt: str) -> tuple[Constraint, ...]:
    """The constraints that a prompt states, in the order in which they stand there, each with its span.

    Certain ones only: a demand on a part, a vague amount, what is quoted or reported, and what is under an `if` are
    passed over. In a prompt of more than 20,000 characters nothing is read.
    """
    from checkers.demands.gather import read  # its patterns are many, and who reads no prompt needs none

    return read(prompt)


def with_demands(constraints: Sequence[Constraint], prompt: str) -> tuple[Constraint, ...]:
    """The given constraints, and behind them what the prompt states; a given one of the same name wins."""
    known = {demanded(each).own.name for each in constraints}
    return (*constraints, *(each for each in demands_in(prompt) if each.name not in known))

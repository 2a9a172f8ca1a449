"""How many tokens of a language model a response has."""

from __future__ import annotations

from checkers import params
from checkers.counted import Bounds, counted
from checkers.finding import Finding
from checkers.registry import constraint
from checkers.text.encoded import ENCODINGS, encoding
from checkers.trace import Constraint, Trace


@constraint(version=1)
def tokens(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` tokens in the `encoding`: `cl100k_base` or `o200k_base`.

    `cl100k_base`, that of GPT-4, unless the other is asked for. The names of special tokens count as plain text.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent", "encoding")
    name = params.choice(asked, "encoding", ENCODINGS) or "cl100k_base"
    bounds = Bounds.of(asked)
    count = len(encoding(name).encode_ordinary(trace.text))
    return counted((0, len(trace.text)), count, bounds, "token")

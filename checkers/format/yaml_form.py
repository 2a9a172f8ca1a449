"""A response that is to be YAML: read event by event, nothing is built from it."""

from __future__ import annotations

from checkers import params
from checkers.finding import Finding, fails, holds
from checkers.registry import constraint
from checkers.text.fence import framed_span
from checkers.text.misformed import Misformed
from checkers.text.yaml_events import read_yaml
from checkers.trace import Constraint, Trace

ROOTS = ("any", "list", "mapping", "scalar")


@constraint(version=1)
def valid(trace: Trace, asked: Constraint) -> Finding:
    """The response is one YAML document, in a code fence or not, without a key that stands twice in its mapping.

    Its `root` is a `mapping` or a `list` unless `scalar` or `any` is asked for: any plain sentence is a scalar. Names
    for values (`&a`, `*a`) are followed no further than that each must be given before it is used.
    """
    params.refuse_unknown(asked, "root")
    wanted = params.choice(asked, "root", ROOTS)
    start, end = framed_span(trace.text)
    try:
        root, at = read_yaml(trace.text[start:end], trace.budget)
    except Misformed as error:
        return fails((min(start + error.at, end), end), f"This is not YAML: {error}.")
    if wanted != "any" and (root not in ("mapping", "list") if wanted is None else root != wanted):
        said = wanted or "mapping or a list"
        return fails((start + at, end), f"The YAML is a {root}, not a {said}.", measured=root, wanted=wanted)
    return holds((start, end), f"The response is YAML, a {root}.", measured=root)

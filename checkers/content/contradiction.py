"""What an item demands, against itself."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.demands import contradictions
from checkers.finding import Finding, suspicious
from checkers.registry import rule
from checkers.trace import Trace


@rule(version=1, scope="response")
def pair(trace: Trace) -> Iterator[Finding]:
    """No two constraints of the item exclude one another.

    Certain ones only, as at least 300 words and at most 200, or a word that is wanted and forbidden. The response is
    not to blame: the item is to be mended, so that this is `suspicious` and never `fails`.
    """
    for found in contradictions(trace.constraints):
        yield suspicious((0, len(trace.text)), found.message, indexes=list(found.indexes))

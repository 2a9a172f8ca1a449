"""Coverage: what became of every span that looks like a relation, and what the reader cannot read most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.checkers.corpus import Labelled
from benchmarks.checkers.interval import Share
from benchmarks.checkers.reading import CLASSES, Outcome, outcomes
from benchmarks.checkers.scan import places
from benchmarks.checkers.table import show, title

MOST_SHAPES = 50
MOST_REASONS = 20


def read(traces: Iterable[Labelled]) -> list[tuple[str, Outcome]]:
    """The outcome at every place of every step, with the source of its trace."""
    return [
        (each.source, outcome)
        for each in traces
        for _, text in each.trace.pieces()
        for outcome in outcomes(text, places(text))
    ]


def report(found: Sequence[tuple[str, Outcome]]) -> None:
    """The tables of this measure."""
    title("Coverage")
    print("Of all signs of relation with a digit or letter on both sides (`benchmarks/checkers/scan.py`).\n")
    sources = sorted({source for source, _ in found})
    groups = [(source, [each for of, each in found if of == source]) for source in sources]
    lines = [_line(source, group) for source, group in [*groups, ("all", [each for _, each in found])]]
    show(("source", "spans", *CLASSES), lines)
    _reasons([each for _, each in found])
    _shapes([each for _, each in found])


def _line(source: str, group: Sequence[Outcome]) -> tuple[object, ...]:
    counted = Counter(each.kind for each in group)
    shares = [f"{100 * Share(counted[kind], len(group)).value:.1f} %" for kind in CLASSES]
    return source, len(group), *shares


def _reasons(found: Sequence[Outcome]) -> None:
    title("Why not read")
    counted = Counter((each.kind, each.reason) for each in found if each.kind != "read")
    top = counted.most_common(MOST_REASONS)
    show(("class", "reason", "spans"), [(kind, reason, number) for (kind, reason), number in top])


def _shapes(found: Sequence[Outcome]) -> None:
    title(f"The {MOST_SHAPES} most frequent unread shapes")
    print("Numbers are 0, words w, single letters a.\n")
    counted = Counter(each.place.shape for each in found if each.kind == "unread")
    show(("shape", "spans"), [(f"`{shape}`", number) for shape, number in counted.most_common(MOST_SHAPES)])

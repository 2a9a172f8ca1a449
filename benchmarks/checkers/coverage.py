"""Coverage: what became of every span that looks like a relation, and what the reader cannot read most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.checkers.corpus import Labelled
from benchmarks.checkers.interval import Share
from benchmarks.checkers.reading import CLASSES, Outcome, outcomes
from benchmarks.checkers.scan import places
from benchmarks.checkers.table import show, title

MOST_SHAPES = 50
MOST_REASONS = 20
MOST_EXCERPTS = 3
EXCERPT = 90
"""Characters of an excerpt."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One sign of relation: where its text comes from, what became of it, and the text around it."""

    source: str
    outcome: Outcome
    excerpt: str


def read(traces: Iterable[Labelled]) -> list[Covered]:
    """The outcome at every place of every step, with the source of its trace."""
    return [
        Covered(each.source, outcome, _excerpt(text, outcome))
        for each in traces
        for _, text in each.trace.pieces()
        for outcome in outcomes(text, places(text))
    ]


def report(found: Sequence[Covered], references: Sequence[Covered]) -> None:
    """The tables of this measure."""
    title("Coverage")
    print("Of all signs of relation with a digit or letter on both sides (`benchmarks/checkers/scan.py`).\n")
    show(("source", "spans", *CLASSES), _lines(found))
    title("Coverage of solutions written by people")
    show(("source", "spans", *CLASSES), _lines(references))
    everything = [*found, *references]
    _reasons(everything)
    _shapes(everything)
    _excerpts(everything)


def _excerpt(text: str, outcome: Outcome) -> str:
    start = max(outcome.span[0], outcome.place.start - EXCERPT // 2)
    return " ".join(text[max(0, start - 10) : start + EXCERPT].split())


def _lines(found: Sequence[Covered]) -> list[tuple[object, ...]]:
    sources = sorted({each.source for each in found})
    groups = [(source, [each for each in found if each.source == source]) for source in sources]
    return [_line(source, group) for source, group in [*groups, ("all", found)]]


def _line(source: str, group: Sequence[Covered]) -> tuple[object, ...]:
    counted = Counter(each.outcome.kind for each in group)
    shares = [f"{100 * Share(counted[kind], len(group)).value:.1f} %" for kind in CLASSES]
    return source, len(group), *shares


def _reasons(found: Sequence[Covered]) -> None:
    title("Why not read")
    counted = Counter((each.outcome.kind, each.outcome.reason) for each in found if each.outcome.reason)
    top = counted.most_common(MOST_REASONS)
    show(("class", "reason", "spans"), [(kind, reason, number) for (kind, reason), number in top])


def _shapes(found: Sequence[Covered]) -> None:
    title(f"The {MOST_SHAPES} most frequent unread shapes")
    print("Numbers are 0, words w, single letters a.\n")
    counted = Counter(each.outcome.place.shape for each in found if each.outcome.kind == "unread")
    show(("shape", "spans"), [(f"`{shape}`", number) for shape, number in counted.most_common(MOST_SHAPES)])


def _excerpts(found: Sequence[Covered]) -> None:
    """For each frequent reason some texts, to be read where the measure runs and not to be kept."""
    title("Unread, for instance")
    unread: dict[str, list[str]] = {}
    for each in found:
        if each.outcome.kind == "unread" and each.excerpt not in unread.setdefault(each.outcome.reason, []):
            unread[each.outcome.reason].append(each.excerpt)
    for reason, excerpts in sorted(unread.items(), key=lambda item: -len(item[1]))[:MOST_REASONS]:
        print(f"- {reason}")
        for excerpt in excerpts[:: max(1, len(excerpts) // MOST_EXCERPTS)][:MOST_EXCERPTS]:
            print(f"  - `{excerpt}`")

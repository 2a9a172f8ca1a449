"""Whether sources bear out the numbers, dates and names of a sentence that cites them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checkers.facts.figures import Figures, figures
from checkers.facts.passage import Shelved, shelved, shown
from checkers.facts.proper import acronyms_of, missing, names
from checkers.facts.stems import folded, terms
from checkers.finding import Json, Span
from checkers.limits import NO_BOUNDS, Budget
from checkers.trace import Source, Trace


@dataclass(frozen=True)
class Told:
    """What a source tells, made ready to be asked."""

    figures: Figures
    values: frozenset[Fraction]
    stems: frozenset[str]
    acronyms: frozenset[str]
    passages: Shelved


@dataclass(frozen=True, slots=True)
class Unborne:
    """What a sentence says that its sources do not."""

    spans: tuple[Span, ...]
    """In the sentence."""
    sources: tuple[Source, ...]
    nearest: Mapping[str, Json] | None
    """The passage that comes nearest: `source`, `span` and `text`."""


def borne_out(trace: Trace, said: str, sources: Sequence[Source]) -> Unborne | None:
    """None when all numbers, dates and names of the sentence stand in its sources, else those that do not."""
    trace.budget.look()
    told = [trace.of_text(told_by, text) for source in sources for text in (source.text, source.title)]
    claimed = figures(said)
    spans = set.intersection(*(set(claimed.missing_from(each.figures, values=each.values)) for each in told))
    stems = frozenset().union(*(each.stems for each in told), trace.of_text(_stems, trace.prompt))
    acronyms = frozenset().union(*(each.acronyms for each in told))
    for name in names(said):
        inside = any(date.span[0] <= name.span[0] < date.span[1] for date in claimed.dates)
        if not inside and missing(name, stems, acronyms=acronyms):
            spans.add(name.span)
    return Unborne(tuple(sorted(spans)), tuple(sources), _nearest(trace, said, sources)) if spans else None


def told_by(text: str, budget: Budget = NO_BOUNDS) -> Told:
    """What the text tells."""
    told = figures(text, budget)
    return Told(told, told.values, _stems(text, budget), acronyms_of(names(text, budget)), shelved([text], budget))


def _stems(text: str, budget: Budget = NO_BOUNDS) -> frozenset[str]:
    words = terms(text, budget)
    return frozenset({*(term.stem for term in words), *(folded(text[slice(*term.span)]) for term in words)})


def _nearest(trace: Trace, said: str, sources: Sequence[Source]) -> Mapping[str, Json] | None:
    wanted = terms(said)
    for source in sources:
        for passage in trace.of_text(told_by, source.text).passages.nearest(wanted):
            return {"source": source.id[:200], "span": [*passage.span], "text": shown(passage)}
    return None

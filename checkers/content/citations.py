"""What a response cites: that it cites at all, that the sources are there, and that they say so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from checkers.claim import CitesClaim
from checkers.facts.addresses import addresses, fault
from checkers.facts.asserting import Assertion
from checkers.facts.bearing import Unborne, borne_out
from checkers.facts.citing import Citation, Form
from checkers.facts.masking import prose
from checkers.facts.shelf import Shelf
from checkers.facts.sourced import Piece, sourced, wants_citations
from checkers.facts.verbatim import Nearest, Wording, quotations, wording
from checkers.finding import Finding, Json, Span, fails, holds, suspicious
from checkers.limits import OverLimit
from checkers.registry import rule
from checkers.trace import Source, Trace

MAX_QUOTATIONS = 300
"""Of one response that are looked up."""
MAX_TOLD = 50
"""Characters of a claim in a message."""
_SHOWN = 20
"""Ids of sources that a finding tells."""
_ALTERED = 0.7
"""Share of the quoted words that a source has in their order, from where on it is the same sentence."""
_ENOUGH = 5
"""Words of a quotation that is called altered."""
_TELLS = re.compile(
    r"\b(?:according|says?|said|states?|stated|reports?|reported|notes?|noted|writes?|wrote|describes?|described|shows?"
    r"|mentions?|mentioned|lists?|tells?|told|sources?|see|per)\b",
    re.IGNORECASE,
)
"""Without such a word a title is what the sentence is about: an article is often called as its subject."""


@rule(version=1, scope="trace")
def missing(trace: Trace) -> Iterator[Finding]:
    """Everything asserted has a citation, where the prompt asks for citations or sources are given.

    Suspicious is each sentence or clause without one. Questions, orders, opinions and what is said of the answer itself
    need none; nor does what is invented, translated or programmed, or a step of a chain of thought, unless the prompt
    asks to cite. A source that is named by its title as the one that says so is cited.
    """
    if not wants_citations(trace) or trace.text.lstrip()[:1] in ("{", "["):
        return
    read = trace.once(sourced)
    for piece in read.pieces:
        if piece.step is not None and isinstance(trace.steps[piece.step].claim, CitesClaim):
            continue
        for each in piece.assertions:
            if not each.citations and not (_TELLS.search(each.text) and read.shelf.mentioned(each.text)):
                yield suspicious(each.span, f"Nothing is cited for “{_short(each.text)}”.", step=piece.step)


@rule(version=1, scope="trace")
def unknown_source(trace: Trace) -> Iterator[Finding]:
    """Every cited source is one of the item's.

    Fails for a number or note in brackets, for `(source: …)`, for what is made like an id, and for the claim of a step;
    suspicious for other words in brackets and for links, which may cite nothing. Silent for an item without sources.
    """
    if not trace.sources:
        return
    read = trace.once(sourced)
    known = 0
    for piece in read.pieces:
        trace.budget.look()
        for mark in piece.cited.citations:
            strange = [key for key in mark.keys if mark.form is not Form.YEAR and read.shelf.find(key) is None]
            known += not strange and bool(read.shelf.of(mark))
            yield from _strange(read.shelf, mark, strange, step=piece.step)
        claim = trace.steps[piece.step].claim if piece.step is not None else None
        if isinstance(claim, CitesClaim) and read.shelf.find(claim.source) is None:
            message = f"“{claim.source[:80]}” is {_none_of(read.shelf)}."
            found = fails((0, len(piece.text)), message, step=piece.step)
            yield replace(found, evidence=_named(read.shelf, claim.source))
    if known:
        yield holds((0, len(trace.text)), _all_there(known), measured=known)


def _short(said: str) -> str:
    """The first words, for a message that stands beside several of its kind."""
    words = " ".join(said.split())
    return words if len(words) <= MAX_TOLD else words[:MAX_TOLD].rsplit(" ", 1)[0] + " …"


def _strange(shelf: Shelf, mark: Citation, keys: Sequence[str], *, step: int | None) -> Iterator[Finding]:
    if not keys or (mark.form in (Form.WORD, Form.LINK) and not _is_meant(shelf, mark, keys[0])):
        return
    certain = mark.form is Form.TOLD or shelf.is_like(keys[0]) or (mark.form is Form.NUMBER and len(mark.keys) == 1)
    say = fails if certain and not shelf.notes else suspicious
    found = say(mark.span, f"“{keys[0][:80]}” is {_none_of(shelf)}.", step=step)
    yield replace(found, evidence=_named(shelf, keys[0]))


def _is_meant(shelf: Shelf, mark: Citation, key: str) -> bool:
    """Whether words in brackets are likely to be a source: spelled almost like one, or made as the ids are."""
    if mark.form is Form.LINK:
        return any(source.url for source in shelf.sources) and key.casefold().startswith("http")
    return bool(shelf.near(key)) or shelf.is_like(key)


def _none_of(shelf: Shelf) -> str:
    return "not the one source" if len(shelf.sources) == 1 else f"none of the {len(shelf.sources)} sources"


def _named(shelf: Shelf, key: str) -> dict[str, Json]:
    known = [source.id for source in islice(shelf.sources, _SHOWN)]
    return {"cited": key[:200], "sources": known, "near": shelf.near(key)}


def _all_there(known: int) -> str:
    return "The one citation names a source." if known == 1 else f"The {known} citations name sources."


@rule(version=1, scope="trace")
def quote(trace: Trace) -> Iterator[Finding]:
    """What is quoted from a source stands in it, word for word.

    Blanks, kinds of quotation marks, the case of the first letter, and words left out as `…` or put in as `[…]` make no
    difference. Fails when the source has the sentence in other words, which are the repair; suspicious when it has none
    like it. Fewer than four words in quotation marks are no quotation.
    """
    if not any(source.text for source in trace.sources):
        return
    read = trace.once(sourced)
    asked = 0
    for piece in read.pieces:
        for span, sources in _quoted(read.shelf, piece):
            asked += 1
            if asked > MAX_QUOTATIONS:
                raise OverLimit(f"more than {MAX_QUOTATIONS:,} quotations")
            trace.budget.look()
            yield _looked_up(trace, piece.text[slice(*span)], sources, span, step=piece.step, in_text=True)
        claim = trace.steps[piece.step].claim if piece.step is not None else None
        source = read.shelf.find(claim.source) if isinstance(claim, CitesClaim) else None
        if isinstance(claim, CitesClaim) and claim.quote.strip() and source is not None and source.text:
            yield _looked_up(trace, claim.quote, [source], (0, len(piece.text)), step=piece.step, in_text=False)


def _quoted(shelf: Shelf, piece: Piece) -> Iterator[tuple[Span, list[Source]]]:
    """The quotations of a piece with the sources that their sentence cites or names."""
    ends = [each.span[1] for each in piece.assertions]
    starts = [mark.span[0] for mark in piece.cited.citations]
    for span in quotations(prose(piece.text)):
        at = bisect_left(ends, span[1] - 2)  # a stop may stand between the words and their mark
        each = piece.assertions[at] if at < len(ends) else None
        found = _cited_by(shelf, each) if each is not None and each.span[0] <= span[0] else []
        if not found:
            behind = bisect_left(starts, span[1])
            marks = piece.cited.citations[behind : behind + 1]
            found = [source for mark in marks if mark.span[0] - span[1] <= 3 for source in shelf.of(mark)]
        texts = [source for source in found if source.text]
        if texts:
            yield span, texts


def _cited_by(shelf: Shelf, assertion: Assertion) -> list[Source]:
    return [*(source for mark in assertion.citations for source in shelf.of(mark)), *shelf.mentioned(assertion.text)]


def _looked_up(
    trace: Trace, quoted: str, sources: Sequence[Source], span: Span, *, step: int | None, in_text: bool
) -> Finding:
    told = [(source, trace.of_text(wording, source.text)) for source in sources]
    for source, words in told:
        if words.has(quoted):
            return holds(
                span, f"These words stand in the source “{source.id[:80]}”.", step=step, source=source.id[:200]
            )
    ranked = [(near, source, words) for source, words in told if (near := words.nearest(quoted)) is not None]
    if not ranked:
        return suspicious(span, f"These words do not stand in the source “{sources[0].id[:80]}”.", step=step)
    near, source, words = max(ranked, key=lambda each: each[0].share)
    shown = " ".join(source.text[slice(*near.span)].split())
    evidence: dict[str, Json] = {"source": source.id[:200], "span": list(near.span), "nearest": shown[:300]}
    if near.share < _ALTERED or len(quoted.split()) < _ENOUGH:
        message = f"These words do not stand in the source “{source.id[:80]}”."
        return replace((suspicious if in_text else fails)(span, message, step=step), evidence=evidence)
    evidence["differing"] = [list(pair) for pair in near.instead[:20]]
    message = f"The source “{source.id[:80]}” words this otherwise: “{shown[:200]}”."
    repair = _repair(near, words, shown) if in_text else None
    return replace(fails(span, message, step=step, repair=repair), evidence=evidence)


def _repair(near: Nearest, words: Wording, shown: str) -> str | None:
    """The source's own words, where they can stand between quotation marks."""
    clean = not any(sign in shown for sign in '"“”«»„[]()…') and "..." not in shown and words.has(shown)
    return shown if clean and near.span[1] - near.span[0] <= 1_000 else None


@rule(version=1, scope="trace")
def supported(trace: Trace) -> Iterator[Finding]:
    """Numbers, dates and names of what is cited stand in the cited source.

    Suspicious when one does not, with the nearest passage of the source: 1,000 is `1 thousand`, 12 % is `12 percent`,
    `May 3, 1920` is `1920-05-03`, and 19.5 bears out `about 20`. Names of the prompt need no source. This rule only
    ranks: nothing holds because its numbers and names are there.
    """
    if not any(source.text for source in trace.sources):
        return
    read = trace.once(sourced)
    for piece in read.pieces:
        for each in piece.assertions:
            sources = read.behind(piece, each)
            if sources and all(source.text for source in sources):
                unborne = borne_out(trace, each.text, sources)
                if unborne is not None:
                    yield _unsupported(each, unborne, step=piece.step)


def _unsupported(assertion: Assertion, unborne: Unborne, *, step: int | None) -> Finding:
    said = [" ".join(assertion.text[slice(*span)].split())[:80] for span in unborne.spans]
    start = assertion.span[0]
    spans: list[Json] = [[start + a, start + b] for a, b in unborne.spans]
    what = ", ".join(f"“{each}”" for each in dict.fromkeys(said))
    who = f"The source “{unborne.sources[0].id[:80]}” does" if len(unborne.sources) == 1 else "The cited sources do"
    evidence: dict[str, Json] = {"missing": list(dict.fromkeys(said)), "spans": spans, "nearest": unborne.nearest}
    return suspicious(assertion.span, f"{who} not say {what}.", step=step, **evidence)


@rule(version=1, scope="step")
def link(trace: Trace) -> Iterator[Finding]:
    """Every link could be one: http or https, a host, no password in it, and no placeholder such as `example.com`.

    Suspicious otherwise. Only the form is looked at, never the network; code and links of the prompt are left alone.
    """
    for step, text in trace.pieces():
        for span, address in addresses(prose(text), trace.budget):
            wrong = fault(address)
            if wrong is not None and not (address and address in trace.prompt):
                yield suspicious(span, f"This link {wrong}.", step=step, link=address[:300])

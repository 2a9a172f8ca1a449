"""Words and phrases that a response must have, or must not have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkers import params
from checkers.finding import Finding, Span, fails, holds
from checkers.limits import OverLimit
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_SPANS = 200
MAX_WORK = 20_000_000
"""Characters of the text times words to look for: each may be compared at each place."""


@constraint(version=1)
def include(trace: Trace, asked: Constraint) -> Finding:
    """Each of `words` stands in the response, `min` times at least (once unless given).

    Whole words, whatever their case; a phrase may have any blanks between its words.
    """
    params.refuse_unknown(asked, "words", "min")
    wanted, least = params.words(asked, "words"), params.count(asked, "min")
    least = 1 if least is None else least
    if least == 0:
        raise BadParams("the parameter 'min' must be 1 at least")
    _refuse_much(wanted, trace.text)
    found = {word: _places(word, trace.text) for word in wanted}
    missing = [word for word in wanted if len(found[word]) < least]
    whole = (0, len(trace.text))
    counted = {word: len(places) for word, places in found.items()}
    if not missing:
        spans = [list(span) for places in found.values() for span in places][:MAX_SPANS]
        return holds(whole, "All the words asked for are there.", measured=counted, wanted=least, spans=spans)
    said = ", ".join(f"“{word}”" for word in missing[:5]) + (" …" if len(missing) > 5 else "")
    few = "missing" if least == 1 else f"there fewer than {least:,} times"
    verb = "is" if len(missing) == 1 else "are"
    return fails(whole, f"{said} {verb} {few}.", measured=counted, wanted=least, missing=missing)


@constraint(version=1)
def exclude(trace: Trace, asked: Constraint) -> Finding:
    """None of `words` stands in the response: whole words, whatever their case."""
    params.refuse_unknown(asked, "words")
    unwanted = params.words(asked, "words")
    _refuse_much(unwanted, trace.text)
    found = [(span, word) for word in unwanted for span in _places(word, trace.text)]
    if not found:
        return holds((0, len(trace.text)), "None of the words to avoid is there.", measured=0, wanted=0)
    found.sort()
    said = ", ".join(f"“{word}”" for word in list(dict.fromkeys(word for _, word in found))[:5])
    spans = [list(span) for span, _ in found[:MAX_SPANS]]
    return fails(found[0][0], f"{said} should not be there.", measured=len(found), wanted=0, spans=spans)


def _refuse_much(words: Sequence[str], text: str) -> None:
    if len(text) * sum(len(word.split()) for word in words) > MAX_WORK:
        raise OverLimit("too many words to look for in so long a text")


def _places(word: str, text: str) -> list[Span]:
    # Only escaped text and one kind of loop, each bounded by a literal: at worst text times words of the phrase.
    inside = r"\s+".join(re.escape(part) for part in word.split())
    before = r"(?<!\w)" if re.match(r"\w", word) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", word) else ""
    return [match.span() for match in re.finditer(before + inside + after, text, re.IGNORECASE)]

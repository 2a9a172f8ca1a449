"""A response that is one of the answers it may choose from."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from checkers import params
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.limits import OverLimit
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_WORK = 20_000_000
"""Characters of the text times words of the options: each may be compared at each place."""
MAX_SPANS = 200
FEW_WORDS = 3

_AROUND = string.punctuation + string.whitespace + "“”‘’«»。！？…"


@constraint(version=1)
def one_of(trace: Trace, asked: Constraint) -> Finding:
    """The response says one of `options` and no other; with `alone`, it is that option and nothing else.

    Case, blanks and the signs around it are no matter: "**Yes.**" is the option "yes". An option of one or two words
    may also stand there by chance ("Yes, no doubt"): where several are said, it is unknown.
    """
    params.refuse_unknown(asked, "options", "alone")
    options = params.words(asked, "options")
    if params.flag(asked, "alone", default=False):
        return _alone(trace.text, options)
    return _among(trace.text, options)


def _alone(text: str, options: Sequence[str]) -> Finding:
    whole, said = (0, len(text)), plain(text)
    if said and said in map(plain, options):
        return holds(whole, f"The response is “{_short(said)}”.", measured=said, wanted=list(options))
    begun = plain(next((line for line in text.split("\n") if plain(line)), ""))
    repair = next((option for option in options if plain(option) and plain(option) == begun), None)
    message = "There is more than the answer." if repair else f"The response is none of {_listed(options)}."
    return fails(whole, message, repair=repair, measured=_short(text.strip()), wanted=list(options))


def _among(text: str, options: Sequence[str]) -> Finding:
    if len(text) * sum(len(option.split()) for option in options) > MAX_WORK:
        raise OverLimit("too many options to look for in so long a text")
    places = sorted(span for option in options for span in _places(plain(option) or option, text))
    found = {plain(text[start:end]) or text[start:end]: (start, end) for start, end in _outermost(places)}
    whole = (0, len(text))
    if len(found) == 1:
        said, span = next(iter(found.items()))
        return holds(whole, f"It says “{_short(said)}”.", measured=said, wanted=list(options), spans=[list(span)])
    if not found:
        return fails(whole, f"It says none of {_listed(options)}.", measured=0, wanted=list(options))
    spans = [list(span) for span in sorted(found.values())][:MAX_SPANS]
    message = f"It says {len(found)} of the options: {_listed(list(found))}."
    if any(len(said.split()) < FEW_WORDS for said in found):
        # "Yes, and there is no doubt" says both words, and answers.
        reason = "several options"
        return unknown(whole, message, reason=reason, measured=len(found), wanted=list(options), spans=spans)
    return fails(whole, message, measured=len(found), wanted=list(options), spans=spans)


def plain(said: str) -> str:
    """The words of an answer without case, the signs around them and blanks but one; empty where it is only signs."""
    return " ".join(said.strip(_AROUND).casefold().replace("’", "'").split())


def _places(option: str, text: str) -> list[Span]:
    # Escaped words between literals, so that blanks are passed over once for each place of the first word.
    inside = r"\s+".join(re.escape(word).replace("'", "['’]") for word in option.split())
    return [match.span() for match in re.finditer(rf"(?<!\w){inside}(?!\w)", text, re.IGNORECASE)]


def _outermost(places: Sequence[Span]) -> list[Span]:
    """Those that lie in no other: "I know" within "I know nothing" is not said by itself."""
    kept: list[Span] = []
    for start, end in sorted(places, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _listed(options: Sequence[str]) -> str:
    return ", ".join(f"“{_short(option)}”" for option in options[:5]) + (" …" if len(options) > 5 else "")


def _short(said: str) -> str:
    return said if len(said) <= 60 else said[:60] + "…"

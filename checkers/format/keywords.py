"""Words and phrases that a response must have, must not have, or must have so many times."""

from __future__ import annotations

from dataclasses import replace

from checkers import params
from checkers.counted import Bounds, counted, spans_of
from checkers.finding import Finding, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.phrase import places, refuse_much
from checkers.trace import Constraint, Trace


@constraint(version=2)
def include(trace: Trace, asked: Constraint) -> Finding:
    """Each of `words` stands in the response, `min` times at least (once unless given).

    Whole words, whatever their case; a phrase may have any blanks between its words.
    """
    params.refuse_unknown(asked, "words", "min")
    wanted, least = params.words(asked, "words"), params.count(asked, "min")
    least = 1 if least is None else least
    if least == 0:
        raise BadParams("the parameter 'min' must be 1 at least")
    refuse_much(wanted, trace.text)
    found = {word: places(word, trace.text) for word in wanted}
    missing = [word for word in wanted if len(found[word]) < least]
    whole = (0, len(trace.text))
    measured = {word: len(spans) for word, spans in found.items()}
    if not missing:
        spans = spans_of([span for spans in found.values() for span in spans])
        return holds(whole, "All the words asked for are there.", measured=measured, wanted=least, spans=spans)
    said = ", ".join(f"“{word}”" for word in missing[:5]) + (" …" if len(missing) > 5 else "")
    few = "missing" if least == 1 else f"there fewer than {least:,} times"
    verb = "is" if len(missing) == 1 else "are"
    return fails(whole, f"{said} {verb} {few}.", measured=measured, wanted=least, missing=missing)


@constraint(version=2)
def exclude(trace: Trace, asked: Constraint) -> Finding:
    """None of `words` stands in the response: whole words, whatever their case."""
    params.refuse_unknown(asked, "words")
    unwanted = params.words(asked, "words")
    refuse_much(unwanted, trace.text)
    found = [(span, word) for word in unwanted for span in places(word, trace.text)]
    if not found:
        return holds((0, len(trace.text)), "None of the words to avoid is there.", measured=0, wanted=0)
    found.sort()
    said = ", ".join(f"“{word}”" for word in list(dict.fromkeys(word for _, word in found))[:5])
    spans = spans_of([span for span, _ in found])
    return fails(found[0][0], f"{said} should not be there.", measured=len(found), wanted=0, spans=spans)


@constraint(version=1)
def frequency(trace: Trace, asked: Constraint) -> Finding:
    """The word or phrase `word` stands in the response at least `min` and at most `max` times.

    Whole words, whatever their case.
    """
    params.refuse_unknown(asked, "word", "min", "max", "tolerance_percent")
    word, bounds = params.text(asked, "word"), Bounds.of(asked)
    if word is None:
        raise BadParams("the parameter 'word' is missing")
    found = places(word.strip(), trace.text)
    said = f"“{word.strip()}” stands there"
    told = counted((0, len(trace.text)), len(found), bounds, "time", places=found)
    return replace(told, message=f"{said} {told.message}")

"""Responses that are written the wrong way round, word by word or letter by letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkers import params
from checkers.finding import Finding, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@constraint(version=1)
def words(trace: Trace, asked: Constraint) -> Finding:
    """Read from its last word to its first, the response says `phrase`, and read as it stands it does not."""
    params.refuse_unknown(asked, "phrase")
    phrase = _WORD.findall(_phrase(asked).casefold())
    _refuse_same(phrase)
    said = _WORD.findall(trace.text.casefold())
    return _judged(
        trace,
        phrase[::-1],
        backwards=f" {' '.join(phrase)} " in f" {' '.join(reversed(said))} ",
        forwards=f" {' '.join(phrase)} " in f" {' '.join(said)} ",
    )


@constraint(version=1)
def letters(trace: Trace, asked: Constraint) -> Finding:
    """Read from its last letter to its first, the response says `phrase`, and read as it stands it does not."""
    params.refuse_unknown(asked, "phrase")
    phrase = " ".join(_phrase(asked).casefold().split())
    _refuse_same(phrase)
    said = " ".join(trace.text.casefold().split())
    return _judged(trace, [phrase[::-1]], backwards=phrase[::-1] in said, forwards=phrase in said)


def _phrase(asked: Constraint) -> str:
    phrase = params.text(asked, "phrase")
    if phrase is None or not _WORD.search(phrase):
        raise BadParams("the parameter 'phrase' must have a word")
    return phrase


def _refuse_same(phrase: Sequence[str]) -> None:
    if phrase == phrase[::-1]:
        raise BadParams("the parameter 'phrase' reads the same both ways")


def _judged(trace: Trace, wanted: list[str], *, backwards: bool, forwards: bool) -> Finding:
    whole, shown = (0, len(trace.text)), " ".join(wanted)
    if backwards and not forwards:
        return holds(whole, f"It says “{shown}”.", measured=shown, wanted=shown)
    message = "It says the phrase the right way round." if forwards else f"It does not say “{shown}”."
    return fails(whole, message, measured="forwards" if forwards else None, wanted=shown)

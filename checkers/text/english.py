"""English words of small classes: where conjunctions and pronouns stand, for sure and perhaps."""

from __future__ import annotations

import re

from checkers.finding import Span
from checkers.text.bare_word import bare_words, said

_ALWAYS = frozenset({"and", "but", "or", "nor"})
_AT_TIMES = frozenset({"for", "so", "yet"})
_PRONOUNS = """
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
it its itself they them their theirs themselves themself oneself thou thee thy thine
"""
_PERHAPS = """
this that these those who whom whose which what whoever whomever whatever whichever someone somebody something anyone
anybody anything everyone everybody everything no-one nobody nothing none one ones each other others another both either
neither few many several some any all such most more much less enough same ye
"""
_SURE = frozenset(_PRONOUNS.split())
_DOUBTFUL = frozenset(_PERHAPS.split())
_CLITICS = frozenset({"m", "re", "s", "ve", "ll", "d"})
_JOINING = re.compile(r"(?:[,;:.!?)\]\"”’—–\n]\s*|\A\s*)[\"'“‘*_>-]*\s*\Z")
_NUMBERED = re.compile(
    r"\b(?:section|part|chapter|act|scene|volume|phase|war|type|class|level|book|table|figure|appendix)\s\Z",
    re.IGNORECASE,
)
"""What an I behind is a numeral to."""
_REACH = 12


def conjunction_places(text: str) -> tuple[dict[str, Span], dict[str, Span]]:
    """Each coordinating conjunction of the text with its first place: those there for sure, and those there perhaps.

    "for", "so" and "yet" are sure behind a sign that parts clauses or at the start of a sentence.
    """
    sure: dict[str, Span] = {}
    doubtful: dict[str, Span] = {}
    for span in bare_words(text):
        if span[1] - span[0] > 3:
            continue
        word = said(text, span)
        if word in _ALWAYS:
            sure.setdefault(word, span)
        elif word in _AT_TIMES:
            joins = _JOINING.search(text, max(0, span[0] - _REACH), span[0]) is not None
            (sure if joins else doubtful).setdefault(word, span)
    return sure, doubtful


def pronoun_places(text: str) -> tuple[list[Span], list[Span]]:
    """Where pronouns stand for sure, and where words stand that are pronouns at times."""
    sure: list[Span] = []
    doubtful: list[Span] = []
    loud = text.isupper()
    for span in bare_words(text):
        word, mark, clitic = said(text, span).partition("'")
        if mark and clitic not in _CLITICS:
            continue
        if word == "i" and _NUMBERED.search(text, max(0, span[0] - _REACH), span[0]):
            doubtful.append(span)
            continue
        # "US" is a country in a text that is not all in capitals.
        if word in _SURE and (loud or text[span[0] : span[1]] != "US"):
            sure.append(span)
        elif word in _DOUBTFUL:
            doubtful.append(span)
    return sure, doubtful

"""Whether a text is in the language asked for, and in no other."""

from __future__ import annotations

from checkers.counted import spans_of
from checkers.finding import Finding, fails, holds, unknown
from checkers.params import BadParams
from checkers.text.spoken import code_of, language_of, may_be, other_parts
from checkers.trace import Trace


def in_language(trace: Trace, asked: str | None) -> Finding:
    """A finding on the whole text; raises BadParams for a language that nobody can tell here."""
    language = code_of(asked) if asked is not None else None
    if language is None:
        raise BadParams("the parameter 'language' must be the code of a known language, as in 'en'")
    text = trace.text
    whole, spoken = (0, len(text)), language_of(text)
    if spoken is not None and not may_be(spoken.language, language):
        message = f"This is in “{spoken.language}”, and should be in “{language}”."
        return fails(whole, message, measured=spoken.language, wanted=language)
    others = other_parts(text, language, spoken)
    if others:
        message = f"This is not in “{language}”, and no other language should be there."
        return fails(others[0], message, measured=len(others), wanted=language, spans=spans_of(others))
    if spoken is None or spoken.language != language:
        message = f"Whether this is in “{language}” cannot be told: too short, too mixed, or too like another language."
        return unknown(whole, message, reason="language not told", wanted=language)
    return holds(whole, f"This is in “{language}”.", measured=language, wanted=language)

"""Texts for which a kind of constraint is not defined: what an English word is, or any word, cannot be told there."""

from __future__ import annotations

import unicodedata

from checkers.finding import Finding, unknown
from checkers.text.word import is_unspaced
from checkers.trace import Trace

ENOUGH = 4_000
"""Characters that are looked at for their script."""


def not_english(trace: Trace) -> Finding | None:
    """An unknown finding where the item is in another language, or its text mostly in another script; else None."""
    speech = trace.about.speech
    if speech not in ("", "en"):
        return unknown((0, len(trace.text)), "This is defined for English only.", reason=f"the language is {speech}")
    if not _is_mostly_latin(trace.text):
        return unknown((0, len(trace.text)), "This is defined for English only.", reason="another script")
    return None


def without_blanks(trace: Trace) -> Finding | None:
    """An unknown finding where the text has letters of a script that sets no blanks between words; else None."""
    if not trace.text.isascii() and is_unspaced(trace.text):
        message = "This text is in a script that sets no blanks between words."
        return unknown((0, len(trace.text)), message, reason="no blanks between words")
    return None


def not_latin(trace: Trace) -> Finding | None:
    """An unknown finding where the text is mostly in another script than the Latin one; else None."""
    if _is_mostly_latin(trace.text):
        return None
    return unknown((0, len(trace.text)), "This is defined for Latin letters only.", reason="another script")


def _is_mostly_latin(text: str) -> bool:
    if text.isascii():
        return True
    letters = [sign for sign in text[:ENOUGH] if sign.isalpha()]
    latin = sum(sign.isascii() or unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
    return 2 * latin >= len(letters)

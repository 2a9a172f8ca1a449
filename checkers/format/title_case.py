"""Title case: a capital in front of every word that matters."""

from __future__ import annotations

import re

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_SMALL = """
a an the and but or nor for so yet as if than that when once about above across after against along amid among
around at before behind below beneath beside besides between beyond by despite down during except for from in
inside into like near of off on onto out outside over past per since through throughout till to toward towards
under underneath until up upon v vs versus via with within without etc eg ie de la le von van der al et
"""
_MINOR = frozenset(_SMALL.split())
_SKIPPED = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]+|\\\(|\\\)|\$[^$\n]*\$", re.S
)
_MAY_BE_SKIPPED = re.compile(r"[`@$\\]|https?://|www\.")
_WORD = re.compile(r"""(?<![^\s"“‘'(\[{*_~>#—–|/:])[^\W\d_]+(?:['’][^\W\d_]+)*(?![^\W_]|\.\w|[@\\=_])""")
MIN_SHOUTED = 3


@constraint(version=1)
def whole(trace: Trace, asked: Constraint) -> Finding:
    """Each word of the response begins with a capital but the minor ones: articles, conjunctions, prepositions.

    These may have one. Single letters, words with a capital inside or digits, as iPhone and x86, words behind a hyphen,
    code, formulas and addresses are left alone; a text in capitals throughout is not in title case. English only.
    """
    params.refuse_unknown(asked)
    text, everything = trace.text, (0, len(trace.text))
    if trace.about.speech not in ("", "en"):
        message = "Which words begin with a capital in a title is known for English only."
        return unknown(everything, message, reason="not defined for the language")
    words = _words(text)
    if not words:
        return unknown(everything, "There is no word here whose letters have a case.", reason="no case")
    if len(words) >= MIN_SHOUTED and all(word.isupper() for _, word in words):
        return fails(everything, "All of it is in capitals.", measured=len(words), wanted=0)
    broken = [span for span, word in words if _is_small(word)]
    if not broken:
        return holds(everything, f"{amount(len(words), 'word')} in title case.", measured=0, wanted=0)
    shown = ", ".join(f"“{text[start:end][:40]}”" for start, end in broken[:3]) + (" …" if len(broken) > 3 else "")
    message = f"{amount(len(broken), 'word')} without a capital: {shown}."
    repair = _capitalised(text, broken)
    return fails(everything, message, repair=repair, measured=len(broken), wanted=0, spans=spans_of(broken))


def _words(text: str) -> list[tuple[Span, str]]:
    """The words that are judged: two letters or more, without digits, not behind a hyphen or in a file's name."""
    found, done = [], 0
    skipped = [match.span() for match in _SKIPPED.finditer(text)] if _MAY_BE_SKIPPED.search(text) else []
    for start, end in [*skipped, (len(text), len(text))]:
        for match in _WORD.finditer(text, done, start):
            word = match[0]
            if len(word) > 1 and word.upper() != word.lower():
                found.append((match.span(), word))
        done = end
    return found


def _is_small(word: str) -> bool:
    return word.islower() and word not in _MINOR and word[0] != word[0].upper()


def _capitalised(text: str, small: list[Span]) -> str:
    pieces, done = [], 0
    for start, _ in small:
        pieces += [text[done:start], text[start].upper()]
        done = start + 1
    return "".join([*pieces, text[done:]])

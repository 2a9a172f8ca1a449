"""Where emoji stand."""

from __future__ import annotations

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.text.sentence import sentence_spans
from checkers.trace import Constraint, Trace

_STOPS = ".!?。！？…"
_CLOSING = _STOPS + "\"'”’)]*_~ \t"
_JOINED = "\ufe0f\ufe0e\u200d\u20e3"
"""What a part of an emoji may end in: signs that choose its look, join it to the next or put it on a key."""


@constraint(version=1)
def sentence_ends(trace: Trace, asked: Constraint) -> Finding:
    """An emoji stands at the end of each sentence, in front of its stop or right behind it.

    A line without a stop may be a heading: where only such lines lack one, the constraint is unknown.
    """
    params.refuse_unknown(asked)
    text, whole = trace.text, (0, len(trace.text))
    sentences = sentence_spans(text)
    broken = [span for span in sentences if not _has_emoji(text, span)]
    measured, wanted = len(sentences) - len(broken), len(sentences)
    if not sentences:
        return fails(whole, "There is no sentence.", measured=0)
    if not broken:
        return holds(whole, f"{amount(wanted, 'sentence')}, each with an emoji.", measured=measured, wanted=wanted)
    stopped = [span for span in broken if text[span[0] : span[1]].rstrip("\"'”’)]*_").endswith(tuple(_STOPS))]
    if not stopped and measured:
        message = "A line without an emoji may be a heading or a sentence."
        return unknown(broken[0], message, reason="heading or sentence", measured=measured, wanted=wanted)
    broken = stopped or broken
    message = f"{amount(len(broken), 'sentence')} without an emoji at the end."
    return fails(broken[0], message, measured=measured, wanted=wanted, spans=spans_of(broken))


def _has_emoji(text: str, span: Span) -> bool:
    said = text[span[0] : span[1]].rstrip(_CLOSING + _JOINED)
    if said and _is_emoji(said[-1]):
        return True
    rest = text[span[1] : span[1] + 20].lstrip(_CLOSING)
    return bool(rest) and _is_emoji(rest[0])


def _is_emoji(sign: str) -> bool:
    """Whether it is one, or a part of one: half a flag or a tone of skin."""
    if sign.isascii() or sign.isalnum():
        return False
    from emoji import is_emoji  # its table is read where it is needed

    return is_emoji(sign) or "\U0001f1e6" <= sign <= "\U0001f1ff"

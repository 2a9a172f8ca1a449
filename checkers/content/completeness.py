"""Responses that stop too early: cut off in the middle, or an answer without the reasoning that was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.answers import answer_span
from checkers.finding import Finding, suspicious
from checkers.reasoning.ending import cut_off
from checkers.reasoning.move import COT
from checkers.registry import rule
from checkers.text.sentence import sentence_spans
from checkers.text.word import is_unspaced, word_spans
from checkers.trace import Trace

MOST_WORDS = 12
"""Words of a sentence that says no more than its answer."""
LONGEST = 400
"""Characters of a response that may be a bare answer."""
_STEPS_ASKED = re.compile(
    r"\bstep[- ]by[- ]step\b|\bshow (?:all |each of )?(?:your|the|each|every) (?:work|steps?|working|reasoning)\b|"
    r"\bexplain (?:your|the|each) (?:reasoning|steps?|thinking)\b|\bthink (?:it |this )?through\b|"
    r"\bshow how you\b|\bjustify your (?:answer|reasoning)\b",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\b(?:because|since|so|thus|therefore|hence|then|if|first|which means|implies)\b|[=≈+×÷]|\\times|<"
)

_NUMBER = re.compile(r"[0-9]+")


@rule(version=1, scope="trace")
def truncated(trace: Trace) -> Iterator[Finding]:
    """The response comes to its end: no fence, formula or bracket is left open, and no sentence stops in its middle.

    Also when an answer is announced and nothing follows. Silent where an `answer` stands beside the steps and the
    last step ends in a colon or leads on to it.
    """
    step = len(trace.steps) - 1 if trace.steps and trace.response is None else None
    text = trace.text if step is None else trace.steps[step].text
    whole = trace.text if trace.steps else text
    found = cut_off(text, has_answer=trace.answer is not None and step is not None, whole=whole)
    if found is not None:
        yield suspicious(found.span, found.message, step=step, kind=found.kind)


@rule(version=1, scope="trace")
def bare_answer(trace: Trace) -> Iterator[Finding]:
    """Where reasoning is asked for, the response has some and not an answer alone.

    Reasoning is asked for in the task `cot`, or by a prompt that says "step by step" or the like.
    """
    if trace.about.task != COT and _STEPS_ASKED.search(trace.prompt) is None:
        return
    text = trace.text.strip()
    if not text or len(text) > LONGEST or len(trace.steps) > 1 or is_unspaced(text):
        return
    sentences = sentence_spans(trace.text)
    if not 0 < len(sentences) <= 2:
        return
    if all(_is_bare(trace.text[start:end]) for start, end in sentences):
        yield suspicious(
            (0, len(trace.text)), "An answer without the reasoning that leads to it.", wanted="reasoning", measured=0
        )


def _is_bare(sentence: str) -> bool:
    """Whether a sentence states an answer, or nothing, in few words and without a calculation or a reason."""
    stated = answer_span(sentence)
    rest = sentence if stated is None else sentence[: stated[0]] + sentence[stated[1] :]
    is_short = len(word_spans(rest)) <= MOST_WORDS and len(_NUMBER.findall(rest)) <= 1
    return is_short and _REASONS.search(rest) is None

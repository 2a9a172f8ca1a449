"""Questions with answers to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from checkers import params
from checkers.counted import Bounds, amount, counted, spans_of
from checkers.finding import Finding, Span, Verdict, fails, holds
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_FRAME = " \t#*_>"
_OPTION = re.compile(r"(?:[-*•]\s+)?[*_(]{0,3}(?:[A-Za-z]|[0-9]{1,2})[.):|][*_)]{0,3}\s*\S")
_LETTER = re.compile(r"(?<!\S)[*_(]{0,3}([A-Za-z])[.):]")
_NUMBER = re.compile(r"[ \t]*(?:[0-9]{1,4}\b)?[ \t.:)*_-]*")


@dataclass(slots=True)
class _Question:
    span: Span
    said: list[str] = field(default_factory=list)
    options: int = 0

    @property
    def lengths(self) -> tuple[int, int]:
        """In characters and in words."""
        words = " ".join(self.said).split()
        return len(" ".join(words)), len(words)


@constraint(version=1)
def multiple_choice(trace: Trace, asked: Constraint) -> Finding:
    """The response is at least `min` and at most `max` multiple-choice questions, with nothing in front of the first.

    Each begins with `label` ("Question" unless given) and has `options` lines to choose from, as in "A) …" or "1. …".
    With `growing`, each is longer than the one before, in characters or in words.
    """
    params.refuse_unknown(asked, "min", "max", "label", "options", "growing")
    bounds, wanted = Bounds.of(asked), params.count(asked, "options")
    growing = params.flag(asked, "growing", default=False)
    front, found = _read(trace.text, params.text(asked, "label") or "Question")
    number = counted((0, len(trace.text)), len(found), bounds, "question", places=[each.span for each in found])
    if number.verdict is not Verdict.HOLDS:
        return number
    if front is not None:
        return fails(front, "Something stands in front of the first question.", measured=1, wanted=0)
    broken = [each for each in found if each.options != wanted] if wanted is not None else []
    if broken:
        message = f"This question has {amount(broken[0].options, 'option')}, not {wanted}."
        spans = spans_of([each.span for each in broken])
        return fails(broken[0].span, message, measured=broken[0].options, wanted=wanted, spans=spans)
    if growing and (short := _first_shorter(found)):
        lengths = [each.lengths[0] for each in found[:200]]
        return fails(short.span, "This question is not longer than the one before.", measured=lengths)
    return holds((0, len(trace.text)), number.message, measured=len(found), wanted=bounds.wanted)


def _first_shorter(found: list[_Question]) -> _Question | None:
    """The first that is not longer than the one before; None where one of the two measures grows all along."""
    lengths = [each.lengths for each in found]
    short = [next((at for at in range(1, len(found)) if lengths[at][by] <= lengths[at - 1][by]), None) for by in (0, 1)]
    return None if None in short else found[short[0] or 0]


def _read(text: str, label: str) -> tuple[Span | None, list[_Question]]:
    """What stands in front of the first question, and the questions."""
    front, found, start = None, list[_Question](), 0
    for line in text.split("\n"):
        span, said = (start, start + len(line)), line.strip(_FRAME)
        start += len(line) + 1
        if said.startswith(label) and not said[len(label) : len(label) + 1].isalpha():
            found.append(_Question(span, [_behind(said, label)]))
        elif found and _OPTION.match(line.strip()):
            found[-1].options += _options(line)
            found[-1].span = found[-1].span[0], span[1]
        elif found and not found[-1].options:
            found[-1].said.append(line)
        elif not found and said and front is None:
            front = span
    return front, found


def _options(line: str) -> int:
    """How many options stand on the line: one, or as many as it has letters in order from its first on."""
    letters = _LETTER.findall(line)
    in_order = [at for at, letter in enumerate(letters) if ord(letter) == ord(letters[0]) + at]
    return max(1, len(in_order)) if len(in_order) == len(letters) else 1


def _behind(said: str, label: str) -> str:
    number = _NUMBER.match(said, len(label))
    return said[number.end() :] if number else said[len(label) :]

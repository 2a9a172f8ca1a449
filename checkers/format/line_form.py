"""The form of the lines: one word each, stairs of indents, or no blanks at all."""

from __future__ import annotations

import re
from itertools import islice

from checkers import params
from checkers.counted import MAX_SPANS, amount, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_STAIRS = 200
"""Lines of which stairs are offered: each is longer than the one above."""
TAB = 4
_BLANK = re.compile(r"\s")


@constraint(version=1)
def one_word(trace: Trace, asked: Constraint) -> Finding:
    """No line has more than one word; signs without letter or digit are no words."""
    params.refuse_unknown(asked)
    broken = [span for span in _lines(trace.text) if _has_two(trace.text[span[0] : span[1]])]
    if not broken:
        return holds(_whole(trace), "No line has more than one word.", measured=0, wanted=0)
    message = f"{amount(len(broken), 'line')} with more than one word."
    repair = "\n".join(trace.text.split())
    return fails(_whole(trace), message, repair=repair, measured=len(broken), wanted=0, spans=spans_of(broken))


@constraint(version=1)
def stairs(trace: Trace, asked: Constraint) -> Finding:
    """Each line is indented more than the one above it; blank lines and code fences around are no lines.

    There must be two at least. A tab reaches to the next fourth column.
    """
    params.refuse_unknown(asked)
    lines = [span for span in _lines(trace.text) if not trace.text[span[0] : span[1]].strip().startswith("```")]
    indents = [_indent(trace.text[start:end]) for start, end in lines]
    broken = [lines[at] for at in range(1, len(lines)) if indents[at] <= indents[at - 1]]
    if len(lines) < 2:
        return fails(_whole(trace), "One line makes no stairs.", measured=len(lines), wanted={"min": 2})
    if not broken:
        return holds(_whole(trace), f"{amount(len(lines), 'line')}, each indented more.", measured=0, wanted=0)
    first = trace.text[broken[0][0] : broken[0][1]].strip()
    message = f"“{first[:40]}{'…' if len(first) > 40 else ''}” is not indented more than the line above."
    repair = _as_stairs(trace.text, lines) if len(lines) <= MAX_STAIRS else None
    return fails(_whole(trace), message, repair=repair, measured=len(broken), wanted=0, spans=spans_of(broken))


@constraint(version=1)
def no_blanks(trace: Trace, asked: Constraint) -> Finding:
    """The response has no white space in it; blanks in front of it and behind it do not count."""
    params.refuse_unknown(asked)
    text = trace.text
    start = len(text) - len(text.lstrip())
    repair = "".join(text.split())
    count = len(text.strip()) - len(repair)
    if not count:
        return holds(_whole(trace), "No white space.", measured=0, wanted=0)
    found = _BLANK.finditer(text, start, len(text.rstrip()))
    spans = spans_of([blank.span() for blank in islice(found, MAX_SPANS)])
    message = f"{amount(count, 'blank')}, none wanted."
    return fails(_whole(trace), message, repair=repair, measured=count, wanted=0, spans=spans)


def _has_two(line: str) -> bool:
    words = (said for said in line.split() if any(map(str.isalnum, said)))
    return len(list(islice(words, 2))) > 1


def _lines(text: str) -> list[Span]:
    """The lines that are not blank."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _indent(line: str) -> int:
    blanks = line[: len(line) - len(line.lstrip())]
    return len(blanks.expandtabs(TAB))


def _as_stairs(text: str, lines: list[Span]) -> str:
    steps = (f"{'  ' * at}{text[start:end].strip()}" for at, (start, end) in enumerate(lines))
    return "\n".join(steps)


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)

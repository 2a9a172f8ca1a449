"""Regular expressions that a response must match, or must not."""

from __future__ import annotations

from typing import Any

from checkers import params
from checkers.counted import MAX_SPANS, Bounds, counted, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.limits import OverLimit
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_PATTERN = 1_000
MAX_MEMORY = 8 << 20
MAX_WORK = 1_000_000_000
"""Size of the compiled pattern times characters it may run over: some seconds where it has no table for them."""

_SYNTAX = "patterns are in RE2 syntax, which has no look-around and no references back"


@constraint(version=1)
def matches(trace: Trace, asked: Constraint) -> Finding:
    r"""The pattern matches somewhere in the response, or with `whole: true` all of it without the blanks around it.

    `min` and `max` say how many matches there may be, none of them overlapping; once at least unless given. Patterns
    are in RE2 syntax: `(?i)` for any case, `(?m)` for `^` and `$` at each line, `(?s)` for a dot that takes line
    breaks; no look-around (say what must not match with `pattern.absent`) and no references back.
    """
    params.refuse_unknown(asked, "pattern", "whole", "min", "max")
    regexp, whole = _compiled(asked), params.flag(asked, "whole", default=False)
    bounds = _bounds(asked)
    if whole:
        return _whole(trace, regexp, bounds)
    enough = bounds.low if bounds.most is None else bounds.most + 1
    found, is_all = _places(trace, regexp, at_most=max(enough, MAX_SPANS))
    span = 0, len(trace.text)
    if not is_all and len(found) < enough:
        raise OverLimit("the pattern is too large for so long a text")
    if is_all or bounds.most is not None:
        return counted(span, len(found), bounds, "match", many="matches", places=found)
    said = f"At least {len(found):,} matches."
    return holds(span, said, measured=len(found), wanted=bounds.wanted, spans=spans_of(found))


@constraint(version=1)
def absent(trace: Trace, asked: Constraint) -> Finding:
    """The pattern matches nowhere in the response; it is written as for `pattern.matches`."""
    params.refuse_unknown(asked, "pattern")
    found, is_all = _places(trace, _compiled(asked), at_most=MAX_SPANS)
    if not found:
        return holds((0, len(trace.text)), "The pattern matches nowhere.", measured=0, wanted=0)
    count = f"{len(found):,}" if is_all else f"at least {len(found):,}"
    said = f"The pattern to avoid matches {'once' if count == '1' else count + ' times'}."
    return fails(found[0], said, measured=len(found), wanted=0, spans=spans_of(found))


def _bounds(asked: Constraint) -> Bounds:
    given = any(asked.params.get(name) is not None for name in ("min", "max"))
    if not given:
        return Bounds(least=1)
    least, most = params.bounds(asked)
    return Bounds(least, most)


def _whole(trace: Trace, regexp: Any, bounds: Bounds) -> Finding:
    if bounds != Bounds(least=1):
        raise BadParams("'whole' goes with neither 'min' nor 'max'")
    text = trace.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    span = min(start, end), end
    if regexp.programsize * (end - start + 1) > MAX_WORK:
        raise OverLimit("the pattern is too large for so long a text")
    if regexp.fullmatch(_bytes(text[slice(*span)])):
        return holds(span, "The pattern matches the whole response.")
    return fails(span, "The pattern does not match the whole response.")


def _compiled(asked: Constraint) -> Any:
    import re2  # loaded only where a pattern is asked for

    pattern = params.text(asked, "pattern", most=MAX_PATTERN)
    if pattern is None:
        raise BadParams("no 'pattern' is given")
    options = re2.Options()
    options.max_mem, options.log_errors = MAX_MEMORY, False
    try:
        return re2.compile(pattern.encode("utf-8"), options)
    except UnicodeEncodeError:
        raise BadParams("the pattern has half of a character in it") from None
    except re2.error as error:
        said = error.args[0] if error.args else ""
        why = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise BadParams(f"the pattern cannot be read ({why[:80]}); {_SYNTAX}") from None


def _places(trace: Trace, regexp: Any, *, at_most: int) -> tuple[list[Span], bool]:
    """The first matches as code points, and whether they are all: each search may run to the end of the text."""
    data = _bytes(trace.text)
    found: list[Span] = []
    at = done = counted_to = work = 0
    while at <= len(data):
        work += regexp.programsize * (len(data) - at + 1)
        if len(found) >= at_most or work > MAX_WORK:
            return found, False
        trace.budget.look()
        match = regexp.search(data, at)
        if match is None:
            break
        start, end = match.span()
        counted_to, done = counted_to + _length(data[done:start]), start
        found.append((counted_to, counted_to + _length(data[start:end])))
        at = end if end > start else _next(data, end)
    return found, True


def _next(data: bytes, at: int) -> int:
    at += 1
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at


def _length(data: bytes) -> int:
    return len(data.decode("utf-8", "ignore"))


def _bytes(text: str) -> bytes:
    # Half a character becomes one other sign, so that all places stay what they are.
    return text.encode("utf-8", "replace")

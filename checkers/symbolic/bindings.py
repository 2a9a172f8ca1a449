"""Names keep the value they are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checkers.claims.naming import Binding, Turns, bindings, turns
from checkers.finding import Finding, fails, holds
from checkers.formula.written import shown
from checkers.registry import rule
from checkers.trace import Trace

SHORT = 2
"""Letters of a name that is no word; a word such as `Total` may name one thing after the other."""


@rule(version=2, scope="trace", measured=True)
def value(trace: Trace) -> Iterator[Finding]:
    """A name that was given a value does not get another one.

    Values that are tried, supposed, one of several, of another case or said anew are left alone, and so is a name with
    more than two values, which runs through them. Claims are compared within their scope.
    """
    named: dict[tuple[str, str], list[Binding]] = {}
    for each in trace.once(bindings):
        named.setdefault((each.name, each.scope), []).append(each)
    for given in named.values():
        yield from _compared(given, trace.once(turns))
        trace.budget.look()


def _compared(given: Sequence[Binding], known: Turns) -> Iterator[Finding]:
    if len({each.value for each in given if each.written}) > 2:
        return
    before: Binding | None = None
    for each in (each for each in given if each.is_firm):
        if before is not None and before.value == each.value:
            yield holds(each.span, f"{each.name} is {shown(each.value)} here as before.", step=each.step)
        elif before is not None and _is_another(before, each, known):
            yield _changed(before, each)
        before = each


def _is_another(before: Binding, each: Binding, known: Turns) -> bool:
    if not before.written and not each.written:
        return True
    if len(each.name) > SHORT and "_" not in each.name and not each.name.isupper() and not each.is_plain:
        return False
    return not known.between(before, each)


def _changed(before: Binding, each: Binding) -> Finding:
    message = f"{each.name} is {shown(each.value)} here, but it was {shown(before.value)} before."
    first = {"step": before.step, "span": list(before.span)}
    return fails(each.span, message, step=each.step, left=shown(before.value), right=shown(each.value), before=first)

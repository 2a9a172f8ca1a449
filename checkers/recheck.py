"""Checking a trace again after an edit: only what the edit can change is looked at anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from checkers.demanded import Reading
from checkers.edit import Edit
from checkers.finding import Finding
from checkers.limits import Limits
from checkers.registry import Rule, all_rules
from checkers.run import Report, Run
from checkers.trace import Trace


def recheck(
    trace: Trace,
    edit: Edit,
    report: Report,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    reading: Reading = "fixed",
    loose: bool = False,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    rules: Sequence[Rule] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Report:
    """What `check` says of `edit.applied(trace)`, exactly, given its `report` on `trace`.

    A rule of scope `step` looks at the changed steps only and keeps its findings on the others, moved to where these
    stand now; every other rule and every constraint is decided anew. The report may be of other rules or limits:
    what it does not answer is run whole.
    """
    after = edit.applied(trace)
    run = Run.begun(after, limits=limits, reading=reading, loose=loose, clock=clock)
    least = Edit.between(trace, after)
    only_changed = replace(run, trace=replace(run.trace, steps=least.steps, _memo={}))
    again = _Again(least, report, run, only_changed, may_keep=bool(trace.steps and after.steps))
    known = all_rules() if rules is None else rules
    return run.report(known, again.rule, select=select, ignore=ignore)


@dataclass(frozen=True, slots=True)
class _Again:
    """One re-check: the least edit, what was found before it, and the run over what stands there now."""

    edit: Edit
    before: Report
    run: Run
    only_changed: Run
    """The same run over the changed steps alone."""
    may_keep: bool
    """False where a step rule reads the text as one piece, because there are no steps."""

    def rule(self, asked: Rule) -> Sequence[Finding]:
        found = self._kept_and_new(asked)
        return list(self.run.rule(asked)) if found is None else found

    def _kept_and_new(self, asked: Rule) -> Sequence[Finding] | None:
        """The findings of a step rule without reading the steps that stayed; None where it must be run whole."""
        was_asked = (asked.name, asked.version) in self.before.rules
        if asked.scope != "step" or not was_asked or not self.may_keep or self.run.excess is not None:
            return None
        kept = self._kept(asked)
        new = self._new(asked)
        if kept is None or new is None or len(kept) + len(new) > self.run.limits.max_findings:
            return None
        return [*kept, *new]

    def _kept(self, asked: Rule) -> list[Finding] | None:
        shift = len(self.edit.steps) - (self.edit.end - self.edit.start)
        kept = []
        for found in self.before.findings:
            if found.rule != asked.name:
                continue
            if found.step is None:  # the rule gave up on the trace as a whole: what it found is not all there was
                return None
            if found.step < self.edit.start:
                kept.append(found)
            elif found.step >= self.edit.end:
                kept.append(replace(found, step=found.step + shift) if shift else found)
        return kept

    def _new(self, asked: Rule) -> list[Finding] | None:
        if not self.edit.steps:
            return []
        found = list(self.only_changed.rule(asked))
        if any(each.step is None for each in found):
            return None
        return [replace(each, step=(each.step or 0) + self.edit.start) for each in found]

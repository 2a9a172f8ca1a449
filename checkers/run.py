"""Checking one trace: every chosen rule, every constraint, and a report that hides nothing it could not decide."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checkers.claims.unsettled import unsettled
from checkers.demanded import Demanded, Reading, decided, demanded
from checkers.facts.sourced import unproven
from checkers.finding import Finding, Json, Verdict, unknown
from checkers.limits import Budget, Late, Limits, OverLimit
from checkers.params import BadParams
from checkers.plan import Plan, planned
from checkers.registry import Rule, all_rules, is_chosen, is_prefix, nearest
from checkers.trace import Constraint, Trace

UNDECIDED_RULE = "constraint"
"""The rule named on the finding of a constraint that no rule decides."""

_WHOLE: frozenset[int | None] = frozenset({None})
_NOWHERE: Mapping[str, Json] = {}
_GRAVITY = (Verdict.FAILS, Verdict.UNKNOWN, Verdict.SUSPICIOUS, Verdict.HOLDS)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings on one trace, by step and place (findings on the whole last), and which rules ran."""

    findings: tuple[Finding, ...]
    rules: tuple[tuple[str, int], ...]
    """Name and version of every rule that was asked, those without a finding too."""
    steps: int
    """How many there are; 0 for a text without steps."""
    unsettled: frozenset[int | None] = frozenset()
    """Steps, or None for the one text, in which something is asserted that no rule decided."""
    excess: str | None = None
    """Why no rule looked at the trace: the limit that it goes beyond, in a few words."""

    @property
    def worst(self) -> Verdict | None:
        """The gravest verdict: fails, unknown, suspicious, holds; None without findings.

        `unknown` stands above `suspicious` and `holds`, so that what could not be decided never looks decided.
        """
        return next((verdict for verdict in _GRAVITY if self.counts[verdict]), None)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many findings there are of each verdict, zero included."""
        counted = Counter(finding.verdict for finding in self.findings)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def covered(self) -> float:
        """Share, 0 to 1, of the steps (or of the one text) in which a claim was decided and none was left open."""
        decided = {found.step for found in self.findings if found.verdict in (Verdict.HOLDS, Verdict.FAILS)}
        decided -= self.unsettled
        return len(decided - {None}) / self.steps if self.steps else float(None in decided)


def check(
    trace: Trace,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    reading: Reading = "fixed",
    loose: bool = False,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    rules: Sequence[Rule] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Report:
    """Everything the chosen rules find in the trace; raises UnknownRule for a name in select or ignore.

    `select` and `ignore` take rooms and dotted prefixes of names; ignore wins. `rules` are all of the house
    unless given. `reading` and `loose` say how constraints are decided: see `checkers.demanded`.
    A rule that crashes or goes beyond its limit gives an `unknown` finding with its reason.
    """
    if not isinstance(trace, Trace):
        raise TypeError(
            f"check wants a Trace, as in check(Trace(response='2 + 2 = 4')), and not {type(trace).__name__}"
        )
    known = all_rules() if rules is None else rules
    run = Run.begun(trace, limits=limits, reading=reading, loose=loose, clock=clock)
    return run.report(known, run.rule, select=select, ignore=ignore)


@dataclass(frozen=True, slots=True)
class Run:
    """What all rules of one check share, and how each of them is run."""

    trace: Trace
    """With the budget of this check."""
    limits: Limits
    reading: Reading
    loose: bool
    excess: str | None
    """Why the trace is too large for any rule; None when it is not."""

    @classmethod
    def begun(cls, trace: Trace, *, limits: Limits, reading: Reading, loose: bool, clock: Callable[[], float]) -> Run:
        """A run that starts now by the clock."""
        budget = Budget(clock() + limits.seconds, clock, limits.max_work)
        return cls(trace.within(budget), limits, reading, loose, excess=_excess(trace, limits))

    def report(
        self,
        known: Sequence[Rule],
        find: Callable[[Rule], Iterable[Finding]],
        *,
        select: Sequence[str] | None,
        ignore: Sequence[str] | None,
    ) -> Report:
        """What `find` gives for each chosen rule, and a finding for every constraint."""
        plan = planned(known, select=select, ignore=ignore)
        findings = [finding for each in plan.finding for finding in find(each)]
        for index, constraint in enumerate(self.trace.constraints):
            demand = demanded(constraint)
            each = plan.deciding.get(demand.own.name)
            if each is not None or _undecided(demand.own, known, select, ignore):
                findings.append(self.constraint(each, index, demand, known))
        if len(findings) > 1:
            findings.sort(key=lambda found: (found.step is None, found.step or 0, found.span, found.rule))
        return Report(tuple(findings), plan.ran, len(self.trace.steps), self._unsettled(plan, findings), self.excess)

    def _unsettled(self, plan: Plan, findings: Sequence[Finding]) -> frozenset[int | None]:
        try:
            self._begin()
            if plan.reads_claims:
                return unsettled(self.trace, findings) | unproven(self.trace)
        except Exception:  # noqa: BLE001, S110  (as above: what cannot be looked at is not settled)
            pass
        return frozenset(range(len(self.trace.steps))) if self.trace.steps else _WHOLE

    def rule(self, asked: Rule) -> Iterator[Finding]:
        """The stamped findings of one rule, ending in an unknown where it could not go on."""
        count = 0
        try:
            self._begin()
            for found in asked.find(self.trace) if asked.find is not None else ():
                if count == self.limits.max_findings:
                    raise OverLimit(f"more than {self.limits.max_findings:,} findings")
                count += 1
                yield self._stamped(asked, found)
                self.trace.budget.look()
        except Exception as error:  # noqa: BLE001  (a broken rule must not cost the findings of the others)
            yield self._stamped(asked, self._gave_up(error))

    def constraint(self, asked: Rule | None, index: int, demand: Demanded, known: Sequence[Rule]) -> Finding:
        """The one finding on one constraint; of the `known` rules the nearest are named where none decides it."""
        try:
            self._begin()
            if index >= self.limits.max_constraints:
                raise OverLimit(f"more than {self.limits.max_constraints:,} constraints")
            if demand.wrong is not None:
                raise demand.wrong
            if asked is None or asked.decide is None:
                found = self._open(_no_rule(demand.own, known), "no rule", rule=UNDECIDED_RULE)
            else:
                found = decided(self.trace, demand, asked.decide, reading=self.reading, loose=self.loose)
        except BadParams as error:
            found = self._open(f"This constraint cannot be read: {error}.", "params")
        except Exception as error:  # noqa: BLE001  (as above)
            found = self._gave_up(error)
        place: dict[str, Json] = {"constraint": demand.given.name, "index": index, "reading": self.reading}
        place |= _origin(demand.given)
        if asked is not None:
            return self._stamped(asked, found, place)
        return replace(found, evidence={**found.evidence, **place})

    def _begin(self) -> None:
        if self.excess is not None:
            raise OverLimit(self.excess)
        self.trace.budget.look()

    def _gave_up(self, error: Exception) -> Finding:
        # The error's own text may quote the draft: only its kind is told, but for bounds, which are ours.
        if isinstance(error, Late):
            return self._open("This rule did not come to its end in time.", "deadline")
        if isinstance(error, OverLimit):
            return self._open(f"This rule stopped at its limit: {error}.", "limit")
        return self._open("This rule crashed and decided nothing.", f"crashed: {type(error).__name__}")

    def _open(self, message: str, reason: str, *, rule: str = "") -> Finding:
        found = unknown((0, len(self.trace.text)), message, reason=reason)
        return replace(found, rule=rule, version=1 if rule else 0)

    def _stamped(self, asked: Rule, found: Finding, place: Mapping[str, Json] = _NOWHERE) -> Finding:
        if not self._is_inside(found):
            found = self._open("This rule pointed outside of the text.", "span outside")
        is_doubt = found.verdict is Verdict.FAILS and not asked.may_fail
        return found.stamped(
            rule=asked.name,
            version=asked.version,
            verdict=Verdict.SUSPICIOUS if is_doubt else found.verdict,
            evidence={**found.evidence, **place} if place else found.evidence,
        )

    def _is_inside(self, found: Finding) -> bool:
        if found.step is None:
            length = len(self.trace.text)
        elif 0 <= found.step < len(self.trace.steps):
            length = len(self.trace.steps[found.step].text)
        else:
            return False
        start, end = found.span
        return 0 <= start <= end <= length


def _origin(given: Constraint) -> dict[str, Json]:
    """Where a constraint comes from that nobody gave, and the place of the prompt that it was read from."""
    if given.origin == "given":
        return {}
    return {"origin": given.origin, **({} if given.span is None else {"asked": list(given.span)})}


def _excess(trace: Trace, limits: Limits) -> str | None:
    if len(trace.steps) > limits.max_steps:
        return f"more than {limits.max_steps:,} steps"
    length = len(trace.response or "") + len(trace.answer or "")
    if trace.steps:
        length += sum(len(step.text) for step in trace.steps)
    return f"more than {limits.max_text:,} characters" if length > limits.max_text else None


def _no_rule(constraint: Constraint, known: Sequence[Rule]) -> str:
    name = repr(constraint.name[:80])
    if any(each.name == constraint.name for each in known):
        return f"The rule {name} decides no constraint."
    near = nearest(constraint.name, [each.name for each in known if each.decide is not None])
    return f"No rule is called {name}; {near}"


def _undecided(
    constraint: Constraint, known: Sequence[Rule], select: Sequence[str] | None, ignore: Sequence[str] | None
) -> bool:
    # A constraint whose rule was left out on purpose is silent; one that has no rule at all is not.
    has_rule = any(each.name == constraint.name and each.decide is not None for each in known)
    return not has_rule and is_chosen(lambda name: is_prefix(name, constraint.name), select=select, ignore=ignore)

"""The calculations that a trace carries out: what is written as their result, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checkers.claims.closed import is_single
from checkers.claims.judgements import Judged, judgements
from checkers.claims.statement import Relation, Statement
from checkers.claims.statements import statements
from checkers.claims.units import without_units
from checkers.decide.worth import exact_value as worth_of
from checkers.finding import Span, Verdict
from checkers.formula.tree import Group, Node
from checkers.trace import Trace


@dataclass(frozen=True, slots=True)
class Result:
    """A calculation with the number that is written as its result: `3 * 4 = 12`, `Total = 3 * 4 = 6 * 2 = 12`."""

    statement: Statement
    calculation: Node
    """The first part that is worked out; parts between it and the number only lead there."""
    before: Node
    """The part before the last: the calculation itself where nothing stands between."""
    written: Node
    """The last part, one number."""
    said: Fraction
    right: Fraction
    is_right: bool
    """Whether the number is what comes out, at its own digits."""
    is_wrong: bool
    """Whether recalculation shows that it is asserted and false."""

    @property
    def step(self) -> int | None:
        """Where it stands; None in a text without steps."""
        return self.statement.step

    @property
    def span(self) -> Span:
        """From the first sign of the calculation to the last of the number."""
        return self.calculation.span[0], self.written.span[1]


def results(trace: Trace) -> tuple[Result, ...]:
    """The results of a trace in order; ask for them by `trace.once(results)`."""
    known = trace.once(judgements)
    found: list[Result] = []
    for statement in trace.once(statements):
        each = result_of(statement, known) if statement.written else None
        if each is not None:
            found.append(each)
        trace.budget.look()
    return tuple(found)


def result_of(statement: Statement, known: Mapping[int, Judged]) -> Result | None:
    """The result of the last run of equal parts, of a trace with these judgements; None when nothing is worked out."""
    last = statement.parts[-1]
    said = exact_value(last) if single(last) is not None and not statement.is_cut else None
    if said is None:
        return None
    run = _run(list(statement.relations))
    worked = next((each.left for each in run if single(each.left) is None), None)
    right = None if worked is None else exact_value(worked)
    if worked is None or right is None:
        return None
    verdicts = {_verdict(known.get(id(each))) for each in run}
    is_wrong = said != right and Verdict.FAILS in verdicts
    return Result(statement, worked, run[-1].left, last, said, right, verdicts == {Verdict.HOLDS}, is_wrong)


def exact_value(node: Node) -> Fraction | None:
    """The value of a formula without free names, whatever it is counted in; None when it is no fraction in bounds."""
    return worth_of(without_units(node).node)


def single(node: Node) -> Node | None:
    """The written number that the part is, with its sign and percent, out of its brackets, box and unit; or None."""
    bare = without_units(node).node
    while isinstance(bare, Group):
        bare = bare.inside
    return bare if is_single(bare) else None


def _run(relations: Sequence[Relation]) -> list[Relation]:
    """The relations at the end of a chain that equate formulas without names."""
    run: list[Relation] = []
    for each in reversed(relations):
        if each.op not in "=≈" or not each.is_closed:
            break
        run.insert(0, each)
    return run


def _verdict(found: Judged | None) -> Verdict | None:
    return None if found is None or found.said is None else found.said.verdict

"""Which two sides of a relation are meant as one expression, written in two ways, and whether they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checkers.claims.expression import (
    free_names,
    is_algebraic,
    is_product_of_sums,
    is_rational,
    is_spread,
    is_worked_out,
)
from checkers.claims.known import Equation, equations, is_explained, is_unsure
from checkers.claims.statement import Relation, Statement
from checkers.claims.statements import statements
from checkers.claims.unknown import function_names
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.equal import equal
from checkers.decide.polynomial import Polynomial
from checkers.decide.quotient import Quotient, quotient_of
from checkers.finding import Verdict
from checkers.formula.tree import Call, Name, Node, Number, bare, names, numbers
from checkers.limits import Work, taking
from checkers.trace import Trace

BY_PAIR = 50
"""Work of looking at a pair at all."""
MAX_WORK = 20_000
"""Of one side that is multiplied out."""
MAX_BEFORE = 200
"""Characters in front of a relation in which it may be announced."""

_OTHER_THINGS = re.compile(
    r"\b(?:mod(?:ulo)?|unity|vectors?|matri(?:x|ces)|digits?|sets?|groups?|rings?|operat(?:or|ion)s?|boolean|xor|"
    r"derivative|differentia\w+|integra\w+|cross product|dot product)\b|\\(?:vec|mathbf|overline|overrightarrow)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:factor(?:s|ed|ing|ize[sd]?|izing)?|expand(?:s|ed|ing)?|distribut(?:e[sd]?|ing)|"
    r"complet(?:e|es|ed|ing) the square|multipl(?:y|ying) (?:it |this )?out|simplify(?:ing)? the expression|"
    r"combin(?:e|ing) (?:the )?like terms|(?:expression|polynomial|left(?:-hand)? side|right(?:-hand)? side) "
    r"(?:can be |is )?(?:re)?written as)\b",
    re.IGNORECASE,
)
_SPREADS = re.compile(
    r"\b(?:expand(?:s|ed|ing)?|factor(?:s|ed|ing|ize[sd]?|izing)?|multipl(?:y|ying) out)\b", re.IGNORECASE
)
_LEADS_ON = re.compile(
    r"[\s$\\\])},.]{0,12}(?:which |to |we |you |so |then |and ){0,3}"
    r"(?:gives?|gets?|obtain|have|yields?|leads? to|results? in|implies)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:both|set(?:ting)?|substitut\w+|if|when|where)\b", re.IGNORECASE)
_OF_EQUATIONS = re.compile(
    r"\b(?:both sides|equations?|equality|set(?:ting)?|equal to|if|when|where|substitut\w+)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?](?=\s)|\n\n")


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Two sides that are meant as one expression."""

    relation: Relation
    is_same: bool
    left: Quotient | None = None
    right: Quotient | None = None
    """Both multiplied out, where they are rational functions."""


def rewritings(trace: Trace) -> Iterator[Rewriting]:
    """Those that are the same, and those that are said to be the same and are not; raises OverLimit."""
    work = trace.budget.work()
    for statement in trace.once(statements):
        for at, relation in enumerate(statement.relations):
            if is_claimed(relation):
                found = _Place(trace, statement, at, relation, work).judged()
                if found is not None:
                    yield found


def text_of(trace: Trace, step: int | None) -> str:
    """What a span of that step counts in."""
    return trace.text if step is None else trace.steps[step].text


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a relation stands, and what may be spent on it."""

    trace: Trace
    statement: Statement
    at: int
    relation: Relation
    work: Work

    def judged(self) -> Rewriting | None:
        self.work.spend(BY_PAIR)
        one, other = without_roots(self.relation.left, self.relation.right)
        try:
            with taking(self.work, at_most=MAX_WORK) as work:
                left, right = quotient_of(one, work), quotient_of(other, work)
                difference = left.above * right.under - right.above * left.under
        except Unsupported:
            return self._by_value()
        except (Undefined, TooLarge):
            return None
        if not difference.terms:
            return Rewriting(self.relation, True, left, right)
        if self.relation.doubts or not self._may_be_meant() or not self._is_meant(left, right, difference):
            return None
        is_whole = one is self.relation.left
        return Rewriting(self.relation, False, left if is_whole else None, right if is_whole else None)

    def _by_value(self) -> Rewriting | None:
        """Sides with roots of numbers, or with names in an exponent: compared at points, only inside of a chain."""
        if not goes_on(self.statement, self.at) or self.relation.doubts or not self._may_be_meant():
            return None
        used = free_names(self.relation.left)
        if any(each.names & used for each in _known_before(self.trace, self.statement, 0)):
            return None
        verdict = equal(self.relation.left, self.relation.right, work=self.work).verdict
        return None if verdict is Verdict.UNKNOWN else Rewriting(self.relation, verdict is Verdict.HOLDS)

    def _may_be_meant(self) -> bool:
        """Whether its names are plain numbers, and no number in it is a rounded one."""
        text = text_of(self.trace, self.statement.step)
        if has_other_things(text) or has_other_things(self.trace.prompt):
            return False
        if free_names(self.relation.left) & function_names(text):
            return False
        return not any(number.places for number in numbers(self.relation.right))

    def _is_meant(self, left: Quotient, right: Quotient, difference: Polynomial) -> bool:
        """Whether the pair is said to be one expression, and nothing known makes its sides equal."""
        known = _known_before(self.trace, self.statement, self.at)
        if goes_on(self.statement, self.at):
            # Who knows the number that a name is puts it in, and does not write the name on both sides.
            rest = [each for each in known if not each.is_value]
            return left.degree == right.degree and not is_explained(difference, rest, self.work)
        is_said = _is_said(self.trace, self.statement, self.at)
        if not is_said:
            # Sides that differ by a number are equal for no value at all, so this cannot be a condition.
            is_never = difference.constant is not None and left.under.constant is not None
            if not is_never and not is_near(left.above * right.under, right.above * left.under):
                return False
        return not is_unsure(difference, known) and not is_explained(difference, known, self.work, everywhere=is_said)


def _is_said(trace: Trace, statement: Statement, at: int) -> bool:
    start, end = statement.span
    text = text_of(trace, statement.step)
    # `Expanding (x + 1)^2 = 2x + 10 gives x^2 = 9`: what is expanded there is an equation.
    if at or _LEADS_ON.match(text, end, end + MAX_BEFORE) is not None:
        return False
    return is_announced(text[max(0, start - MAX_BEFORE) : start], statement.relations[0])


def _known_before(trace: Trace, statement: Statement, at: int) -> list[Equation]:
    place = (statement.step or 0, statement.parts[at].span[1])
    return [each for each in trace.once(equations) if (each.step, each.span[1]) <= place]


def has_other_things(text: str) -> bool:
    """Whether the text speaks of things that are not plain numbers, so that letters side by side may be no product."""
    return _OTHER_THINGS.search(text) is not None


def is_near(left: Polynomial, right: Polynomial) -> bool:
    """Whether two expressions agree in most of their terms, as one does with its own miscopied form."""
    parts = {*left.terms, *right.terms}
    same = {monomial for monomial in parts if left.terms.get(monomial) == right.terms.get(monomial)}
    degree = max(left.degree(), right.degree())
    leads = {monomial for monomial in parts if sum(times for _, times in monomial) == degree}
    return len(same - {()}) >= 2 and len(parts - same) <= 2 and leads <= same


def is_claimed(relation: Relation) -> bool:
    """Whether both sides have the same names and one of them is not worked out, so that rewriting has a point."""
    left, right = free_names(relation.left), free_names(relation.right)
    if relation.op != "=" or not left or left != right or "i" in left or relation.modulus is not None:
        return False
    sides = without_roots(relation.left, relation.right)
    return all(map(is_algebraic, sides)) and not all(map(is_worked_out, sides))


def without_roots(left: Node, right: Node) -> tuple[Node, Node]:
    """What stands under the roots, where each side is a root of the same kind and nothing else."""
    one, other = bare(left), bare(right)
    if isinstance(one, Call) and isinstance(other, Call) and one.name == other.name == "root":
        indices = [index.value for index in (one.args[1], other.args[1]) if isinstance(index, Number)]
        if len(indices) == 2 and indices[0] == indices[1]:
            return one.args[0], other.args[0]
    return left, right


def goes_on(statement: Statement, at: int) -> bool:
    """Whether the relation with that number only rewrites what the chain is about: `y = A = B`.

    In `A = B = C` over the same names, all three may be set equal; a part without names sets them equal to a number.
    """
    if not at or not all(map(free_names, statement.parts[: at + 2])):
        return False
    head = bare(statement.parts[0])
    return isinstance(head, Name) or not is_rational(head) or names(head) != names(statement.parts[at])


def is_announced(before: str, relation: Relation) -> bool:
    """Whether the words in front of a relation say that an expression is rewritten, and not an equation.

    An equation that is expanded has no product of sums on one side alone.
    """
    sentence = _SENTENCE.split(before)[-1]
    if _SPREADS.search(sentence) is not None and _BOTH.search(sentence) is None:
        sides = (relation.left, relation.right)
        if any(is_product_of_sums(one) and is_spread(other) for one, other in (sides, sides[::-1])):
            return True
    return _ANNOUNCED.search(sentence) is not None and _OF_EQUATIONS.search(sentence) is None

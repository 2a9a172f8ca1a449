"""The values that names are given in a trace, each with what it holds for: a case, an assumption, everything."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checkers.claim import LetClaim
from checkers.claims.edges import Edge
from checkers.claims.results import exact_value, single
from checkers.claims.statement import Statement
from checkers.claims.statements import statements
from checkers.finding import Span
from checkers.formula.read import read
from checkers.formula.tree import Call, Name, Node, PlusMinus, Power, Unreadable, children, names
from checkers.trace import Trace

_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
Place: TypeAlias = tuple[int, int]
"""A step, 0 without any, and a character in it."""
NEARBY = 60
"""Characters behind a value that belong to what is said of it."""
_TRIED = re.compile(
    r"\b(?:cases?|if|when(?:ever)?|for|at|let|set(?:ting)?|suppos\w+|assum\w+|tr(?:y|ying|ies)|test\w*|check\w*|tak\w+|"
    r"choos\w+|pick\w*|consider\w*|substitut\w+|plug\w*|or|either|both|possib\w+|solutions?|roots?|zeros?|values?|"
    r"example|instance|another|new|next|other(?:wise)?|alternativ\w+|respectively|between|inter(?:cept|sect)\w*|points?|"
    r"(?:mini|maxi)\w*|small\w*|larg\w*|least|greatest|critical|factors?|now|becom\w+|updat\w+|start\w*|initial\w*|"
    r"after|before|options?|choices?|pairs?|each|every|any|ranges?|until|works?|satisf\w+|lines?|bound\w*)\b|±|\\pm",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:cases?|suppos\w+|assum\w+|another|other(?:wise)?|alternativ\w+|instead|wait|mistake|wrong|correct(?:ed|ion)|"
    r"reject\w*|discard\w*|extraneous|invalid|revis\w+|again|first|second|third|similarly|likewise|new|now|part|graph|method|approach|let|if|or|when|for)\b|"
    r"^#|\*\*|^\([a-z]\)|\[asy\]",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Binding:
    """A name and the value it is given."""

    name: str
    value: Fraction
    step: int | None
    span: Span
    scope: str = ""
    """Of a claim: the case or assumption it holds for."""
    is_firm: bool = True
    """Whether it is said of the name for good, not tried, supposed or one of several."""
    is_plain: bool = True
    """Whether a number alone stands there, and no calculation."""
    written: bool = True
    """False for a claim handed in beside the text."""

    @property
    def place(self) -> Place:
        """Where it ends; a claim stands behind the text of its step."""
        return self.step or 0, self.span[1]


def bindings(trace: Trace) -> tuple[Binding, ...]:
    """The values of names in order, where a name gets one twice; ask for them by `trace.once(bindings)`."""
    texts = dict(trace.pieces())
    found = [*_claimed(trace)]
    naming = [statement for statement in trace.once(statements) if isinstance(statement.parts[0], Name)]
    often = Counter([*(_first_name(each) for each in naming), *(each.name for each in found)])
    twice = [statement for statement in naming if often[_first_name(statement)] > 1]
    several = _with_several_values(trace) if twice else frozenset()
    for statement in twice:
        given = _given(statement)
        if given is not None:
            name, value = given
            is_firm = name.name not in several and _is_firm(statement, texts[statement.step])
            plain = single(statement.parts[1]) is not None
            found.append(Binding(name.name, value, statement.step, statement.span, "", is_firm, plain))
    found.sort(key=lambda each: (each.step or 0, each.span))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Turns:
    """Where the text goes over to something else, and where names are said anew; all places are sorted."""

    elsewhere: tuple[Place, ...]
    anew: Mapping[str, tuple[Place, ...]]

    def between(self, first: Binding, second: Binding) -> bool:
        """Whether the name may stand for something else in the second place than in the first."""
        start, end = first.place, second.place
        return any(
            bisect_left(places, start) < bisect_left(places, end)
            for places in (self.elsewhere, self.anew.get(second.name, ()))
        )


def turns(trace: Trace) -> Turns:
    """The turns of a trace; ask for them by `trace.once(turns)`."""
    found = [(step or 0, match.start()) for step, text in trace.pieces() for match in _ELSEWHERE.finditer(text)]
    anew: dict[str, list[Place]] = {}
    for statement in trace.once(statements):
        name = statement.parts[0]
        # `A = l * w` after `A = s^2` is another area.
        if isinstance(name, Name) and any(map(names, statement.parts[1:])):
            anew.setdefault(name.name, []).append((statement.step or 0, statement.span[0]))
    return Turns(tuple(found), {name: tuple(places) for name, places in anew.items()})


def _claimed(trace: Trace) -> Iterator[Binding]:
    for index, step in enumerate(trace.steps):
        claim = step.claim
        if isinstance(claim, LetClaim):
            node = read(claim.value)
            value = None if isinstance(node, Unreadable) else exact_value(node)
            if value is not None:
                whole = (0, len(step.text))
                yield Binding(claim.name.strip(), value, index, whole, claim.scope.strip(), written=False)


def _first_name(statement: Statement) -> str:
    first = statement.parts[0]
    return first.name if isinstance(first, Name) else ""


def _given(statement: Statement) -> tuple[Name, Fraction] | None:
    """The one name of a chain of equals signs, in front of all its numbers, and their one value."""
    name = statement.parts[0]
    if not isinstance(name, Name) or not statement.written or statement.doubts or statement.is_cut:
        return None
    values = {exact_value(part) for part in statement.parts[1:]}
    value = values.pop()
    return (name, value) if value is not None and not values and set(statement.ops) == {"="} else None


def _is_firm(statement: Statement, text: str) -> bool:
    if statement.first_edge is not Edge.CLEAN or statement.last_edge is not Edge.CLEAN:
        return False
    start, end = statement.span
    first = max((match.end() for match in _SENTENCE.finditer(text, max(0, start - 400), start)), default=0)
    last = _SENTENCE.search(text, end, end + NEARBY)
    around = text[first:start] + " " + text[end : last.start() if last else end + NEARBY]
    return _TRIED.search(around) is None


def _with_several_values(trace: Trace) -> frozenset[str]:
    """Names that stand squared, in a modulus or beside ±, so that an equation may give them more than one value."""
    found: set[str] = set()
    for statement in trace.once(statements):
        waiting: list[Node] = list(statement.parts)
        while waiting:
            here = waiting.pop()
            if isinstance(here, Power | PlusMinus) or (isinstance(here, Call) and here.name == "abs"):
                found |= statement.names if isinstance(here, PlusMinus) else names(here)
            waiting.extend(children(here))
    return frozenset(found)

"""What a rule sees: the prompt, the response or its steps, and what the item demands of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from checkers.claim import Claim
from checkers.finding import Json, Span
from checkers.limits import NO_BOUNDS, Budget

Parsed = TypeVar("Parsed")
MAX_READ = 4_000
"""Texts of which a trace and its edits keep what was made of them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that the response may cite by `id`."""

    id: str
    title: str = ""
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known to be right, where anything is."""

    answer: str | None = None
    solution: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the item besides its words; an empty text where nothing is."""

    task: str = ""
    """`sft`, `cot` or `preference`."""
    domain: str = ""
    difficulty: str = ""
    language: str = ""
    """As a BCP 47 tag: `en`, `pt-BR`."""

    @property
    def speech(self) -> str:
        """The language alone, in lower case: `pt` of `pt-BR`."""
        return self.language.replace("_", "-").split("-", 1)[0].lower()


@dataclass(frozen=True, slots=True)
class Constraint:
    """One explicit demand on the response; `name` is the name of the rule that decides it."""

    name: str
    params: Mapping[str, Json] = field(default_factory=dict)
    origin: str = "given"
    """`given` with the item, read from its prompt by the rule-based `reader`, or by a `model`."""
    span: Span | None = None
    """Where in the prompt it was read from."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain of thought."""

    text: str
    id: str | None = None
    """Stable over edits of the step's lineage; None where nobody needs one."""
    claim: Claim | None = None


@dataclass(frozen=True)
class Trace:
    """One response with everything that rules may ask about it. Newlines are LF.

    Give `response` for a text and `steps` (with `answer`) for a chain of thought. With both, steps are judged
    as steps and the whole as `response`.
    """

    prompt: str = ""
    response: str | None = None
    steps: tuple[Step, ...] = ()
    answer: str | None = None
    constraints: tuple[Constraint, ...] = ()
    reference: Reference = Reference()
    sources: tuple[Source, ...] = ()
    about: About = About()
    budget: Budget = field(default=NO_BOUNDS, repr=False, compare=False)
    """What the check under way has left; a rule asks it between formulas (`look`), or counts with its `work()`."""
    _memo: dict[object, object] = field(default_factory=dict, repr=False, compare=False)
    _read: dict[object, object] = field(default_factory=dict, repr=False, compare=False)
    """What was made of single texts; traces that are made of this one by an edit share it."""

    def __post_init__(self) -> None:
        """Raises TypeError for steps that are bare texts, which no rule could read."""
        if not all(isinstance(step, Step) for step in self.steps):
            raise TypeError("the steps of a Trace are a tuple of Step, as in Trace(steps=(Step('2 + 2 = 4'),))")

    @cached_property
    def text(self) -> str:
        """The whole response: as given, else the steps and the answer, one a line."""
        if self.response is not None:
            return self.response
        lines = [step.text for step in self.steps]
        if self.answer is not None:
            lines.append(self.answer)
        return "\n".join(lines)

    def within(self, budget: Budget) -> Trace:
        """The same trace under another budget, with what was made of it; quicker than `replace`, for every check."""
        same = object.__new__(Trace)
        same.__dict__.update(self.__dict__, budget=budget)
        return same

    def pieces(self) -> Iterator[tuple[int | None, str]]:
        """Each step with its index, or the whole text with None when there are no steps."""
        if not self.steps:
            yield None, self.text
        for index, step in enumerate(self.steps):
            yield index, step.text

    def of_text(self, parse: Callable[[str, Budget], Parsed], text: str) -> Parsed:
        """`parse(text, self.budget)`, computed once for this trace and for those that an edit makes of it."""
        key = parse, text
        if key not in self._read:
            if len(self._read) >= MAX_READ:
                self._read.clear()
            self._read[key] = parse(text, self.budget)
        return self._read[key]  # type: ignore[return-value]

    def once(self, parse: Callable[[Trace], Parsed]) -> Parsed:
        """`parse(self)`, computed once however many rules ask for it."""
        if parse not in self._memo:
            self._memo[parse] = parse(self)
        return self._memo[parse]  # type: ignore[return-value]

"""One way to ask for something: a pattern over the readable prompt, and the constraints that it comes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from checkers.demands.counting import AFTER, AMOUNT, TIMES, VAGUE, bounds_of
from checkers.demands.request import HIDDEN, Request
from checkers.demands.scope import WHOLE, is_demand
from checkers.finding import Json, Span
from checkers.trace import Constraint

MOST_HEARD = 200
"""Of one phrase in one prompt."""
MOST_LISTED = 50

QUOTED = rf"(?:[\"“„«'‘`](?:{HIDDEN}|\n){{1,2000}}+[\"”»'’`])"
_PLAIN = (
    r"(?:(?<![^\W_])(?!and\b|or\b|the\b|a\b|an\b|in\b|at\b|to\b|for\b|that\b|must\b|should\b|as\b"
    r"|with\b)[^\W_][\w'’-]{0,40})"
)
_LISTED = rf"(?:{QUOTED}|{_PLAIN})"
_LINK = r"(?:,? (?:and|or|nor|&) (?:also )?(?:the (?:key)?(?:word|phrase|term|name) )?|, ?|; ?|/)".replace(
    " ?", r"\s{0,3}"
)
_MACROS: Mapping[str, str] = {
    "<AMOUNT>": AMOUNT,
    "<COUNT>": AMOUNT + r"(?: |-)",
    "<AFTER>": AFTER,
    "<TIMES>": TIMES,
    "<WHOLE>": WHOLE,
    "<QUOTED>": QUOTED,
    "<WORD>": _LISTED,
    "<LIST>": rf"(?>\[?{_LISTED}(?:{_LINK}{_LISTED}){{0,{MOST_LISTED}}}\]?)",
    "<QUOTES>": rf"(?>\[?{QUOTED}(?:{_LINK}(?:the (?:word|phrase|keyword) )?{QUOTED}){{0,{MOST_LISTED}}}\]?)",
    "<MUST>": r"(?:must|should|shall|has to|have to|needs? to|ought to|is to|are to|will|may|can)",
    "<NOT>": r"(?:do not|don['’]t|never|must not|mustn['’]t|should not|shouldn['’]t|shall not|cannot|can['’]t|can "
    r"not|may not"
    r"|will not|won['’]t|does not|doesn['’]t|is not to|are not to|not to|please not|did not|not)",
}
"""What a pattern may name. A blank in a pattern stands for one to four blanks or line breaks."""

_BLANKS = re.compile(r"\s+")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|without|avoid\w{0,3}|refrain\w{0,3}|exclud\w{1,3}|nor|no|cannot|instead\s{1,4}of)|n['’]t)\b"
    r"(?:\s{1,4}(?!but\b|and\b|forget\b|fail\b|hesitate\b|only\b|miss\b)[\w'’]{1,15}){0,3}\s{0,4}\Z",
    re.IGNORECASE,
)


_OR_NOT = re.compile(r"(?:\b(?:not|never|no|neither)|n['’]t)\b[^.;]{0,80}\b(?:n?or)\s{1,4}\Z", re.IGNORECASE)
_NOT_AT_ALL = re.compile(
    r"(?:\b(?:not|never|avoid\w{0,3}|refrain\w{0,3})|n['’]t)"
    r"(?:\s{1,4}(?!and\b|but\b|forget\b|fail\b|only\b|hesitate\b)[\w'’-]{1,15}){1,6}\s{1,4}\Z",
    re.IGNORECASE,
)
_OF_A_PROGRAM = re.compile(
    r"\b(?:function|script|program|code|endpoint|api|app|application|file|data|config\w{0,10}|class|method"
    r"|query|service|server)s?\b"
    r"[^.;]{0,40}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """A phrase where it stands in a prompt."""

    request: Request
    match: re.Match[str]

    @property
    def span(self) -> Span:
        """Where in the prompt it stands, without blanks around it."""
        start, end = self.match.span()
        said = self.request.prompt[start:end]
        return start + len(said) - len(said.lstrip()), start + len(said.rstrip())

    def has(self, group: str) -> bool:
        """Whether this part of the pattern is there."""
        return self.match.group(group) is not None

    def said(self, group: str) -> str:
        """This part of the phrase as the prompt has it, what is quoted included; empty where it is not there."""
        start, end = self.match.span(group)
        return self.request.prompt[start:end] if start >= 0 else ""

    def text(self, group: str) -> str:
        """The same without quotation marks around it and with single blanks."""
        return _BLANKS.sub(" ", unquoted(self.said(group))).strip()

    def listed(self, group: str) -> list[Json]:
        """The words or phrases of a list, in their order, each once."""
        start, end = self.match.span(group)
        found = [
            self.request.prompt[slice(*each.span())] for each in _ONE_LISTED.finditer(self.request.open, start, end)
        ]
        cleaned = (_BLANKS.sub(" ", unquoted(one).strip()).rstrip(",.;") for one in found)
        return list(
            dict.fromkeys(one for one in cleaned if one and one.lower() not in ("the", "word", "phrase", "also"))
        )

    def bounds(self, *, bare: str = VAGUE) -> dict[str, int] | None:
        """The amount in it; None for one that bounds nothing. `bare` says what a number without a relation is."""
        has_own = self.match.groupdict().get("no") is not None
        if _OR_NOT.search(self.before) or (not has_own and _NOT_AT_ALL.search(self.before)):
            return None
        return bounds_of(self.match, bare=bare)

    @property
    def before(self) -> str:
        """What stands in front of it in its sentence, as far as it can be read."""
        start, _ = self.request.sentence(self.span[0])
        return self.request.open[max(start, self.span[0] - 120) : self.span[0]]

    @property
    def behind(self) -> str:
        """What follows it in its sentence, as far as it can be read."""
        _, stop = self.request.sentence(max(self.span[0], self.span[1] - 1))
        return self.request.open[self.span[1] : min(stop, self.span[1] + 120)]

    @property
    def is_negated(self) -> bool:
        """Whether a few words in front of it turn it into its opposite."""
        return _NEGATED.search(self.before) is not None

    @property
    def is_of_a_program(self) -> bool:
        """Whether a program that is spoken of in front of it does it, and not the response."""
        return _OF_A_PROGRAM.search(self.before) is not None

    def asks(self, name: str, **params: Json) -> Constraint:
        """The constraint of that name, read from here; parameters that are None are left out."""
        kept = {key: value for key, value in params.items() if value is not None}
        return Constraint(name, kept, origin="reader", span=self.span)


_ONLY_WANTED = ("boundary.", "choice.", "language.", "markup.title", "markup.postscript", "repeats.")
"""Demands that have no opposite here: `do not start with “Sure”` asks for none of them."""

Build: TypeAlias = "Callable[[Heard], Constraint | None]"


@dataclass(frozen=True)
class Phrase:
    """One way to ask for something; None from `build` where the words turn out to say nothing certain."""

    pattern: str
    build: Build
    on_a_part: bool = False
    """It says itself what part of the response it is about."""
    covers: bool = False
    """What is read within its words says no more than it does."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern with its macros written out."""
        said = self.pattern
        for name, text in _MACROS.items():
            said = said.replace(name, text)
        return re.compile(said.replace(" ", r"\s{1,4}"), re.IGNORECASE)

    def demands(self, request: Request) -> Iterator[Constraint]:
        """What the prompt asks for in these words."""
        for count, match in enumerate(self.compiled.finditer(request.open)):
            if count == MOST_HEARD:
                return
            heard = Heard(request, match)
            if is_demand(request, heard.span, on_a_part=self.on_a_part):
                made = self.build(heard)
                if made is not None and not (made.name.startswith(_ONLY_WANTED) and heard.is_negated):
                    yield made


def unquoted(said: str) -> str:
    """The text without the pair of quotation marks around it."""
    text = said.strip()
    pairs = ('"' * 2, "“”", "„“", "«»", "''", "‘’", "``")
    return text[1:-1] if len(text) > 1 and (text[0] + text[-1]) in pairs else text


_ONE_LISTED = re.compile(_LISTED, re.IGNORECASE)

"""Demands to answer with one of some options."""

from __future__ import annotations

import re

from checkers.demands.asking import Heard, Phrase, unquoted
from checkers.trace import Constraint

_OPTION = r"(?:options|phrases|choices|answers|sentences|words|responses|statements|labels|categories|values|following)"
_LINE = re.compile(r"[ \t]{0,8}(?:[-*•][ \t]{1,4}|\d{1,2}[.)][ \t]{1,4})?(?P<said>[^\n]{1,200})")
MOST_OPTIONS = 20


def _on_lines(heard: Heard) -> Constraint | None:
    """The lines behind the colon, to the first blank one."""
    prompt, found, at = heard.request.prompt, list[str](), heard.span[1]
    at = prompt.find("\n", at) + 1
    while at > 0 and len(found) <= MOST_OPTIONS and (line := _LINE.match(prompt, at)) and line["said"].strip():
        found.append(unquoted(line["said"].strip()))
        at = prompt.find("\n", line.end()) + 1
    return _one_of(heard, found)


def _in_a_row(heard: Heard) -> Constraint | None:
    return _one_of(heard, [str(one) for one in heard.listed("list")])


def _with_strokes(heard: Heard) -> Constraint | None:
    """`yes/no/maybe`, and nothing else where no explanation is wanted."""
    return _one_of(heard, [one.strip() for one in heard.said("strokes").split("/")])


def _one_of(heard: Heard, options: list[str]) -> Constraint | None:
    if not 2 <= len(options) <= MOST_OPTIONS or len(set(options)) < len(options):
        return None
    is_alone = heard.match.groupdict().get("alone") is not None
    return heard.asks("choice.one_of", options=list(options), alone=True if is_alone else None)


_ASK = r"(?:answer|respond|reply|contain|choose|pick|select|say|use|include|be|output|return)"
_ALONE = r"(?:(?P<alone>only|just|nothing but|simply) )"

TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"\b{_ASK} (?:with )?one of (?:the |these )?(?:following )?{_OPTION}: "
        rf"(?P<strokes>[\w' ]{{1,30}}(?:/[\w' ]{{1,30}}){{1,9}})"
        r"\.(?P<alone> (?:do not|don't) (?:give|add|provide) any explanation)?",
        _with_strokes,
    ),
    Phrase(
        rf"\b{_ASK} (?:with |from )?{_ALONE}?(?:exactly |precisely )?one of (?:the |these )?(?:following "
        rf")?{_OPTION}(?: below)?:\s?(?=\n)",
        _on_lines,
    ),
    Phrase(
        rf"\b{_ASK} (?:with |from )?{_ALONE}?(?:exactly |precisely )?one of(?: the| these)?(?: following)?(?: "
        rf"{_OPTION})?:? (?P<list><QUOTES>)",
        _in_a_row,
    ),
    Phrase(
        rf"\b(?:answer|respond|reply) (?:with )?{_ALONE}(?:with )?(?P<list><QUOTED>(?:, <QUOTED>){{0,9}},? or "
        rf"<QUOTED>)",
        _in_a_row,
    ),
)

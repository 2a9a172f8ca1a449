"""Links in a text: bare addresses, and those of Markdown; by their form alone, nothing is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers.finding import Span
from checkers.text.fence import without_code

_BARE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+.-]{1,20}://|www\.)[^\s<>\"“”`]+|mailto:[^\s<>\"“”`]+")
_MARKDOWN = re.compile(r"\]\([ \t]*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))(?:[ \t]+[^\n()]*)?\)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*<?([^\s<>]+)>?", re.MULTILINE)
_TAIL = ".,;:!?'’*_"


@dataclass(frozen=True, slots=True)
class Address:
    """One link: where its address stands and what it says."""

    span: Span
    said: str
    is_markdown: bool
    """Whether it stands in the brackets of a link or an image, where it may be a place within the site."""


def addresses(text: str) -> list[Address]:
    """Every link, in order; what stands in code is none."""
    plain = without_code(text)
    found: dict[int, Address] = {}
    for pattern in (_MARKDOWN, _REFERENCE):
        for match in pattern.finditer(plain):
            group = 1 if match[1] is not None else 2
            found[match.start(group)] = Address(match.span(group), match[group], is_markdown=True)
    taken = sorted(each.span for each in found.values())
    at = 0
    for match in _BARE.finditer(plain):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at == len(taken) or taken[at][0] > match.start():
            said = _trimmed(match[0])
            found[match.start()] = Address((match.start(), match.start() + len(said)), said, is_markdown=False)
    return [found[start] for start in sorted(found)]


def _trimmed(said: str) -> str:
    """The address without the stops of the sentence that it ends, and without brackets that nothing in it opens."""
    closing = {")": said.count(")") - said.count("("), "]": said.count("]") - said.count("[")}
    end = len(said)
    while end:
        last = said[end - 1]
        if closing.get(last, 0) > 0:
            closing[last] -= 1
        elif last not in _TAIL:
            break
        end -= 1
    return said[:end]

"""What a step says, wording aside: its numbers, its signs and letters, and its words without the small ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

MAX_LENGTH = 20_000
"""Characters of one step whose terms are read; a longer one is like no other."""

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
    r"|\\(?P<command>[A-Za-z]+)|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<sign>[-+*/=<>≤≥≠≈^!|×·÷−√π∞∈±%()\[\]])"
)
_REMARK = re.compile(r"\W{0,4}(?:that['’]s\s)?(?:right|correct)[.,!]", re.IGNORECASE)
_ARTICLE = re.compile(r"[aAI]\b[ ,](?=[a-z])")
_LAYOUT_WORDS = """
    left right big bigg Big Bigg displaystyle textstyle text textbf mathrm mathbf mathit operatorname quad qquad
    boxed fbox begin end align aligned hline limits nonumber tag label"""
_LAYOUT = frozenset(_LAYOUT_WORDS.split())
_SPELT = {"×": "*", "·": "*", "÷": "/", "−": "-", "times": "*", "cdot": "*", "div": "/", "le": "≤"}
_SPELT |= {"leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "pi": "π", "sqrt": "√", "in": "∈"}
_SPELT |= {"tfrac": "frac", "dfrac": "frac"}
_SMALL_WORDS = """
    a an the and or of to in on at by for from with as is are was were be been being am it its this that these those
    there here we i you he she they them his her their our my your us me so then thus hence therefore now
    finally also let's let lets can could will would shall should may might must has have had do does did get
    gets got gives give given giving which who what when where how if since because means mean know see find note
    notice again just only simply okay ok well yes indeed sure step answer problem question both each all any
    into than up out over about after before need needs want wants try make makes take takes use uses using
    we've we're i'll we'll that's it's equal equals equation value result obtain obtained calculate calculating
    calculated compute computed computing calculation write written simplify simplifies simplified
    simplifying pmatrix bmatrix vmatrix array cases"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ENDINGS = ("ingly", "edly", "ing", "ies", "ied", "es", "ed", "s", "ly")


@dataclass(frozen=True)
class Terms:
    """The content of one step: two with the same terms say the same in other words."""

    formal: tuple[str, ...]
    """Numbers, operators, brackets, functions and single letters, in their order."""
    words: frozenset[str]
    """Stems of all but the small words; one that stands there twice is counted, `box` and `box 2`."""
    whole: bool = True
    """False where the step is longer than is read."""

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers alone."""
        return frozenset(each for each in self.formal if each[0].isdigit())

    @property
    def size(self) -> int:
        """How much is said: 0 for a step of small words only."""
        return len(self.formal) + len(self.words)


def terms_of(text: str) -> Terms:
    """The terms of a text, `1,000` and `1000.0` being the same number."""
    formal: list[str] = []
    words: Counter[str] = Counter()
    for is_word, said in _terms(text[:MAX_LENGTH]):
        if is_word:
            words[said] += 1
        else:
            formal.append(said)
    counted = {word if at == 1 else f"{word} {at}" for word, count in words.items() for at in range(1, count + 1)}
    return Terms(tuple(formal), frozenset(counted), len(text) <= MAX_LENGTH)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's share of what both say in all that either says; 1 for two that say nothing."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _terms(text: str) -> Iterator[tuple[bool, str]]:
    remark = _REMARK.match(text)
    for match in _TOKEN.finditer(text, remark.end() if remark else 0):
        said = match[0]
        if match["number"]:
            yield False, _plain(said)
        elif match["command"] or match["sign"]:
            name = match["command"] or said
            if name not in _LAYOUT:
                yield False, _SPELT.get(name, name)
        elif len(said) == 1:
            if not _ARTICLE.match(text, match.start()):
                yield False, said
        elif (word := said.lower().replace("’", "'")) not in _SMALL:
            yield True, _stem(word)


def _plain(number: str) -> str:
    whole, _, part = number.replace(",", "").partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word

"""Quotations: what stands between quotation marks, whether a source has it, and what the source says instead."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget

LEAST_WORDS = 4
"""Words in quotation marks below which they may be a name, a term or irony."""
MAX_WORDS = 150
"""Of a quotation that is compared word by word."""
MAX_PARTS = 20
"""Of a quotation with words left out; those behind are not asked for."""
COMMON = 300
"""Places of one word in a source beyond which it leads nowhere."""
_MARKS = re.compile(r"“([^“”\n]{1,3000})”|\"([^\"\n]{1,3000})\"|«([^«»\n]{1,3000})»|„([^„“”\n]{1,3000})[“”]")
_GAP = re.compile(r"\[(?:\.\.\.|…|[^\[\]\n]{0,60})\]|\(\s?(?:\.\.\.|…)\s?\)|\.\s?\.\s?\.(?:\s?\.)?|…")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BLANKS = re.compile(r"\s+")
_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"}
)
_EDGES = " .,;:!?'\"-*_"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The words of a source that come nearest to a quotation."""

    span: Span
    """In the source."""
    share: float
    """How many of the quoted words stand there in their order, 0 to 1."""
    instead: tuple[tuple[str, str], ...]
    """What is quoted and what the source has in its place, for each that differs."""


def quotations(text: str, budget: Budget = NO_BOUNDS) -> tuple[Span, ...]:
    """Where quoted words stand, without their marks; a few of them are no quotation."""
    found = []
    for match in budget.over(_MARKS.finditer(text)):
        group = match.lastindex or 0
        if len(_WORD.findall(match[group])) >= LEAST_WORDS:
            found.append(match.span(group))
    return tuple(found)


@dataclass(frozen=True)
class Wording:
    """A source made ready to be asked for many quotations."""

    text: str
    folded: str
    words: tuple[re.Match[str], ...]
    places: Mapping[str, Sequence[int]]
    """Where each of the rarer words stands."""

    def has(self, quoted: str) -> bool:
        """Whether these words stand there.

        Blanks, kinds of marks, what `…` or `[…]` leaves out, and whether the first letter is large make no difference.
        """
        at = 0
        for part in _parts(quoted):
            found = _found(part, self.folded, at)
            if found < 0:
                return False
            at = found + len(part)
        return True

    def nearest(self, quoted: str) -> Nearest | None:
        """The place with most of the quoted words in their order; None where none of the rarer ones stands.

        The places of the words vote for where the quotation would begin, and only the words there are aligned.
        """
        own = [match[0] for match in _WORD.finditer(quoted)][:MAX_WORDS]
        start = self._likely_start([word.casefold() for word in own])
        if start is None:
            return None
        slack = 3 + len(own) // 4
        return _aligned(own, self.words[max(0, start - slack) : max(0, start + len(own) + slack)])

    def _likely_start(self, wanted: Sequence[str]) -> int | None:
        votes: Counter[int] = Counter()
        for at, word in enumerate(wanted):
            votes.update(place - at for place in self.places.get(word, ()))
        near = {start: sum(votes.get(start + by, 0) for by in range(-2, 3)) for start in votes}
        return min(near, key=lambda start: (-near[start], -votes[start], start), default=None)


def wording(text: str, budget: Budget = NO_BOUNDS) -> Wording:
    """The text made ready."""
    words = tuple(budget.over(_WORD.finditer(text)))
    places: dict[str, list[int]] = defaultdict(list)
    for at, match in enumerate(words):
        places[match[0].casefold()].append(at)
    rare = {word: found for word, found in places.items() if len(found) <= COMMON}
    return Wording(text, folded(text), words, rare)


def folded(text: str) -> str:
    """The text with one kind of quotation marks, of dashes and of blanks."""
    return _BLANKS.sub(" ", text.translate(_SAME))


def _parts(quoted: str) -> list[str]:
    """What is quoted without what was left out or put in."""
    parts = (folded(part).strip(_EDGES) for part in _GAP.split(quoted))
    return [part for part in parts if part][:MAX_PARTS]


def _found(part: str, told: str, start: int) -> int:
    """The first place of the part with its first letter either way; only whole words count."""
    other = part[0].swapcase() + part[1:]
    places = [place for form in {part, other} if (place := _whole(form, told, start)) >= 0]
    return min(places, default=-1)


def _whole(part: str, told: str, start: int) -> int:
    for _ in range(COMMON):
        start = told.find(part, start)
        if start < 0:
            return -1
        before, behind = told[max(0, start - 1) : start], told[start + len(part) : start + len(part) + 1]
        if not (before.isalnum() and part[0].isalnum()) and not (behind.isalnum() and part[-1].isalnum()):
            return start
        start += 1
    return -1


def _aligned(own: Sequence[str], told: Sequence[re.Match[str]]) -> Nearest | None:
    same = _compared(own, told)
    equal = [block for block in same if block[0] == "equal"]
    if not equal:
        return None
    # What is quoted before the first or behind the last common word stands for as many words of the source.
    first = max(0, equal[0][3] - equal[0][1])
    last = min(len(told), equal[-1][4] + len(own) - equal[-1][2])
    share = sum(block[2] - block[1] for block in equal) / len(own)
    near = told[first:last]
    theirs = [match[0] for match in near]
    differing = (
        (" ".join(own[a:b]), " ".join(theirs[c:d])) for tag, a, b, c, d in _compared(own, near) if tag != "equal"
    )
    return Nearest((near[0].start(), near[-1].end()), share, tuple(differing))


def _compared(own: Sequence[str], told: Sequence[re.Match[str]]) -> list[tuple[str, int, int, int, int]]:
    mine, theirs = [word.casefold() for word in own], [match[0].casefold() for match in told]
    return [*SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()]

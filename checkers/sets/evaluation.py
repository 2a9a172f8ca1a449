"""A given evaluation set, kept as marks of its passages, and what a text shares with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkers.finding import Json, Span
from checkers.jsonline import BadRecord
from checkers.record import prompt_from
from checkers.sets.scratch import Scratch
from checkers.sets.shingles import composed, is_unspaced, normal, number_of, placed, tokens
from checkers.sets.terms import BadTerms, Terms

WORDS, CHARACTERS = 13, 25
"""Tokens in a row that make a passage: of words as in the report on GPT-3 (Brown et al. 2020, appendix C), and of
single characters in scripts without blanks."""
_FEWEST = {WORDS: 8, CHARACTERS: 15}
"""A shorter evaluation text is one passage, if it has so many tokens; of one with fewer only the whole is known."""
_COMMON = 10
"""A passage that stands in more evaluation texts than this is an instruction of theirs and tells none of them."""
_BITS = 26
_MOST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Shared:
    """What a text shares with the evaluation text with which it shares most in a row."""

    line: int
    """Of the evaluation file."""
    span: Span
    """Of the longest passage, in the text itself; the whole text where its characters had to be composed."""
    length: int
    """Tokens of that passage."""
    share: float
    """Of the passages of the evaluation text, 0 to 1."""


@dataclass(frozen=True, slots=True, order=True)
class _Run:
    """Tokens in a row that stand in one evaluation text; the larger of two is the one to tell."""

    length: int
    number: int
    """Of the evaluation text, below 0, so that of equals the first is told."""
    start: int
    passages: int
    """Of that text, in the whole of the compared one."""

    def own(self, common: set[int]) -> int:
        """How many of its tokens stand in no passage that is common to many texts."""
        return sum(at not in common for at in range(self.start, self.start + self.length))


class Evaluation:
    """The evaluation texts: read once, kept as numbers on disk; nothing gives their words back."""

    def __init__(self, scratch: Scratch, terms: Terms) -> None:
        """Reads them; raises BadTerms for a line that is neither a text nor a record with a text, or for none."""
        self._scratch = scratch
        self._lengths: set[int] = set()
        self._bits = bytearray(1 << (_BITS - 3))
        self.texts = 0
        scratch.run("CREATE TABLE evaluation_text (number INTEGER PRIMARY KEY, line INTEGER, passages INTEGER)")
        scratch.run("CREATE TABLE evaluation_whole (mark INTEGER PRIMARY KEY, line INTEGER)")
        scratch.run("CREATE TABLE evaluation_all (passage INTEGER, number INTEGER)")
        for line, given in terms.against() if terms.against is not None else ():
            for text, is_asked in _texts(line, given):
                self._take(line, text, is_asked=is_asked)
        if terms.against is not None and not self.texts:
            raise BadTerms("the evaluation file has no text", "give records with a prompt, or one text a line")
        self._settle()

    def has(self, text: str) -> int | None:
        """The line on which this very text is asked, but for its case and blanks; None where it is not."""
        row = self._scratch.row("SELECT line FROM evaluation_whole WHERE mark = ?", _whole(text))
        return None if row is None else int(row[0])

    def is_telling(self, text: str) -> bool:
        """Whether the text is long enough that nobody says the same by chance."""
        found = tokens(text)
        return len(found) >= _FEWEST[_length(found)]

    def shared(self, text: str) -> Shared | None:
        """The evaluation text that this one shares a passage with, the longest in a row; None where it shares none."""
        found = placed(text)
        runs = (self._runs([token for token, _ in found], length) for length in sorted(self._lengths))
        best = max((run for each in runs for run in each), default=None)
        if best is None:
            return None
        line, passages = self._scratch.rows(
            "SELECT line, passages FROM evaluation_text WHERE number = ?", [-best.number]
        )[0]
        span = (found[best.start][1][0], found[best.start + best.length - 1][1][1])
        if len(composed(text)) != len(text):
            span = (0, len(text))
        return Shared(line, span, best.length, min(1.0, best.passages / passages))

    def _take(self, line: int, text: str, *, is_asked: bool) -> None:
        found = tokens(text[:_MOST_TEXT])
        if not found:
            return
        self.texts += 1
        length = _length(found)
        if is_asked or len(found) >= _FEWEST[length]:
            self._scratch.add("INSERT OR IGNORE INTO evaluation_whole VALUES (?, ?)", _whole(text), line)
        if len(found) < _FEWEST[length]:
            return
        length = min(length, len(found))
        self._lengths.add(length)
        passages = {number_of(found[at : at + length]) for at in range(len(found) - length + 1)}
        self._scratch.add("INSERT INTO evaluation_text VALUES (?, ?, ?)", self.texts, line, len(passages))
        for passage in passages:
            self._scratch.add("INSERT INTO evaluation_all VALUES (?, ?)", passage, self.texts)

    def _settle(self) -> None:
        run = self._scratch.run
        run("CREATE INDEX evaluation_by_passage ON evaluation_all (passage, number)")
        run(
            "CREATE TABLE evaluation_common AS SELECT passage FROM evaluation_all GROUP BY passage HAVING COUNT(*) > ?",
            [_COMMON],
        )
        run("DELETE FROM evaluation_all WHERE passage IN (SELECT passage FROM evaluation_common)")
        # Number 0 is nobody's: it keeps what is common in the same index.
        run("INSERT INTO evaluation_all SELECT passage, 0 FROM evaluation_common")
        for (passage,) in self._scratch.each("SELECT passage FROM evaluation_all"):
            bit = passage & ((1 << _BITS) - 1)
            self._bits[bit >> 3] |= 1 << (bit & 7)

    def _runs(self, found: Sequence[str], length: int) -> list[_Run]:
        """Of each evaluation text the longest run of its passages, if enough of it is common to no others."""
        best: dict[int, _Run] = {}
        now: dict[int, int] = {}
        common: set[int] = set()
        for at in range(len(found) - length + 1):
            here = self._with_passage(number_of(found[at : at + length]))
            now = {number: now.get(number, 0) + 1 for number in here}
            for number, run in now.items():
                if number == 0:
                    common.update(range(at, at + length))
                    continue
                before = best.get(number, _Run(0, -number, 0, 0))
                longest = max((before.length, -before.start), (run + length - 1, run - at - 1))
                best[number] = _Run(longest[0], -number, -longest[1], before.passages + 1)
        return [run for run in best.values() if run.own(common) >= min(length, _FEWEST[WORDS])]

    def _with_passage(self, passage: int) -> list[int]:
        bit = passage & ((1 << _BITS) - 1)
        if not self._bits[bit >> 3] & (1 << (bit & 7)):
            return []
        rows = self._scratch.rows("SELECT number FROM evaluation_all WHERE passage = ?", [passage])
        return [number for (number,) in rows]


def _length(found: Sequence[str]) -> int:
    """How many of these tokens in a row make a passage."""
    return CHARACTERS if 2 * sum(map(is_unspaced, found)) > len(found) else WORDS


def _whole(text: str) -> int:
    return number_of([normal(text).casefold()])


def _texts(line: int, given: Json) -> Iterator[tuple[str, bool]]:
    """The texts of one line, and whether each of them is what is asked."""
    if isinstance(given, str):
        yield given, True
        return
    hint = "give records with a prompt, or one text a line"
    if not isinstance(given, Mapping):
        raise BadTerms(f"line {line} of the evaluation file is neither a record nor a text", hint)
    try:
        prompt = prompt_from(given)
    except BadRecord as bad:
        raise BadTerms(f"line {line} of the evaluation file: {bad.what}", bad.hint) from None
    said: dict[str, list[Json]] = defaultdict(list)
    reference = given.get("reference")
    if prompt:
        said["asked"].append(prompt)
        said["said"] += [given.get("response"), *(reference.values() if isinstance(reference, Mapping) else ())]
    else:
        said["asked"] += [value for key, value in given.items() if key != "id"]
    every = [(text, role == "asked") for role, texts in said.items() for text in texts if isinstance(text, str)]
    if not every:
        raise BadTerms(f"line {line} of the evaluation file has no text", hint)
    yield from every

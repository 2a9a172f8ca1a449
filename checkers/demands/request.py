"""A prompt as demands are looked for in it: with what it quotes, and what it only hands over, made unreadable."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from checkers.finding import Span

MAX_PROMPT = 20_000
"""Characters; in a longer prompt nothing is read."""
HIDDEN = "\ue000"
"""Stands for each character that is quoted: a pattern sees that something is quoted, and not what."""
_MOST_QUOTED = 2_000
_MOST_TRIED = 20
"""Marks that may turn out not to close a quotation."""

_FENCE = re.compile(r"^(```|~~~)[^\n]*\n(?:(?!\1)[^\n]*\n){0,500}\1?", re.MULTILINE)
_CITED = re.compile(r"^[ \t]{0,3}>[^\n]*", re.MULTILINE)
_TAGGED = re.compile(r"<(text|passage|article|document|example|context|input)>", re.IGNORECASE)
_OPENING = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "`": "`"}
_BESIDE = re.compile(r"[\s(\[{:,;/—–-]")
_HANDED = re.compile(
    r"\b(?:following|this|below|above)[ \t]{1,4}(?:\w{1,20}[ \t]{1,4}){0,3}"
    r"(?:text|passage|paragraphs?|sentences?|article|e-?mail|letter|story|poem|essay|code|draft|excerpt|message|prompt"
    r"|speech|abstract|document|review|transcript|conversation|dialogue|post|tweet|data|statement"
    r"|summary)[^.:\n]{0,60}:"
    r"|(?:\A|[.!?\n])\s{0,4}(?:please\s|(?:can|could|would) you\s)?"
    r"(?:translate|rephrase|paraphrase|proofread|summari[sz]e|classify|correct|simplify|shorten|condense|spell-?check)\b[^.:\n]{0,80}:",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:i\.e|e\.g|p\.s|p\.p\.s|etc|vs|mr|mrs|dr|approx|min|max|no|u\.s|incl)|\b[A-Z])\Z", re.I
)
_ADDRESSED = re.compile(r"\byour\s{1,4}(?:\w{1,10}\s{1,4})?(?:response|answer|reply|output)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?]+[)\]\"'”’*]{0,3}(?=\s|\Z)|\n(?=\s{0,20}(?:\n|[-*•#]|\d{1,2}[.)]|\Z|[^a-z\s]))")


@dataclass(frozen=True, slots=True)
class Request:
    """One prompt with its readable part and its sentences."""

    prompt: str
    open: str
    """As long as the prompt; quoted characters are HIDDEN, and material to work on is too."""
    ends: tuple[int, ...]
    """Where its sentences end, in order."""

    @classmethod
    def of(cls, prompt: str) -> Request:
        """The prompt as it is read."""
        shown = list(prompt)
        for start, end in (*_blocks(prompt), *_quotations(prompt)):
            shown[start:end] = [HIDDEN if char != "\n" else "\n" for char in prompt[start:end]]
        text = "".join(shown)
        for start, end in _handed(text):
            text = text[:start] + _without_addressed(text[start:end]) + text[end:]
        return cls(prompt, text, tuple(_ends(text)))

    def sentence(self, at: int) -> Span:
        """Where the sentence that this place is in stands."""
        index = bisect_right(self.ends, at)
        start = self.ends[index - 1] if index else 0
        return start, self.ends[index] if index < len(self.ends) else len(self.open)


def _blocks(prompt: str) -> Iterator[Span]:
    for found in (*_FENCE.finditer(prompt), *_CITED.finditer(prompt)):
        yield found.span()
    for found in _TAGGED.finditer(prompt):
        end = prompt.find(f"</{found[1]}>", found.end())
        yield found.end(), end if end >= 0 else len(prompt)


def _quotations(prompt: str) -> Iterator[Span]:
    """What stands between quotation marks, without them; a mark opens at the front of a word and closes at the end."""
    at = 0
    while at < len(prompt):
        closing = _OPENING.get(prompt[at])
        end = _closed(prompt, at, closing) if closing is not None else -1
        if end > 0:
            yield at + 1, end
            at = end
        at += 1


def _closed(prompt: str, at: int, closing: str) -> int:
    is_front = at == 0 or _BESIDE.match(prompt[at - 1]) is not None
    if not is_front or at + 1 >= len(prompt) or prompt[at + 1].isspace():
        return -1
    most = at + (200 if closing in "'’" else _MOST_QUOTED)
    end = at + 1
    for _ in range(_MOST_TRIED):
        end = prompt.find(closing, end + 1, most)
        if end < 0:
            return -1
        if not (prompt[end + 1 : end + 2].isalnum() or (prompt[end - 1].isspace() and closing in "'’")):
            return end if closing not in "'’" or "\n" not in prompt[at:end] else -1
    return -1


def _handed(text: str) -> Iterator[Span]:
    """Text that is only worked on: what stands behind `the following text:` to the end of its paragraph."""
    for found in _HANDED.finditer(text):
        start = found.end()
        while start < len(text) and text[start].isspace():
            start += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if not text.startswith(('"', "“", "'", "‘", "«"), start):
            yield start, max(start, end)


def _without_addressed(said: str) -> str:
    """The same made unreadable, but for its sentences that speak of `your response`."""
    kept, at = [], 0
    for end in (*_ends(said), len(said)):
        sentence = said[at:end]
        kept.append(sentence if _ADDRESSED.search(sentence) else HIDDEN * len(sentence))
        at = end
    return "".join(kept)


def _ends(text: str) -> Iterator[int]:
    for stop in _STOP.finditer(text):
        if stop[0].startswith(".") and _ABBREVIATION.search(text, max(0, stop.start() - 8), stop.start()):
            continue
        yield stop.end()

"""Whether a rationale has substance: a criterion it goes by, and a place in a response that it points at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from checkers.finding import Span, Verdict
from checkers.reasoning.criteria import criteria_in
from checkers.reasoning.script import main_script
from checkers.text.paragraph import paragraph_spans
from checkers.text.sentence import sentence_spans

MAX_RATIONALE = 20_000
MAX_RESPONSE = 200_000
MAX_RESPONSES = 50
MAX_PLACES = 50
RUN = 5
"""Words in a row of a response that nobody writes by chance."""
LEAST_QUOTED = 3
"""Letters and digits of a quotation."""

_QUOTED = re.compile(
    r"\"([^\"\n]{1,400})\"|“([^”\n]{1,400})”|«([^»\n]{1,400})»|(?<!\w)['‘]([^'’\n]{2,400})['’](?!\w)|"
    r"`([^`\n]{1,400})`"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PARTS = r"paragraph|sentence|step|line|bullet(?:\s+point)?|item|section|stanza|verse|row|column|equation|example|table"
_ORDINAL = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)}|last|final|penultimate|opening|closing|(?P<figure>[0-9]{{1,3}})(?:st|nd|rd|th))\s+"
    rf"(?P<part>{_PARTS}|half|part|word|line\s+of\s+code)s?\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"\b(?P<part>{_PARTS})s?\s+(?:no\.?\s*|number\s+|#)?(?P<figure>[0-9]{{1,3}})\b", re.IGNORECASE)
_NAMED_PART = re.compile(
    r"\b(?:in|at|of|from|with|its|the)\s+(?:the\s+|its\s+)?(?:very\s+)?(?P<part>introduction|conclusion|"
    r"beginning|start|end|ending|heading|title|code\s+block|code|table|list|final\s+answer|formula|summary|"
    r"last\s+line|opening|closing)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,9})?(?![\w/]|[.,][0-9])")
_NO_PLACE_BEFORE = re.compile(
    r"\b(?:response|answer|option|model|candidate|output|assistant|version|rat(?:e|ed|ing)|scor(?:e|ed|ing)|give|"
    r"number|no\.)s?\s*(?:is|of|it|a|#|:)?\s*\Z",
    re.IGNORECASE,
)
_SCORE_BEHIND = re.compile(
    r"\s*(?:/|out\s+of|stars?\b|points?\b|responses?\b|answers?\b|%?\s*(?:sure|certain|confident)\b)", re.IGNORECASE
)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]{2,30}(?:\s[A-Z][a-z]{1,30}){0,3}\b")
_NO_NAME = frozenset(
    {"Response", "Answer", "Option", "Model", "Assistant", "Candidate", "The", "English", "Both", "However"}
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENGLISH = re.compile(
    r"\b(?:the|is|are|was|a|an|of|to|in|and|it|its|because|than|that|this|but|more|less|better|both|has|does|not|no|"
    r"with|for|good|best|prefer|response|answer)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a response that a rationale points at."""

    kind: str
    """`quotation`, `words`, `number`, `name` or the part that is named, as `paragraph`."""
    span: Span
    """In the rationale."""
    response: int | None
    """The first response that has it; None for a part of which it is not said whose it is."""


@dataclass(frozen=True, slots=True)
class Substance:
    """What a rationale has and what it lacks."""

    verdict: Verdict
    """HOLDS, SUSPICIOUS, or UNKNOWN for another language than English or a text beyond the limits."""
    criteria: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    missing: tuple[str, ...] = ()
    """Of `criterion` and `place`."""
    misquoted: tuple[Span, ...] = ()
    """Quotations in the rationale that stand in no response."""
    reason: str = ""
    """Why it is UNKNOWN."""

    @property
    def message(self) -> str:
        """One sentence for whoever wrote it."""
        if self.verdict is Verdict.UNKNOWN:
            return f"This rationale cannot be judged: {self.reason}."
        if self.verdict is Verdict.HOLDS:
            return "The rationale names what it goes by and where that is seen."
        wanted = {"criterion": "what it goes by", "place": "a place in a response where that is seen"}
        lacks = " and ".join(wanted[each] for each in self.missing)
        quoted = "; what it quotes stands in no response" if self.misquoted else ""
        return f"The rationale does not name {lacks}{quoted}."


def substance(rationale: str, responses: Sequence[str], *, language: str = "") -> Substance:
    """Whether the rationale of a preference names a criterion and a place in one of the responses.

    "A is better" names neither. A place is a quotation or five words in a row that stand in a response, a number or
    name of it, or a part that it has ("second paragraph", "step 3"). `language` is that of the rationale as a BCP 47
    tag; other languages than English are UNKNOWN. Pure and deterministic.
    """
    reason = _undecidable(rationale, responses, language)
    if reason:
        return Substance(Verdict.UNKNOWN, reason=reason)
    read = [_Response(text) for text in responses]
    places, misquoted = _quotations(rationale, read)
    places += [*_parts(rationale, read), *_numbers(rationale, read), *_names(rationale, read), *_runs(rationale, read)]
    outside = _without(rationale, [place.span for place in places if place.kind == "quotation"] + misquoted)
    criteria = criteria_in(outside)
    missing = tuple(name for name, found in (("criterion", criteria), ("place", places)) if not found)
    verdict = Verdict.SUSPICIOUS if missing else Verdict.HOLDS
    return Substance(verdict, criteria, tuple(places[:MAX_PLACES]), missing, tuple(misquoted))


class _Response:
    """A response as it is searched."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def said(self) -> str:
        return _normal(self.text)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        words = _WORD.findall(self.said)
        return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(match[0].replace(",", "") for match in _NUMBER.finditer(self.text))

    def count(self, part: str) -> int | None:
        """How many of that part it has; None where that cannot be counted."""
        match part:
            case "paragraph" | "stanza":
                return len(paragraph_spans(self.text))
            case "sentence":
                return len(sentence_spans(self.text))
            case "line" | "verse":
                return sum(1 for line in self.text.split("\n") if line.strip())
            case "word":
                return len(_WORD.findall(self.text))
            case _:
                return None


def _undecidable(rationale: str, responses: Sequence[str], language: str) -> str:
    speech = language.replace("_", "-").split("-", 1)[0].lower()
    if speech not in ("", "en"):
        return "it is not in English"
    if len(rationale) > MAX_RATIONALE:
        return f"it has more than {MAX_RATIONALE:,} characters"
    if len(responses) > MAX_RESPONSES or any(len(text) > MAX_RESPONSE for text in responses):
        return "the responses are too many or too long"
    words = _WORD.findall(rationale)
    if not speech and words:
        script = main_script(rationale)
        is_other = script not in (None, "Latin") or (script is None and not rationale.isascii() and len(words) < 2)
        if is_other or (len(words) > 3 and _ENGLISH.search(rationale) is None):
            return "it does not look like English"
    return ""


def _quotations(rationale: str, read: Sequence[_Response]) -> tuple[list[Place], list[Span]]:
    places: list[Place] = []
    misquoted: list[Span] = []
    for count, match in enumerate(_QUOTED.finditer(rationale)):
        said = _normal(next(group for group in match.groups() if group is not None)).strip(" .,;:!?…")
        if count == MAX_PLACES:
            break
        if sum(map(str.isalnum, said)) < LEAST_QUOTED and not said.isdigit():
            continue
        owner = _owner(read, lambda response, said=said: said in response.said)  # type: ignore[misc]
        if owner is None:
            misquoted.append(match.span())
        else:
            places.append(Place("quotation", match.span(), owner))
    return places, misquoted


def _parts(rationale: str, read: Sequence[_Response]) -> Iterator[Place]:
    for pattern in (_ORDINAL, _NUMBERED):
        for match in pattern.finditer(rationale):
            part = match["part"].split()[0].lower()
            if _reaches(read, part, _nth(match)):
                yield Place(part, match.span(), None)
    for match in _NAMED_PART.finditer(rationale):
        yield Place(match["part"].lower(), match.span(), None)


def _nth(match: re.Match[str]) -> int:
    if match["figure"]:
        return int(match["figure"])
    named = match["nth"].lower()
    return _ORDINALS.index(named) + 1 if named in _ORDINALS else 1


def _reaches(read: Sequence[_Response], part: str, nth: int) -> bool:
    counts = [response.count(part) for response in read]
    return any(count is None or count >= nth for count in counts)


def _numbers(rationale: str, read: Sequence[_Response]) -> Iterator[Place]:
    for match in _NUMBER.finditer(rationale):
        if _NO_PLACE_BEFORE.search(rationale[max(0, match.start() - 20) : match.start()]):
            continue
        if _SCORE_BEHIND.match(rationale, match.end()):
            continue
        number = match[0].replace(",", "")
        owner = _owner(read, lambda response, number=number: number in response.numbers)  # type: ignore[misc]
        if owner is not None:
            yield Place("number", match.span(), owner)


def _names(rationale: str, read: Sequence[_Response]) -> Iterator[Place]:
    for match in _NAME.finditer(rationale):
        if match[0].split()[0] in _NO_NAME:
            continue
        owner = _owner(read, lambda response, name=match[0]: name in response.text)  # type: ignore[misc]
        if owner is not None:
            yield Place("name", match.span(), owner)


def _runs(rationale: str, read: Sequence[_Response]) -> Iterator[Place]:
    words = [(match.span(), _normal(match[0])) for match in _WORD.finditer(rationale)]
    for at in range(len(words) - RUN + 1):
        run = tuple(word for _, word in words[at : at + RUN])
        owner = _owner(read, lambda response, run=run: run in response.runs)  # type: ignore[misc]
        if owner is not None:
            yield Place("words", (words[at][0][0], words[at + RUN - 1][0][1]), owner)
            return


def _owner(read: Sequence[_Response], has: Callable[[_Response], bool]) -> int | None:
    return next((at for at, response in enumerate(read) if has(response)), None)


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with blanks in place of the spans: what is quoted names no criterion of the one who quotes."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _normal(text: str) -> str:
    """Lower case, plain quotation marks, and single blanks."""
    return " ".join(text.casefold().translate(_PLAIN).split())


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})

"""Signs in the words around a formula that it is asked, supposed, refuted or quoted rather than asserted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

SUPPOSED, ASKED, REFUTED, QUOTED = "supposed or tried", "asked", "refuted or taken back", "quoted"
OTHER_ARITHMETIC, OWN_SIGN = "another arithmetic", "a sign with a meaning of its own"
_FLAGS = re.IGNORECASE
# A line that ends in a colon or comma leads on to the next.
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|(?<![:,])\n")
_QUESTION = re.compile(r"\?")
# "If" and the like bind only their own clause: what follows "then" or a comma is asserted again.
_CONDITION = re.compile(r"\b(?:if|unless|whether|provided|when(?:ever)?)\b", _FLAGS)
_CONSEQUENCE = re.compile(r"\bthen\b|,", _FLAGS)
_HYPOTHESIS = re.compile(
    r"\b(?:suppos(?:e|ed|es|ing)|assum(?:e|ed|es|ing|ption)|imagin(?:e|ed)|hypothetical(?:ly)?|guess|pretend|say|"
    r"let(?:['’]s)?\s+(?:try|test|check|verify|see)|try(?:ing)?|(?:to|we|can|now|by)\s+test|"
    r"test(?:s|ing)?\s+(?:if|whether|that|for|with|each|every|all|possible|different|some|small|the\s+(?:values?|case)"
    r"|\$|\\|[a-z]\s*=|[0-9])|check(?:ing)?\s+(?:if|whether)|(?:choice|option)s?|plug(?:ging)?|"
    r"had it been|in order for|to be an?\s+\w+\s+we need|clock|remainders?|quotients?)\b"
    r"|\bstatement\s+[IVX1-9]+\b|(?:^|[.;]\s|\n)were\s+(?=[$\\(0-9])",
    _FLAGS,
)
# `A) 5 + 5 = 11 ... B) ...`: what is offered for choice. One label alone may be a heading.
_LABEL = re.compile(r"(?:^|[\n;:,.])[ \t]*\(?[A-E][).][ \t]")
_OTHER_ARITHMETIC = re.compile(
    r"\b(?:mod(?:ulo|ulus|ular)?|binary|octal|hex(?:adecimal)?|congruent|cyclic group|finite field)\b|\\[bp]?mod\b|≡|"
    r"\b(?:boolean|logical (?:or|and)|x?or gate|and gate|xor|concatenat\w+|integer division)\b|"
    r"\bunder (?:this|that) operation\b|\b[ZF]/[0-9pn]|\\equiv\b|"
    r"\\mathbb\s*\{?[ZF]\}?\s*(?:_|/)|(?:\b[ZF]|ℤ)_\{?[0-9pn]|\bGF\(|"
    r"\bbase[- ]?\$?(?:[0-9]{1,2}|b|two|three|four|five|six|seven|eight|nine|twelve|sixteen)\b",
    _FLAGS,
)
_OWN_SIGN = re.compile(
    r"\boperations?\b.{0,80}\bdefin|\bdefin.{0,80}\boperations?\b|\*[^.]{0,40}\bdefined\b|\b[a-z]\s?\*\s?[a-z]\s?=|\\boxed\{[^}\s]",
    _FLAGS,
)
_REFUTATION = re.compile(
    r"\b(?:not|never|cannot|can['’]t|isn['’]t|doesn['’]t|don['’]t|won['’]t|wouldn['’]t|wrong(?:ly)?|incorrect(?:ly)?|"
    r"false|mistake(?:n|nly|s)?|error|contradict(?:s|ion|ory|ing)?|impossible|absurd|invalid|instead|rather than|"
    r"fails?|oops|wait|sorry|retract|scratch that|correction|actually|should (?:be|have been|read)|"
    r"nonsense|misread|miscalculat\w*|too (?:large|small|big|low|high|much|many|few|long|short)|"
    r"claim(?:s|ed)|(?:it|problem|question|prompt) says|inconsistent|no solutions?|would (?:imply|mean|give|require)|"
    r"tempt(?:ed|ing)|misconception|meant|or rather|no way|omits|thinks?|thought|believe[sd]?|wrote|writes|"
    r"(?:['’]s|his|her|their) (?:work|equation|answer|solution)|(?:replac|chang)(?:e|ing)(?=\s+[$\\(0-9]))\b|"
    r"✗|✘|❌|\\neg\b|¬|"
    r"\(no\)|,\s*no[.,!]",
    _FLAGS,
)
_DENIAL = re.compile(
    r"\b(?:contradict\w*|impossible|absurd|not (?:true|possible|valid|correct|equal|an? solution|satisf\w+)|false|"
    r"no (?:such|real|integer|solutions?)|incorrect|wrong|mistake|wait|(?:doesn['’]t|does not|do not|don['’]t|cannot|"
    r"can['’]t|isn['’]t|is not|are not) (?:\w+ )?(?:work|hold|be|satisf\w+|equal|match|true|possible|valid))\b",
    _FLAGS,
)
_ABOUT = re.compile(
    r"(?<!\\)\b(?:approx\w*|about|around|roughly|nearly|almost|estimat\w+|close to)\b|"
    r"(?<=[=\s])~\s?(?=[0-9])",
    _FLAGS,
)
_ROUNDED = re.compile(r"\brounds?\b|\bround(?:ed|ing)\b", _FLAGS)
_QUOTE = re.compile(r'"|“|”|`+|«|»')
_CLOSING = {"“": "”", "«": "»"}
_AFTERTHOUGHT = 120
"""Characters after a claim in which a retraction still means it."""


class Surroundings:
    """What the words of one text say about the formulas between them, looked for when it is first asked.

    All places are sorted, so asking is cheap; most formulas are true, and of them nobody asks.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where sentences end."""
        return _places(_SENTENCE_END, self.text)

    @cached_property
    def questions(self) -> tuple[int, ...]:
        """Marks of a question."""
        return _places(_QUESTION, self.text)

    @cached_property
    def conditions(self) -> tuple[int, ...]:
        """Words such as `if`."""
        return _places(_CONDITION, self.text)

    @cached_property
    def consequences(self) -> tuple[int, ...]:
        """Where what was said under a condition ends."""
        return _places(_CONSEQUENCE, self.text)

    @cached_property
    def hypotheses(self) -> tuple[int, ...]:
        """Words such as `suppose`, `try`."""
        # The point of `C.` ends a sentence to whoever looks for its end: what counts is behind it.
        labels = tuple(match.end() for match in _LABEL.finditer(self.text))
        return tuple(sorted((*_places(_HYPOTHESIS, self.text), *(labels if len(labels) > 1 else ()))))

    @cached_property
    def estimates(self) -> tuple[int, ...]:
        """Words such as `about`, `estimate`."""
        return _places(_ABOUT, self.text)

    @cached_property
    def roundings(self) -> tuple[int, ...]:
        """Words such as `rounded`."""
        return _places(_ROUNDED, self.text)

    @cached_property
    def refutations(self) -> tuple[int, ...]:
        """Words such as `not`, `wrong`, `wait`."""
        return _places(_REFUTATION, self.text)

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """What stands between marks of quotation."""
        return _quotes(self.text)

    def doubts(self, start: int, end: int) -> tuple[str, ...]:
        """Why what stands from start to end may be meant otherwise than as an assertion; empty when nothing says so."""
        first = self.ends[bisect_left(self.ends, start) - 1] if self.ends and self.ends[0] < start else 0
        after = bisect_left(self.ends, end)
        last = self.ends[after] + 1 if after < len(self.ends) else end + _AFTERTHOUGHT
        said = {
            SUPPOSED: _any(self.hypotheses, first, last) or self._is_conditional(first, start),
            ASKED: _any(self.questions, end, last),
            REFUTED: _any(self.refutations, first, max(last, end + _AFTERTHOUGHT)),
            QUOTED: self._is_quoted(start, end),
        }
        return tuple(reason for reason, is_so in said.items() if is_so)

    def is_about(self, start: int, end: int) -> bool:
        """Whether its sentence says that numbers are estimated."""
        return _any(self.estimates, *self._sentence(start, end))

    def is_rounded(self, start: int, end: int) -> bool:
        """Whether its sentence says that numbers are rounded."""
        return _any(self.roundings, *self._sentence(start, end))

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        first = self.ends[bisect_left(self.ends, start) - 1] if self.ends and self.ends[0] < start else 0
        after = bisect_left(self.ends, end)
        return first, self.ends[after] if after < len(self.ends) else len(self.text)

    def follows_condition(self, start: int) -> bool:
        """Whether `if` or the like stands before it in its sentence, in whatever clause."""
        first = self.ends[bisect_left(self.ends, start) - 1] if self.ends and self.ends[0] < start else 0
        return _any(self.conditions, first, start)

    def _is_quoted(self, start: int, end: int) -> bool:
        at = bisect_right(self.quotes, start, key=lambda quote: quote[0]) - 1
        return at >= 0 and end <= self.quotes[at][1]

    def _is_conditional(self, first: int, start: int) -> bool:
        before = bisect_left(self.conditions, start) - 1
        if before < 0 or self.conditions[before] < first:
            return False
        return not _any(self.consequences, self.conditions[before], start)


def is_refuted_by(text: str) -> bool:
    """Whether the first sentence of what follows a claim takes it back, or says that it cannot be."""
    end = _SENTENCE_END.search(text)
    return _DENIAL.search(text[: min(_AFTERTHOUGHT, end.end() if end else _AFTERTHOUGHT)]) is not None


def has_other_arithmetic(text: str) -> bool:
    """Whether the text speaks of residues or another base, in which sums come out otherwise."""
    return _OTHER_ARITHMETIC.search(text) is not None


def has_own_sign(prompt: str) -> bool:
    """Whether the prompt gives a sign such as `*` a meaning of its own."""
    return _OWN_SIGN.search(prompt) is not None


def _places(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in pattern.finditer(text))


def _any(places: tuple[int, ...], first: int, last: int) -> bool:
    return bisect_left(places, first) < bisect_right(places, last)


def _quotes(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for match in _QUOTE.finditer(text):
        if opened is None:
            opened = match
        elif match[0] == _CLOSING.get(opened[0], opened[0]):
            found.append((opened.start(), match.end()))
            opened = None
    if opened is not None:
        found.append((opened.start(), len(text)))
    return tuple(found)

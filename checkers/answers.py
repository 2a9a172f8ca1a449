"""Final answers: where a text states one, and whether two of them are the same."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from dataclasses import dataclass
from fractions import Fraction

from checkers.finding import Span, Verdict
from checkers.formula.parse import parse
from checkers.formula.tokens import Kind, tokens_of
from checkers.formula.tree import Node, Percent, Unreadable, numbers
from checkers.formula.value import value_of
from checkers.formula.written import decimal_places, unit_of

MAX_ANSWER = 1_000
"""Characters of an answer that is read; a longer one is never the same as another."""

_BOXES = ("\\boxed{", "\\fbox{")
_HASHES = re.compile(r"^[ \t]*####[ \t]*(\S[^\n]*)", re.MULTILINE)
_CUE = re.compile(
    r"\banswer\b(?:[ \t]+(?:to|for|of|the|this|that|question|problem|here|therefore|thus)){0,6}"
    r"[ \t*]*(?:\bis\b|=|:)[ \t*:]*",
    re.IGNORECASE,
)
_CUE_END = re.compile(r"[.!?](?=[\s*]|$)|\n")
_BARE_LINE = re.compile(r"[-+$£€¥\\(]{0,4}[0-9][0-9.,/ ]{0,40}%?\)?\.?|\(?[A-J]\)?\.?")
_WRAPPERS = (
    ("\\boxed{", "}"),
    ("\\fbox{", "}"),
    ("$", "$"),
    ("\\(", "\\)"),
    ("\\[", "\\]"),
    ("**", "**"),
    ("\\text{", "}"),
)
_NAME = re.compile(r"[A-Za-z]\s*=\s*(?=\S)")
_LETTER = re.compile(r"\(?([A-J])(?:[).:]\s*(?P<rest>\S.*)?|)", re.DOTALL)
_LARGE = frozenset({"hundred", "thousand", "million", "billion", "trillion", "dozen", "k", "m", "bn"})
_OPPOSITES = ({"yes", "no"}, {"true", "false"})
_SPACES = re.compile(r"\s+|\\[,;:! ]")
_ARTICLES = re.compile(r"\b(?:the|a|an)\b ?")
_TRADES = frozenset({4, 7, 8, 10, 12, 16, 20, 24, 25, 28, 30, 36, 52, 60, 100, 144, 365, 1000, 1440, 1760, 3600, 5280})
"""How many of one unit make another: 60 seconds, 12 months, 100 cents."""


def final_answer(text: str) -> str | None:
    """What the text states as its answer: the last box, `####` or "answer is", else a last line that is only it."""
    span = answer_span(text)
    return None if span is None else text[span[0] : span[1]]


def answer_span(text: str) -> Span | None:
    """Where `final_answer` stands."""
    for find in (_boxed, _after_hashes, _after_cue, _last_line):
        span = find(text)
        if span is not None:
            return span
    return None


def same_answer(gold: str, answer: str, *, tolerance: Fraction | int | float | None = None) -> Verdict:
    """HOLDS when both are the same answer, FAILS when they differ, UNKNOWN where a person could argue; symmetric.

    Numbers are compared exactly. A decimal of two or more places is the same as a fraction that rounds to it. With
    a tolerance, numbers are the same when they differ by that much at most.
    """
    one, other = _read(gold), _read(answer)
    if one.letter and other.letter:
        return _either(one.letter == other.letter)
    if one.letter or other.letter:
        same = bool(one.rest or other.rest) and _same_values(one, other, tolerance) is Verdict.HOLDS
        return Verdict.HOLDS if same else Verdict.UNKNOWN
    return _same_values(one, other, tolerance)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer, taken apart."""

    words: str
    letter: str = ""
    rest: bool = False
    number: Fraction | None = None
    places: int | None = None
    percent: bool = False
    currency: str = ""
    unit: str = ""


def _same_values(one: _Answer, other: _Answer, tolerance: Fraction | int | float | None) -> Verdict:
    if not one.words or not other.words:
        return Verdict.UNKNOWN
    if one.number is not None and other.number is not None:
        return _same_numbers(one, other, one.number, other.number, tolerance)
    if one.words == other.words:
        return Verdict.HOLDS
    pair = {one.words, other.words}
    return Verdict.FAILS if pair in _OPPOSITES else Verdict.UNKNOWN


def _same_numbers(
    one: _Answer, other: _Answer, first: Fraction, second: Fraction, tolerance: Fraction | int | float | None
) -> Verdict:
    if _disagree(one.currency, other.currency) or _disagree(one.unit, other.unit):
        return Verdict.UNKNOWN
    if one.percent != other.percent:
        readings = {first * 100 if one.percent else first, second * 100 if other.percent else second}
        return Verdict.UNKNOWN if first == second or len(readings) == 1 else Verdict.FAILS
    if first == second or (tolerance is not None and abs(first - second) <= tolerance):
        return Verdict.HOLDS
    if tolerance is None and (rounded := _rounded(one, other, first, second)) is not None:
        return rounded
    # A unit on one side only may stand for a trade: "2 hours" and "120".
    is_traded = (one.unit or one.currency) != (other.unit or other.currency) and _is_trade(first, second)
    return Verdict.UNKNOWN if is_traded else Verdict.FAILS


def _rounded(one: _Answer, other: _Answer, first: Fraction, second: Fraction) -> Verdict | None:
    """What two numbers are to one another of which one may be the other, rounded; None when it is not."""
    coarse = [answer.places for answer in (one, other) if answer.places is not None]
    if not coarse or min(coarse) == 0:
        return None
    if abs(first - second) > Fraction(1, 2 * 10 ** min(coarse)):
        return None
    is_endless = any(decimal_places(value) is None for value in (first, second))
    return Verdict.HOLDS if is_endless and len(coarse) == 1 and min(coarse) >= 2 else Verdict.UNKNOWN


def _is_trade(first: Fraction, second: Fraction) -> bool:
    if not first or not second:
        return False
    ratio = max(abs(first / second), abs(second / first))
    return ratio in _TRADES


def _disagree(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _either(same: bool) -> Verdict:
    return Verdict.HOLDS if same else Verdict.FAILS


def _read(text: str) -> _Answer:
    plain = _unwrapped(text.strip())
    if not plain or len(plain) > MAX_ANSWER:
        return _Answer("")
    found = _LETTER.fullmatch(plain)
    if found is None:
        return _read_value(plain)
    rest = _read_value((found["rest"] or "").strip())
    return _Answer(
        rest.words, found[1], bool(rest.words), rest.number, rest.places, rest.percent, rest.currency, rest.unit
    )


def _read_value(plain: str) -> _Answer:
    words = _normal(plain)
    tokens = tokens_of(plain)
    cut = next((at for at, token in enumerate(tokens) if token.kind is Kind.WORD), len(tokens))
    unit = [token.text.casefold() for token in tokens[cut:]]
    if any(token.kind is not Kind.WORD for token in tokens[cut:]) or len(unit) > 3 or _LARGE & set(unit):
        return _Answer(words)
    node = parse(tokens[:cut])
    value = None if isinstance(node, Unreadable) else value_of(node)
    if isinstance(node, Unreadable) or not isinstance(value, Fraction):
        return _Answer(words)
    return _with_number(words, node, value, " ".join(unit))


def _with_number(words: str, node: Node, value: Fraction, unit: str) -> _Answer:
    step = unit_of(node)
    percent = isinstance(node, Percent) or unit in ("percent", "per cent")
    if unit in ("percent", "per cent"):
        value, unit = value / 100, ""
    places = None if step is None else len(str(step.denominator)) - 1
    currency = next((number.currency for number in numbers(node) if number.currency), "")
    return _Answer(words, "", False, value, places, percent, currency, unit.removesuffix("s"))


def _unwrapped(text: str) -> str:
    for _ in range(4):
        before = text
        for opening, closing in _WRAPPERS:
            inner = text[len(opening) : -len(closing)]
            if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening) + len(closing):
                text = text if _unbalanced(inner) else inner.strip()
        text = text.strip().removesuffix(".").rstrip()
        named = _NAME.match(text)
        text = text[named.end() :] if named else text
        if text == before:
            break
    return text


def _unbalanced(inner: str) -> bool:
    depth = 0
    for sign in inner[:MAX_ANSWER]:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return True
    return depth != 0 or "$" in inner


def _normal(text: str) -> str:
    plain = _SPACES.sub(" ", text.replace("\\left", "").replace("\\right", "").replace("$", "")).strip(" .,;:!\"'")
    if plain.replace(" ", "").isalpha():
        plain = _ARTICLES.sub("", unicodedata.normalize("NFKC", plain).casefold() + " ").strip()
    return plain


def _boxed(text: str) -> Span | None:
    found = max(_BOXES, key=text.rfind)
    start = text.rfind(found)
    if start < 0:
        return None
    start += len(found)
    depth = 1
    for at in range(start, min(len(text), start + MAX_ANSWER)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return _trimmed(text, start, at)
    return None


def _after_hashes(text: str) -> Span | None:
    found = deque(_HASHES.finditer(text), maxlen=1)
    return _trimmed(text, *found[0].span(1)) if found else None


def _after_cue(text: str) -> Span | None:
    found = deque(_CUE.finditer(text), maxlen=1)
    if not found:
        return None
    start = found[0].end()
    end = _CUE_END.search(text, start)
    return _trimmed(text, start, len(text) if end is None else end.start())


def _last_line(text: str) -> Span | None:
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    return _trimmed(text, start, end) if _BARE_LINE.fullmatch(text, start, end) else None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without blanks, bold print and a full stop at its edges; None when nothing is left."""
    while start < end and (text[start].isspace() or text[start] == "*"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*."):
        end -= 1
    return (start, end) if start < end else None

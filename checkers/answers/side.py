"""One of two answers, taken out of its text: a letter of a choice, a kind of mathematics, words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from checkers.answers.conclusion import lone_thing
from checkers.answers.find import MAX_ANSWER, answer_span, box_contents, final_answer
from checkers.answers.judge import Judge
from checkers.answers.kinds import Amount, Kind
from checkers.answers.reading import kind_in, listed
from checkers.answers.spelling import in_words, unwrapped, with_point
from checkers.formula.signs import MAX_PRODUCT

_LETTER = re.compile(
    r"\(?(?:\\(?:text|textbf|mathrm|mathbf)\{ ?\(?)?([A-Ja-j])"
    r"(?:\)? ?\}[ \\]{0,2}\)?|\)|[.:](?=\s|\Z)|\s[-–]\s(?=[A-Za-z]{2,20}\s)|(?=\Z))\s*(?P<rest>\S.*)?",
    re.DOTALL,
)
_CHOICE = re.compile(
    r"(?:option|choice|answer)[ _\\]{0,3}\(?([A-J])\b\)?(?P<rest>(?!\s{0,3}(?:[/&]|,\s{0,3}[A-J]\b|or\b|and\b)).*)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Side:
    """One answer, taken apart; all of it may be missing."""

    words: str = ""
    letter: str = ""
    """Of a choice."""
    kind: Kind | None = None
    is_formula: bool = True
    """False when it was taken out of words, or is letters that are more likely a word."""
    rest: bool = False
    """Whether something stands behind the letter."""


def side_of(text: str, judge: Judge) -> Side:
    """The answer that a text is, or the one that it states when it is a whole solution."""
    return _read(_core(text), judge)


def _core(text: str) -> str:
    """The part of a text in which the answer stands."""
    if _CHOICE.fullmatch(text):
        return text
    span = answer_span(text)
    if span is not None:
        return text[slice(*span)]
    if " " in text.strip() and ("\n" in text or _is_prose(text)):
        return final_answer(text) or text
    return text


def _is_prose(text: str) -> bool:
    return len(re.findall(r"(?<![\\A-Za-z])[A-Za-z]{3,}", text[:MAX_ANSWER])) > 1


def _read(text: str, judge: Judge) -> Side:
    if len(text) > MAX_ANSWER:
        return Side()
    boxes = box_contents(text)
    if len(boxes) > 1:
        return Side(in_words(", ".join(boxes)), kind=listed(boxes, judge, joint="and"))
    plain = unwrapped(with_point(text.strip()))
    found = _CHOICE.fullmatch(plain) or _LETTER.fullmatch(plain)
    if found is None or _is_small_letter(found):
        return _value(plain, judge)
    rest = unwrapped((found["rest"] or "").strip(" .,:;-–"))
    if not rest:
        return Side(in_words(plain), found[1].upper())
    return replace(_value(rest, judge), letter=found[1].upper(), rest=True)


def _is_small_letter(found: re.Match[str]) -> bool:
    """Whether this is a name such as `a`, and no `a)`."""
    return found[1].islower() and (found[0].strip("()") == found[1] or found["rest"] is None)


def _value(plain: str, judge: Judge) -> Side:
    words = in_words(plain)
    if not words:
        return Side()
    letters = plain.replace("$", "").strip()
    is_word = letters.isalpha() and len(letters) >= MAX_PRODUCT
    kind = kind_in(plain, judge)
    alone = lone_thing(plain) if kind is None and _is_prose(plain) else None
    if alone is not None:
        return Side(words, kind=kind_in(unwrapped(plain[slice(*alone)]), judge), is_formula=False)
    return Side(words, kind=kind, is_formula=not (is_word and isinstance(kind, Amount) and kind.value is None))

"""Demands on capitals: all letters, none, or so many words of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import EXACT
from checkers.trace import Constraint

_UPPER = (
    r"(?:capital(?:ized)? letters|capitals|capitalized letters|upper-?case letters|upper-?case|upper case(?: "
    r"letters)?|caps)"
)
_LOWER = r"(?:lower-?case letters|lower-?case|lower case(?: letters)?|small letters)"
_ALL = r"(?:all|only|entirely|completely|fully|exclusively|just|nothing but)"
_CAPPED = (
    r"(?:(?:words?|phrases?|terms?)(?: or (?:words|phrases|terms))? (?:written |that are |which are )?(?:in"
    r"|with|of|using) (?:all |only )?(?:the )?"
    r"(?:capital letters|capitals|caps|upper-?case(?: letters)?|capitalized letters|all-caps|letters capitalized)"
    r"|(?:such )?(?:fully )?(?:all-caps|capitali[sz]ed|upper-?case|all-capital) words?)"
)
_ABOUT_WORDS = re.compile(
    r"\b(?:words?|phrases?|terms?|keywords?|titles?|headings?|headers?|headlines?|names?|sections?|points?"
    r"|first|initials?|acronyms?"
    r"|some|variables?|constants?|keys?|highlight\w{0,4})\b[^.;,]{0,40}\Z",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"\bin\s{1,4}English\b", re.IGNORECASE)


def _whole(name: str) -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        start, stop = heard.request.sentence(heard.span[0])
        before = heard.request.open[max(start, heard.span[0] - 80) : heard.span[0]]
        if heard.is_negated or _ABOUT_WORDS.search(before) or _names_a_word(heard):
            return None
        is_english = _ENGLISH.search(heard.request.open, start, stop) is not None
        return heard.asks(f"letter_case.{name}", language="en" if is_english else None)

    return build


def _names_a_word(heard: Heard) -> bool:
    behind = heard.request.open[heard.span[1] : heard.span[1] + 40]
    return (
        re.match(
            r"\s{0,4}(?:letters?\s{1,4})?(?:words?|phrases?|keywords?|titles?|the\s{1,4}(?:word|phrase|name)"
            r"|for\s{1,4}(?:the|each|every))\b",
            behind,
            re.I,
        )
        is not None
    )


def _count(heard: Heard) -> Constraint | None:
    bounds = heard.bounds(bare=EXACT)
    return None if bounds is None else heard.asks("letter_case.capital_words", **bounds)


def _some(heard: Heard) -> Constraint | None:
    return None if heard.is_negated else heard.asks("letter_case.capital_words", min=1)


TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"(?<!not\s)(?<!n't\s)(?<!n’t\s)(?:\b(?:in|using|use|with|written in|be) )?\b{_ALL}(?: in)?(?: the)?(?: "
        rf"use)? {_UPPER}\b(?! at least| at most)",
        _whole("upper"),
    ),
    Phrase(rf"(?:\b(?:in|using|written in) )(?:block |all-)?{_UPPER}\b", _whole("upper")),
    Phrase(
        r"\b(?:no|without(?: (?:using|any|the use of)){0,2}|avoid(?:ing)?(?: using)?(?: any)?) lower-?case(?: "
        r"letters?)?\b",
        _whole("upper"),
    ),
    Phrase(r"<NOT> (?:use|contain|include|have) (?:any )?lower-?case(?: letters?)?\b", _whole("upper")),
    Phrase(
        r"\bnot a single (?:word|letter) in <WHOLE> (?:should|must|may|can) (?:contain|be|have)(?: in)? lower-?case",
        _whole("upper"),
    ),
    Phrase(
        rf"(?<!not\s)(?<!n't\s)(?<!n’t\s)(?:\b(?:in|using|use|with|written in|be|are|contain) )?\b{_ALL}(?: in)?(?: "
        rf"the)?(?: use)?(?: letters)?(?: (?:are|be|must be|should be))? {_LOWER}\b",
        _whole("lower"),
    ),
    Phrase(rf"(?:\b(?:in|using|written in) )(?:all-)?{_LOWER}\b", _whole("lower")),
    Phrase(rf"\bin English,? and {_LOWER}\b", _whole("lower")),
    Phrase(r"\ball (?:of )?(?:the |your )?letters (?:are|be|must be|should be)(?: in)? lower-?case\b", _whole("lower")),
    Phrase(
        r"\ball (?:of )?(?:the |your )?letters (?:are|be|must be|should be)(?: in)? (?:upper-?case|capitals"
        r"|capitali[sz]ed|capital)\b",
        _whole("upper"),
    ),
    Phrase(
        r"\b(?:no|without(?: (?:using|any|the use of)){0,2}|avoid(?:ing)?(?: (?:using|any|the use of)){0,2}|refrain "
        r"from using(?: any)?) (?:capital(?:ized)? letters?|capitals|upper-?case(?: letters?)?|capitali[sz]ation)\b",
        _whole("lower"),
    ),
    Phrase(
        r"<NOT> (?:use|contain|include|have) (?:any )?(?:capital(?:ized)? letters?|capitals|upper-?case(?: "
        r"letters?)?)\b",
        _whole("lower"),
    ),
    Phrase(r"<NOT> capitali[sz]e (?:any(?:thing| letters?| words?)|a single letter)\b", _whole("lower")),
    Phrase(r"\bnot a single letter in <WHOLE> (?:is|should be|must be|may be) capitali[sz]ed\b", _whole("lower")),
    Phrase(r"\bcapital letters (?:are|is) (?:not allowed|forbidden|prohibited)", _whole("lower")),
    Phrase(rf"<COUNT>{_CAPPED}<AFTER>(?! each)", _count),
    Phrase(
        r"<COUNT>(?:words?|phrases?)(?: in <WHOLE>)? <MUST> be (?:written )?(?:in )?(?:all )?(?:caps|capital "
        r"letters|capitals|upper-?case|capitalized|all-caps)\b",
        _count,
    ),
    Phrase(rf"\b(?:all-caps words|{_CAPPED}) <MUST> (?:appear|occur|be used|show up)(?: in <WHOLE>)? <TIMES>", _count),
    Phrase(rf"\b(?:use|include|have|with) {_CAPPED},? <TIMES>", _count),
    Phrase(r"\b(?:words with capital letters) <MUST> (?:appear|occur|be used|show up)(?: in <WHOLE>)? <TIMES>", _count),
    Phrase(rf"\b(?:use|include) (?:some )?{_CAPPED}(?! sparingly)", _some),
)

"""Demands to do without some marks of punctuation."""

from __future__ import annotations

from checkers.demands.asking import Heard, Phrase
from checkers.demands.scope import KINDS_OF_TEXT
from checkers.trace import Constraint

_MARKS = {
    "comma": ",",
    "exclamation mark": "!",
    "exclamation point": "!",
    "question mark": "?",
    "semicolon": ";",
    "semi-colon": ";",
    "colon": ":",
    "em dash": "—",
    "em-dash": "—",
    "full stop": ".",
    "period": ".",
    "asterisk": "*",
    "ampersand": "&",
    "ellipsis": "…",
    "parenthes": "()",
}
_MARK = (
    r"(?:commas?|exclamation (?:marks?|points?)|question marks?|semi-?colons?|colons?|em(?: |-)dash(?:es)?|full "
    r"stops|periods"
    r"|asterisks|ampersands|parenthes[ei]s)"
)
_MARKED = rf"(?P<marks>{_MARK}(?:(?:,? (?:and|or|nor) |, )(?:any )?{_MARK}){{0,6}})\b"
_NO_MORE = (
    rf"(?! (?:before|after|between|in the (?!(?:\w{{1,15}} )?(?:{KINDS_OF_TEXT}))|at the end of (?:the "
    rf")?(?:first|title|each|every)|to separate|more|as|unless|except|instead|splice))"
)


def _without(heard: Heard) -> Constraint | None:
    said = " ".join(heard.text("marks").lower().split())
    found = [sign for name, sign in _MARKS.items() if name in said and not (name == "colon" and _only_semicolon(said))]
    return heard.asks("punctuation.without", marks=list(dict.fromkeys("".join(found)))) if found else None


def _only_semicolon(said: str) -> bool:
    return "colon" not in said.replace("semicolon", "").replace("semi-colon", "")


TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"<NOT> (?:ever )?(?:use|include|contain|have|put|add|write|insert|employ) (?:any |a single |a "
        rf")?{_MARKED}{_NO_MORE}",
        _without,
    ),
    Phrase(
        r"\b(?:without|avoid(?:ing)?|refrain(?:ing)? from|no|zero|omit(?:ting)?|free of|devoid of|leav(?:e|ing) "
        r"out|skip) "
        rf"(?:(?:the use of|using|use of|including|inserting) )?(?:any |all |a single )?{_MARKED}{_NO_MORE}",
        _without,
    ),
    Phrase(rf"\b{_MARKED} (?:are|is) (?:not (?:allowed|permitted)|forbidden|prohibited|banned){_NO_MORE}", _without),
    Phrase(rf"\b{_MARKED} (?:must|should|may|can) not (?:be used|appear|occur){_NO_MORE}", _without),
)

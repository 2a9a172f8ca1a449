"""Demands on the very start and the very end, and on what stands around the whole."""

from __future__ import annotations

from collections.abc import Callable

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import number
from checkers.trace import Constraint

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_PHRASE = (
    r"(?:(?:the|this|these) )?(?:(?:exact|following|specific|same) ){0,2}(?:(?:phrase|sentence|words?|line"
    r"|question|statement|text|keyword)(?::| of)?,? )?"
)
_OBJECT = (
    r"(?:(?:your|the|this|my)(?: (?:entire|whole|full|complete|very|final))? (?!sentence|paragraph|line|word"
    r"|section|title|stanza|verse|first|last|second|third)[\w-]{1,20}(?: [\w-]{1,20})?|it|everything)"
)
_END = rf"(?:end|finish|conclude|close)(?: {_OBJECT})?(?: off| up)? (?:with|by saying|by writing|on)"
_START = rf"(?:start|begin|open)(?: off)?(?: {_OBJECT})?(?: off)? (?:with|by saying|by writing)"
_QUOTES = r"(?:double )?(?:quotation marks|quotes|quote marks|quotations marks)"
_WRAPPED = (
    r"(?:your|the|this) (?:(?:entire|whole|full|complete|final|one-sentence) ){0,3}(?:response|answer|reply"
    r"|output|text|essay|story|poem|letter|message)"
)
_FREE = r"(?P<free>[^\s\"“'‘«\ue000](?:(?![.!?]\s)[^\n\ue000]){2,150}[.!?]?)"


def _boundary(name: str, *, is_free: bool = False) -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        said = heard.text("free" if is_free else "quoted")
        is_empty = not any(map(str.isalnum, said)) or "..." in said or "[" in said
        return None if is_empty else heard.asks(f"boundary.{name}", phrase=said)

    return build


def _paragraph(heard: Heard) -> Constraint | None:
    said = heard.text("nth").lower()
    nth = (
        _ORDINALS.index(said) + 1 if said in _ORDINALS else number(said.rstrip("stndrh") if said[0].isdigit() else said)
    )
    word = heard.text("word").rstrip(".,;:")
    return heard.asks("boundary.paragraph", nth=nth, word=word) if nth and word and " " not in word else None


def _quoted(heard: Heard) -> Constraint:
    return heard.asks("boundary.quoted")


_NTH = rf"(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))"
_BEGIN = r"(?:start|begin|open)s?"
_WORDED = r"(?:the )?(?:exact )?(?:keyword |word )(?P<word><WORD>)"

TABLE: tuple[Phrase, ...] = (
    Phrase(rf"\b{_END} {_PHRASE}(?P<quoted><QUOTED>)", _boundary("end")),
    Phrase(
        rf"\b(?:must|should|needs to|has to|and|to) (?:also )?(?:end|finish|conclude|close) (?:with|by saying) "
        rf"{_PHRASE}(?P<quoted><QUOTED>)",
        _boundary("end"),
    ),
    Phrase(
        r"\b(?:the )?(?:very |exact )?(?:end|last (?:words?|sentence|line|thing)) (?:of|in) <WHOLE> (?:should|must"
        r"|has to|needs to) (?:read|be|say)"
        rf"(?: exactly)?:? {_PHRASE}(?P<quoted><QUOTED>)",
        _boundary("end"),
        on_a_part=True,
    ),
    Phrase(
        rf"\b{_END} (?:this|the) (?:exact |following ){{1,2}}(?:phrase|sentence|words|line):\s{{0,4}}{_FREE}",
        _boundary("end", is_free=True),
    ),
    Phrase(rf"\b{_END}:\s?\n\s{{0,4}}{_FREE}", _boundary("end", is_free=True)),
    Phrase(rf"\b{_START} {_PHRASE}(?P<quoted><QUOTED>)", _boundary("start")),
    Phrase(
        r"\b(?:the )?(?:very |exact )?(?:first (?:words?|sentence|line|thing)) (?:of|in) <WHOLE> (?:should|must|has "
        r"to|needs to) (?:read|be|say)"
        rf"(?: exactly)?:? {_PHRASE}(?P<quoted><QUOTED>)",
        _boundary("start"),
        on_a_part=True,
    ),
    Phrase(
        rf"\b(?:the )?(?:very )?{_NTH} paragraph (?:must|should|has to|needs to|to) {_BEGIN} with {_WORDED}",
        _paragraph,
        on_a_part=True,
    ),
    Phrase(rf"\b{_BEGIN} the (?:very )?{_NTH} paragraph with {_WORDED}", _paragraph, on_a_part=True),
    Phrase(
        rf"\bparagraph (?:number )?(?P<nth>\d{{1,3}}|one|two|three|four|five) (?:must|should|has to|needs to) "
        rf"{_BEGIN} with {_WORDED}",
        _paragraph,
        on_a_part=True,
    ),
    Phrase(
        rf"\b(?:wrap|put|enclose|surround|place|encase|write) {_WRAPPED} (?:in|with|inside|between|within) {_QUOTES}",
        _quoted,
    ),
    Phrase(rf"\b(?:put|place|use|add) {_QUOTES} around {_WRAPPED}", _quoted),
    Phrase(
        rf"\b{_WRAPPED} (?:is|should be|must be|needs to be|has to be|be) (?:wrapped|enclosed|surrounded|put|placed"
        rf"|encased) (?:in|with|inside|by|between|within) {_QUOTES}",
        _quoted,
    ),
)

"""Sentences as the reference of IFBench cuts them."""

from __future__ import annotations

import re

_DOT, _END = "<prd>", "<stop>"
_LETTER = "([A-Za-z])"
_BEGINNING = (
    r"(Mr|Mrs|Ms|Dr|Prof|Capt|Cpt|Lt|He\s|She\s|It\s|They\s|Their\s|Our\s|We\s|But\s|However\s|That\s|This\s|Wherever)"
)
_FIRMS = "(Inc|Ltd|Jr|Sr|Co)"

# Stops that end no sentence become a mark, and ends that need none become another; in this order.
_BEFORE_DOTS = (
    (re.compile("(Mr|St|Mrs|Ms|Dr)[.]"), rf"\1{_DOT}"),
    (re.compile("[.](com|net|org|io|gov|edu|me)"), rf"{_DOT}\1"),
    (re.compile("([0-9])[.]([0-9])"), rf"\1{_DOT}\2"),
)
_DOTS = re.compile(r"\.{2,}")
_AFTER_DOTS = (
    (re.compile(rf"\s{_LETTER}[.] "), rf" \1{_DOT} "),
    (re.compile(rf"([A-Z][.][A-Z][.](?:[A-Z][.])?) {_BEGINNING}"), rf"\1{_END} \2"),
    (re.compile(rf"{_LETTER}[.]{_LETTER}[.]{_LETTER}[.]"), rf"\1{_DOT}\2{_DOT}\3{_DOT}"),
    (re.compile(rf"{_LETTER}[.]{_LETTER}[.]"), rf"\1{_DOT}\2{_DOT}"),
    (re.compile(rf" {_FIRMS}[.] {_BEGINNING}"), rf" \1{_END} \2"),
    (re.compile(rf" {_FIRMS}[.]"), rf" \1{_DOT}"),
    (re.compile(rf" {_LETTER}[.]"), rf" \1{_DOT}"),
)
# A closing quote goes in front of its stop, so that the sentence keeps it.
_QUOTED = ((".”", "”."), ('."', '".'), ('!"', '"!'), ('?"', '"?'))


def reference_sentences(text: str) -> list[str]:
    """The sentences of if-verifiable 0.1.2, which reads line breaks as blanks and may give empty ones.

    The text is changed on the way: a closing quote stands in front of its stop, and the marks `<prd>` and `<stop>` in
    a text act as if the cutting had set them.
    """
    said = f" {text}  ".replace("\n", " ")
    for pattern, put in _BEFORE_DOTS:
        said = pattern.sub(put, said)
    said = _DOTS.sub(lambda dots: _DOT * len(dots[0]) + _END, said).replace("Ph.D.", f"Ph{_DOT}D{_DOT}")
    for pattern, put in _AFTER_DOTS:
        said = pattern.sub(put, said)
    for quoted, put in _QUOTED:
        said = said.replace(quoted, put)
    for stop in ".?!":
        said = said.replace(stop, stop + _END)
    found = [sentence.strip() for sentence in said.replace(_DOT, ".").split(_END)]
    return found if found[-1] else found[:-1]

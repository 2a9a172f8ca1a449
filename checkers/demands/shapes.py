"""Demands on the shape of the whole as data: JSON."""

from __future__ import annotations

from checkers.demands.asking import Heard, Phrase
from checkers.trace import Constraint

_JSON = r"(?:valid |a |a valid |a single |one |proper |well-formed |pure |raw ){0,2}JSON"
_NOT_ABOUT = (
    r"(?! (?:schema|file|parser|library|api|web|key|keys|fields?|strings?|lines|data type|types?|body|payload"
    r"|array of))"
)


def _valid(heard: Heard) -> Constraint | None:
    return None if heard.is_negated or heard.is_of_a_program else heard.asks("json_shape.valid")


TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"\b(?:wrap|put|format|return|give|provide|output|present|write|produce) <WHOLE> (?:in|as|using|into) "
        rf"{_JSON}\b{_NOT_ABOUT}",
        _valid,
    ),
    Phrase(r"\b(?:use|in|as|using) (?:the |valid )?JSON (?:format|output|object)\b", _valid),
    Phrase(rf"\b(?:respond|answer|reply|output|return) (?:only )?(?:in|with|using|as) {_JSON}\b{_NOT_ABOUT}", _valid),
    Phrase(
        rf"<WHOLE> (?:must|should|needs to|has to) be (?:in |given in |formatted as |written in "
        rf")?{_JSON}\b{_NOT_ABOUT}",
        _valid,
    ),
    Phrase(
        r"\b(?:output|return) (?:only )?(?:valid )?JSON(?= ?[.,;!\n]|\Z| only| and nothing)".replace(" ?", r"\s?"),
        _valid,
    ),
)

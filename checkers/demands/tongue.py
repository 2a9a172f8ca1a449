"""Demands on the language of the whole response."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checkers.demands.asking import Heard, Phrase
from checkers.trace import Constraint

_CODES: Mapping[str, str] = {
    "afrikaans": "af", "albanian": "sq", "amharic": "am", "arabic": "ar", "armenian": "hy", "azerbaijani": "az",
    "basque": "eu", "belarusian": "be", "bengali": "bn", "bosnian": "bs", "bulgarian": "bg", "burmese": "my",
    "catalan": "ca", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "esperanto": "eo",
    "estonian": "et", "farsi": "fa", "persian": "fa", "filipino": "tl", "tagalog": "tl", "finnish": "fi",
    "french": "fr", "galician": "gl", "georgian": "ka", "german": "de", "greek": "el", "gujarati": "gu", "hausa": "ha",
    "hebrew": "he", "hindi": "hi", "hungarian": "hu", "icelandic": "is", "indonesian": "id", "irish": "ga",
    "italian": "it", "japanese": "ja", "kannada": "kn", "kazakh": "kk", "khmer": "km", "korean": "ko", "latin": "la",
    "latvian": "lv", "lithuanian": "lt", "macedonian": "mk", "malay": "ms", "malayalam": "ml", "marathi": "mr",
    "mongolian": "mn", "nepali": "ne", "norwegian": "no", "polish": "pl", "portuguese": "pt", "punjabi": "pa",
    "romanian": "ro", "russian": "ru", "serbian": "sr", "sinhala": "si", "slovak": "sk", "slovenian": "sl",
    "somali": "so", "spanish": "es", "swahili": "sw", "swedish": "sv", "tamil": "ta", "telugu": "te", "thai": "th",
    "tibetan": "bo", "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "uzbek": "uz", "vietnamese": "vi",
    "welsh": "cy", "yoruba": "yo", "zulu": "zu",
}  # fmt: skip
"""ISO 639-1; Chinese is left out, for which script is meant is rarely said."""

_OTHER = rf"(?! (?:and|or|&) (?:{'|'.join(_CODES)})\b|/)"
_NAMED = (
    rf"(?:the )?(?P<tongue>{'|'.join(_CODES)})(?: language)?\b(?! (?:accent|style|class|teacher|literature"
    rf"|style|words?|names?|translation|version|letters?|alphabet|food|cuisine|terms?)){_OTHER}"
)
_ANSWER = r"(?:answer|respond|reply|write|say|explain|speak)"
_OF_CASE = re.compile(r"(?:lower|upper)-?\s?case|capital|caps\b", re.IGNORECASE)


def _whole(heard: Heard) -> Constraint | None:
    start, stop = heard.request.sentence(heard.span[0])
    said = heard.request.open[start:stop]
    code = _CODES[heard.text("tongue").lower()]
    if re.search(r"\btranslat|\bRomani[sz]|\bphrases?\b[^.]{0,20}\Z", said[: heard.span[0] - start], re.IGNORECASE):
        return None
    if code == "en" and _OF_CASE.search(said):
        return None  # the demand on capitals carries the language
    return heard.asks("language.whole", language=code)


TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"\b(?:in|using) (?:only |just )?{_NAMED}(?: only)?,? (?:with )?(?:no|and no) other languages? (?:is|are"
        rf"|besides|except|at all)\b",
        _whole,
    ),
    Phrase(rf"\b(?:only|entirely|completely|exclusively|fully|solely) (?:in|use|using) {_NAMED}", _whole),
    Phrase(rf"\b(?:in|use|using) (?:only|entirely|exclusively|solely) {_NAMED}", _whole),
    Phrase(rf"\b(?:in|using) {_NAMED} only\b", _whole),
    Phrase(
        rf"\b{_ANSWER} (?:to me |back |it |everything |your (?:entire |whole )?(?:answer|response|reply) )?in {_NAMED}",
        _whole,
    ),
    Phrase(
        rf"<WHOLE> <MUST> (?:all |also )?(?:be )?(?:entirely |completely |only |fully )?(?:written |given )?(?:in"
        rf"|use) {_NAMED}",
        _whole,
    ),
    Phrase(
        rf"\b(?:sure|ensure) (?:that )?(?:<WHOLE>|it['’]s|it) (?:is |be )?(?:entirely |all |completely |only "
        rf")?(?:written )?in {_NAMED}",
        _whole,
    ),
    Phrase(
        rf"\A(?:please )?(?:write|compose|create|give me|draft) <WHOLE>(?: (?!who\b|that\b|which\b|where\b"
        rf"|when\b)[\w'’-]{{1,20}}){{0,6}} in {_NAMED}(?=[.,]| and\b|\Z)",
        _whole,
    ),
)

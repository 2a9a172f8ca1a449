"""Demands on form: bullets, highlights, a title, placeholders, a postscript, sections."""

from __future__ import annotations

import re

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import EXACT, LEAST
from checkers.trace import Constraint

_STARRED = re.compile(r"\bmarkdown\b|(?<!\*)\*[^*\n]{1,60}\*(?!\*)|\bitalic|\basterisk|\bbold", re.IGNORECASE)
_SQUARE = re.compile(r"\bsquare\s{1,4}brackets?\b|\[[\w ]{1,40}\]|\bbrackets\b", re.IGNORECASE)
_ANGLED = re.compile(r"\bdouble\s{1,4}(?:angular|angle|angled)\s{1,4}(?:brackets|quotation)|<<", re.IGNORECASE)
_TEXTS = (
    r"(?:[\w-]{1,12} ){0,2}?(?:sections?|parts?|phrases?|words?|passages?|keywords?|terms?|titles?|sentences?"
    r"|pieces? of text|texts?)"
)
_SLANTED = r"(?:highlighted|italici[sz]ed|italic|bolded|bold|emphasi[sz]ed)"


def _near(heard: Heard, wanted: re.Pattern[str]) -> bool:
    start, stop = heard.request.sentence(heard.span[0])
    # An example is often the next line, or stands behind the stop of "i.e.".
    return wanted.search(heard.request.prompt, start, max(stop, heard.span[1] + 60)) is not None


def _bullets(heard: Heard) -> Constraint | None:
    bounds = heard.bounds(bare=EXACT)
    return None if bounds is None else heard.asks("markup.bullets", **bounds)


def _highlights(heard: Heard) -> Constraint | None:
    bounds = heard.bounds(bare=LEAST)
    is_of_whole = _near(heard, _STARRED) and not re.search(r"\b(?:each|every|per)\b", heard.before, re.IGNORECASE)
    return heard.asks("markup.highlights", **bounds) if bounds is not None and is_of_whole else None


def _some_highlights(heard: Heard) -> Constraint | None:
    return heard.asks("markup.highlights", min=1) if _near(heard, _STARRED) else None


def _title(heard: Heard) -> Constraint | None:
    return heard.asks("markup.title") if _near(heard, _ANGLED) else None


def _placeholders(heard: Heard) -> Constraint | None:
    bounds = heard.bounds(bare=LEAST)
    return heard.asks("markup.placeholders", **bounds) if bounds is not None and _near(heard, _SQUARE) else None


def _postscript(heard: Heard) -> Constraint:
    said = heard.text("marker")
    return heard.asks("markup.postscript", marker="P.P.S" if said.upper().count("P") > 1 else "P.S.")


def _sections(heard: Heard) -> Constraint | None:
    if re.search(r"\b(?:each|every|per|both)\b", heard.before, re.IGNORECASE):
        return None
    bounds = heard.bounds(bare=EXACT)
    return None if bounds is None else heard.asks("markup.sections", marker=heard.text("marker"), **bounds)


def _listed_sections(heard: Heard) -> Constraint | None:
    """Sections that are named one by one: `"PART 1" and "PART 2"`."""
    names = [str(name) for name in heard.listed("list")]
    fronts = {name.rstrip("0123456789 ") for name in names}
    bounds = heard.bounds(bare=EXACT)
    if bounds != {"min": len(names), "max": len(names)} or len(fronts) != 1 or "" in fronts:
        return None
    return heard.asks("markup.sections", marker=fronts.pop(), **bounds)


_MARKER = r"(?P<marker>P\. ?P\. ?S|P\.? ?S\b|PPS\b|PS\b)\.?".replace(" ?", r"\s?")
_POST = rf"(?:a |one )?(?:postscript|post-script|post script|{_MARKER.replace('?P<marker>', '?:')})"
_LABEL = r"(?P<marker>(?-i:[A-Z][A-Za-z]{1,20}))(?: (?-i:[XNY]|\d{1,2}|#)\b)"
_NAMED = r"[\"“'‘`]?" + _LABEL
_MARKED = (
    r"(?:marked?|labell?ed|start(?:ing|s)?|begin(?:ning|s)?|headed|prefixed|denoted|indicated|titled|named|called)"
)

TABLE: tuple[Phrase, ...] = (
    Phrase(
        r"<COUNT>(?:main |short |concise |markdown |different |separate |key |brief |single "
        r"){0,2}(?:bullet(?:ed)?(?: |-)points?|bullets|bulleted (?:items?|points?)|bullet)\b<AFTER>(?! (?:each|per"
        r"|under|in each)\b)",
        _bullets,
    ),
    Phrase(rf"\b(?:highlight|italici[sz]e|emphasi[sz]e|bold) <COUNT>{_TEXTS}\b<AFTER>", _highlights, on_a_part=True),
    Phrase(
        rf"<COUNT>(?:\w{{1,12}} )?{_TEXTS} (?:should|must|need to|have to) be (?:{_SLANTED})\b",
        _highlights,
        on_a_part=True,
    ),
    Phrase(rf"<COUNT>{_SLANTED} (?:\w{{1,12}} ){{0,2}}?{_TEXTS}\b<AFTER>", _highlights, on_a_part=True),
    Phrase(r"\bhighlight some (?:\w{1,12} )?(?:sections|parts|phrases|words)\b", _some_highlights),
    Phrase(r"\b(?:a|the|its|your) title\b(?! (?:page|of the))", _title, on_a_part=True),
    Phrase(
        r"\b(?:put|place|wrap|enclose) the (?:name|title|headline)(?: of the \w{1,15})? (?:in|with|inside|within) "
        r"(?:double angular brackets|<<)",
        _title,
        on_a_part=True,
    ),
    Phrase(r"<COUNT>(?:different |unique |distinct |\w{1,12} )?placeholders?\b<AFTER>", _placeholders),
    Phrase(
        rf"\b(?:add|include|append|attach|put|write|with|contain|includes|end with|have|and)(?: at the end)? "
        rf"{_POST}(?: at the (?:very )?end(?: of <WHOLE>)?)?(?:,? (?:that )?(?:start|begin)(?:s|ing)? with|:| "
        rf"labell?ed)? (?:the (?:words?|marker|letters) )?[\"“'‘]?{_MARKER}",
        _postscript,
        on_a_part=True,
    ),
    Phrase(
        rf"\b(?:with|add|include|append|and) a (?:postscript )?\(?{_MARKER}\)?(?: note)? (?:at|in) the (?:very )?end",
        _postscript,
        on_a_part=True,
    ),
    Phrase(
        rf"<COUNT>(?:sections|parts|chapters|days|rounds)<AFTER>,?[^.\n]{{0,40}}? (?:{_MARKED}) (?:by|with|as) "
        rf"(?:the word )?{_NAMED}",
        _sections,
        on_a_part=True,
    ),
    Phrase(
        rf"<COUNT>(?:sections|parts|chapters)<AFTER>\. (?:please )?(?:mark|start|begin|label) (?:the (?:beginning"
        rf"|start) of )?each (?:section|part|chapter|one) with {_NAMED}",
        _sections,
        on_a_part=True,
    ),
    Phrase(
        r"<COUNT>(?:sections|parts|chapters)(?:,? (?:labell?ed|marked|titled|named))?: (?P<list><QUOTES>)",
        _listed_sections,
    ),
)

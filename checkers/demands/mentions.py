"""Demands on words and letters: to be there, to be avoided, or to be there so often."""

from __future__ import annotations

import re
from collections.abc import Callable

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import EXACT
from checkers.finding import Json
from checkers.trace import Constraint

_NOUN = (
    r"(?:(?:exact |specific |following |given |key |certain |actual |single )?(?:keywords?|key words?|words?"
    r"|phrases?|terms?|names?|items?|expressions?))"
)
_NOUNS = (
    rf"(?:(?:all )?(?:of )?(?:the |these |this |any of the |either of the |both )?(?:following )?{_NOUN}(?: "
    rf"(?:and|or) {_NOUN})?)"
)
_USE = r"(?:include|use|mention|contain|incorporate|have|feature|say|write|add|employ|work in|insert|put)"
_USES = (
    r"(?:includes?|including|uses?|using|mentions?|mentioning|contains?|containing|incorporates?|incorporating"
    r"|have|features?|featuring|says?)"
)
_PLACE = r"(?: (?:anywhere |somewhere |at all )?(?:in|throughout|within|into) <WHOLE>)?"
_APPEAR = (
    r"(?:appear|occur|be used|show up|be mentioned|be included|be present|come up|feature|be repeated|be in <WHOLE>)"
)
_COLON = r"(?:\s{0,2}:|,)?"
_MANY = ("keywords", "words", "phrases", "terms", "names", "items", "expressions", "key words")


_DESCRIBING = {
    "of", "from", "like", "such", "related", "which", "you", "your", "all", "only", "not", "this", "these", "it", "is",
    "are", "count", "limit", "below", "above", "here", "provided", "given", "when", "if", "on", "by", "about", "but",
    "associated", "used", "itself", "more", "less", "than", "exactly", "per", "each", "every",
}  # fmt: skip
"""Words behind `the words` that say which ones are meant, and are none of them."""


def _words(heard: Heard) -> list[Json]:
    """The words of a list; none where bare words are not clearly a list of them."""
    said, noun = heard.said("list"), heard.text("noun").lower() if "noun" in heard.match.groupdict() else "word"
    found = heard.listed("list")
    is_bare = not re.match(r"\s*\[?[\"“„«'‘`]", said)
    if is_bare and (_is_vague(found) or (len(found) > 1 and noun.split()[-1] not in _MANY and " or " not in said)):
        return []
    return found


def _is_vague(found: list[Json]) -> bool:
    return not found or any(str(word).lower() in _DESCRIBING for word in found)


def _include(heard: Heard) -> Constraint | None:
    if heard.is_negated or _AT_AN_EDGE.search(heard.before):
        return None
    words = _words(heard)
    return heard.asks("keywords.include", words=words) if words else None


_IS_COUNTED = re.compile(
    r"(?:\s{1,4}[\w'’]{1,15}){0,4}?,?\s{1,4}(?:at\s{1,4}(?:least|most)|more|less|fewer|exactly|only|once|twice"
    r"|\w{1,8}\s{1,4}times|up\s{1,4}to|in\s{1,4}a\s{1,4}row)\b",
    re.IGNORECASE,
)
_AT_AN_EDGE = re.compile(
    r"\b(?:end|finish|conclud|clos|start|begin|open|repeat)(?:s|e|es|ing)?\b[^.;]{0,60}\Z", re.IGNORECASE
)


def _exclude(heard: Heard) -> Constraint | None:
    words = _words(heard)
    return heard.asks("keywords.exclude", words=words) if words and not _IS_COUNTED.match(heard.behind) else None


def _not_more(heard: Heard) -> Constraint | None:
    """`do not use the word … more than twice`: what is not to be exceeded."""
    least = (heard.bounds() or {}).get("min")
    return None if not least else heard.asks("keywords.frequency", word=heard.text("word"), max=least - 1)


def _frequency(heard: Heard) -> Constraint | None:
    bounds = heard.bounds(bare=EXACT)
    word = heard.text("word")
    if bounds is None or not word or _is_vague([word]) or heard.is_negated:
        return None
    return heard.asks("keywords.frequency", word=word, **bounds)


def _letter(bare: str) -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        bounds = heard.bounds(bare=bare)
        return (
            None
            if bounds is None or heard.is_negated
            else heard.asks("letters.frequency", letter=heard.text("letter").lower(), **bounds)
        )

    return build


def _no_letter(heard: Heard) -> Constraint:
    return heard.asks("letters.frequency", letter=heard.text("letter").lower(), max=0)


_LETTER = r"(?P<letter>[\"“'‘`]?(?:[^\W\d_]|#|!|\?|&|@|\ue000)[\"”'’`]?)(?![\w'’])"
_NO_TIMES = (
    r"(?!(?: in (?:your|the) \w{1,12})?,? (?:at least|at most|more than|less than|no more|fewer|exactly|only"
    r"|once|twice|\w{1,8} times|up to|not more|a (?:min|max)))"
)

TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"(?<!n't\s)(?<!n’t\s)(?<!not\s)\b{_USES} (?P<noun>{_NOUNS}){_COLON} (?P<list><LIST>){_NO_TIMES}(?! should"
        rf"| must|\w)(?! (?:in|at) (?:the|each|every|its) (?!response|answer|output|reply|text|essay|story|poem"
        rf"|article|\w+ response))",
        _include,
    ),
    Phrase(
        rf"(?<!n't\s)(?<!n’t\s)(?<!not\s)\b{_USES} (?P<list><QUOTES>)(?: and (?:the )?{_NOUN})? (?:somewhere "
        rf"|anywhere )?(?:in|within) (?:your|the) (?:entire |whole )?(?:response|answer|reply|output|text){_NO_TIMES}",
        _include,
    ),
    Phrase(
        rf"\bthe (?P<noun>{_NOUN}) (?P<list><LIST>) (?:must|should|needs? to|ha(?:s|ve) to) {_APPEAR}{_PLACE}"
        r"(?=\s{0,3}(?:[.,;!?)]|\Z|\band\b|\bbut\b))",
        _include,
    ),
    Phrase(
        rf"<NOT> (?:ever |please )?(?:{_USE}|use or mention|include or mention) (?:any of "
        rf")?(?:(?P<noun>{_NOUNS}){_COLON} )(?P<list><LIST>)(?! in (?:the )?(?:first|title|last|opening|same)|[\w-])",
        _exclude,
    ),
    Phrase(rf"<NOT> (?:ever )?{_USE} (?P<list><QUOTES>){_PLACE}(?! (?:in|at|as|to|more|at the)\b)", _exclude),
    Phrase(
        rf"\b(?:avoid(?:ing)?|refrain from|without|exclud(?:e|ing)|omit(?:ting)?|leav(?:e|ing) out|no|steer clear "
        rf"of|do without)"
        rf" (?:(?:ever )?(?:using|use of|the use of|mentioning|including|saying|writing) "
        rf")?(?:(?P<noun>{_NOUNS}){_COLON} )(?P<list><LIST>)(?! (?:count|limit))(?! in (?:the )?(?:first|title|last"
        rf"|opening|same))",
        _exclude,
    ),
    Phrase(
        r"\b(?:avoid(?:ing)?|refrain from|without) (?:using|mentioning|including|saying|writing) (?P<list><QUOTES>)",
        _exclude,
    ),
    Phrase(
        rf"\bthe (?P<noun>{_NOUN}) (?P<list><LIST>) (?:must|should|may|can) (?:not|never) {_APPEAR}(?! (?:more|less"
        rf"|fewer|in the (?:first|title)))",
        _exclude,
    ),
    Phrase(rf"\b{_NOUN} (?P<list><LIST>) (?:is|are) (?:not allowed|forbidden|prohibited|banned|off-limits)", _exclude),
    Phrase(
        rf"\b(?:the |a )?(?:key)?(?:word|phrase|term|name) (?P<word><WORD>) (?:must|should|needs to|has to|ought to"
        rf"|is to|may|can|to) "
        rf"(?:only )?{_APPEAR}{_PLACE},? <TIMES>",
        _frequency,
    ),
    Phrase(
        r"\bthe (?:key)?(?:word|phrase|term|name) (?P<word><WORD>) (?:must|should|may|can|does|do)(?:\s{1,4}"
        r"|(?=n['’]t))<TIMES>",
        _frequency,
    ),
    Phrase(
        rf"\b(?:{_USES}|{_USE}|and|,) the (?:exact )?(?:key)?(?:word|phrase|term|name) "
        rf"(?P<word><WORD>){_PLACE},? <TIMES>",
        _frequency,
    ),
    Phrase(
        rf"\bthe (?:key)?(?:word|phrase|term|name) (?P<word><WORD>) (?:appears|occurs|shows up|is used|is "
        rf"mentioned){_PLACE} <TIMES>",
        _frequency,
    ),
    Phrase(
        rf"\bthe letter {_LETTER} (?:must|should|needs to|has to|may|can|to) {_APPEAR}{_PLACE} <TIMES>", _letter(EXACT)
    ),
    Phrase(
        rf"\b(?:{_USES}|{_USE}|sure) the letter {_LETTER}(?: appears?| shows? up| occurs?| is used)?{_PLACE},? <TIMES>",
        _letter(EXACT),
    ),
    Phrase(rf"\bthe letter {_LETTER} (?:appears?|shows? up|occurs?|is used){_PLACE},? <TIMES>", _letter(EXACT)),
    Phrase(
        rf"(?:<NOT> (?:ever )?{_USE} (?:any words (?:with|containing) )?|\b(?:avoid(?:ing)?|refrain from|without|no"
        rf"|omit(?:ting)?) (?:(?:using|use of|including) )?(?:any words (?:with|containing) )?)"
        rf"(?:the )?letter {_LETTER}(?! more| at| in the (?:first|title))",
        _no_letter,
    ),
    Phrase(
        rf"\bthe (?:key)?(?:word|phrase|term|name) (?P<word><WORD>) (?:appears|occurs|shows up|is used|is "
        rf"mentioned){_PLACE} <TIMES>",
        _frequency,
    ),
    Phrase(
        rf"\bthe letter {_LETTER} (?:must|should|may|can) (?:not|never) {_APPEAR}(?! (?:more|less|fewer|in the "
        rf"(?:first|title)))",
        _no_letter,
    ),
    Phrase(
        rf"<NOT> (?:ever )?(?:use|include|mention|say|repeat) the (?:key)?(?:word|phrase|term|name) "
        rf"(?P<word><WORD>){_PLACE},? "
        r"<TIMES>",
        _not_more,
    ),
)

"""Amounts as people state them in a demand: numbers in digits or words, with what they are a bound of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checkers.params import MAX_COUNT

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}

LEAST = "least"
MOST = "most"
OVER = "over"
UNDER = "under"
EXACT = "exact"
VAGUE = "vague"
RANGE = "range"

RELATIONS: Mapping[str, str] = {
    r"at (?:the very )?least": LEAST,
    r"(?:no|not) (?:less|fewer|shorter) than": LEAST,
    r"an? (?:absolute )?minimum(?: length)? of|minimum(?: of)?|min\.?|>=|≥": LEAST,
    r"(?:no|not) (?:more|longer|greater|larger) than": MOST,
    r"at (?:the very )?most|up to|within|a? ?limit of|capped at|<=|≤": MOST,
    r"an? (?:absolute )?maximum(?: length)? of|maximum(?: of)?|max\.?(?: of)?": MOST,
    r"(?:limit|restrict|confine|cap|keep)(?:ed|ing)? (?:(?!and\b|or\b)[\w']{1,15} ){0,4}to(?: only| just)?": MOST,
    r"(?:more|greater|longer|larger) than|over|above|exceed(?:s|ing)?|surpass(?:es|ing)?|go (?:over"
    r"|beyond|above)": OVER,
    r"(?:less|fewer|shorter|smaller) than|under|below|beneath": UNDER,
    r"exactly|precisely|only|just|an exact": EXACT,
    r"between|from|in the range of|a range of|ranging from": RANGE,
    r"about|around|approximately|approx\.?|roughly|nearly|almost|some|circa|close to|~|an average of|as (?:many|few) as"
    r"|another|other|first|last|next|of the|top": VAGUE,
}
"""What each way to bound an amount comes to; VAGUE ones bound nothing."""

_WORDED = (
    rf"(?:{'|'.join(_TENS)})(?:(?:-|\s)(?:{'|'.join(_ONES[1:10])}))?"
    rf"|(?:{'|'.join(reversed(_ONES))})(?:\s(?:hundred|thousand|dozen))?|half\sa\sdozen|a\s(?:single|dozen"
    rf"|hundred|thousand)"
)
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}(?!\d)|\d{{1,9}}(?![\d.]\d)|(?:{_WORDED})\b)"
_NOT = r"(?:\bnot|n['’]t|\bnever|\bcannot|\bwithout)"
_NEGATION = (
    rf"{_NOT} (?:(?!and\b|but\b|or\b|not\b|at\b|more\b|less\b|fewer\b|greater\b|longer\b|larger\b|shorter\b"
    rf"|exceed|surpass|go\b|over\b"
    r"|above\b|under\b|below\b|beyond\b|exactly\b|only\b)[\w-]{1,15} ){0,3}"
)
AMOUNT = (
    rf"(?:(?P<no>{_NEGATION}))?"
    rf"(?<![\w.$€£#-])(?:(?P<rel>{'|'.join(RELATIONS)})(?: )?)?(?:a total of )?"
    rf"(?P<n>{NUMBER})(?:(?P<plus>\+)|(?P<early> or (?:more|less|fewer)))?"
    rf"(?:(?: )?(?P<to>-|–|—|\bto\b|\band\b)(?: )?(?P<high>{NUMBER}))?(?: \(\d{{1,6}}\))?"
)
"""An amount in front of the thing that is counted, with the groups that `bounds_of` reads."""
AFTER = (
    r"(?P<late>,? or (?:more|less|fewer|longer|shorter|above|under)\b|,? (?:at (?:the )?)?(?:minimum|maximum|max|min)\b"
    r"|,? at (?:the )?(?:least|most)\b|,? tops\b)?"
)
"""What may stand behind it."""
TIMES = (
    rf"(?:(?P<no>{_NEGATION}))?(?:(?P<rel>{'|'.join(RELATIONS)})(?: )?)?"
    rf"(?:(?P<often>once|twice|thrice)\b|(?P<n>{NUMBER})(?P<plus>\+)?"
    rf"(?:(?: )?(?P<to>-|–|—|\bto\b|\band\b)(?: )?(?P<high>{NUMBER}))?(?: or (?P<early>more|less|fewer))? times?\b)"
    r"(?P<late>,? or (?:more|less|fewer)\b|,? at (?:the )?(?:least|most|minimum|maximum)\b|,? max(?:imum)?\b|,? "
    r"tops\b)?"
)
"""How often something is to be there, in the same groups."""

_KINDS = [(re.compile(pattern.replace(" ", r"\s{1,4}"), re.IGNORECASE), kind) for pattern, kind in RELATIONS.items()]
_UPWARDS = ("more", "longer", "above", "least", "min")


def number(said: str) -> int | None:
    """The whole number that these digits or words are."""
    text = " ".join(said.lower().replace("-", " ").split())
    if text[:1].isdigit():
        value = int(text.replace(",", ""))
        return value if value <= MAX_COUNT else None
    if text == "half a dozen":
        return 6
    total = 0
    for word in text.split():
        if word in _SCALES:
            total = max(total, 1) * _SCALES[word]
        elif word in _ONES:
            total += _ONES.index(word)
        elif word in _TENS:
            total += 10 * (2 + _TENS.index(word))
        elif word in ("a", "single"):
            total = 1
        else:
            return None
    return total


def bounds_of(heard: re.Match[str], *, bare: str = VAGUE) -> dict[str, int] | None:
    """`min` and `max` of an amount found by AMOUNT or TIMES; None for one that bounds nothing.

    `bare` says what a number without any relation is.
    """
    said = heard.groupdict()
    often = {"once": 1, "twice": 2, "thrice": 3}.get((said.get("often") or "").lower())
    low = often if often is not None else number(said.get("n") or "")
    if low is None:
        return None
    relation = _relation(said, bare)
    if said.get("high"):
        return _between(low, number(said["high"] or ""), relation, to=said["to"] or "", is_bare=said.get("rel") is None)
    return _one_sided(low, relation, negated=bool(said.get("no")))


def _relation(said: Mapping[str, str | None], bare: str) -> str:
    rel, late = said.get("rel"), said.get("late") or said.get("early")
    if rel is not None:
        found = next((kind for pattern, kind in _KINDS if pattern.fullmatch(rel.strip())), VAGUE)
        return VAGUE if late and found is not EXACT else found
    if said.get("plus"):
        return LEAST
    if late:
        return LEAST if any(word in late.lower() for word in _UPWARDS) else MOST
    return bare


def _between(low: int, high: int | None, relation: str, *, to: str, is_bare: bool) -> dict[str, int] | None:
    if high is None or low >= high or (to.lower() == "and" and relation != RANGE):
        return None
    return {"min": low, "max": high} if relation == RANGE or is_bare else None


def _one_sided(count: int, relation: str, *, negated: bool) -> dict[str, int] | None:
    if negated:
        turned = {OVER: {"max": count}, UNDER: {"min": count}}
        return turned.get(relation)
    if relation == UNDER:
        return {"max": count - 1} if count else None
    plain = {
        LEAST: {"min": count},
        MOST: {"max": count},
        OVER: {"min": count + 1},
        EXACT: {"min": count, "max": count},
    }
    return plain.get(relation)

"""Whether words that sound like a demand are one, and one on the response as a whole."""

from __future__ import annotations

import re

from checkers.demands.request import Request
from checkers.finding import Span

KINDS_OF_TEXT = (
    "response|answer|reply|output|message|text|essay|story|poem|article|e-?mail|letter|song|rap|blog post|facebook post"
    "|social media post|post|tweet|review|summary|limerick|riddle|joke|proposal|ad|advertisement|speech|report"
    "|itinerary|r[eé]sum[eé]|plot|script|outline|biography|description|haiku|pitch|template|plan|dialogue|monologue|explanation"
    "|document|writing|writeup|write-up|piece|rubric|rant|critique|content|slogan|advert|lyrics|memo|note|obituary|sonnet"
    "|ode|ballad|fable|tale|narrative|guide|tutorial|press release|product description|cover letter|statement|rewrite"
    "|ad copy|critic|news article|fake news article|travel guide|sketch|screenplay|play|conversation"
)
"""What a prompt may call the response by."""
WHOLE = (
    r"(?:(?:your|the|this|my|an?)(?: (?:entire|whole|full|complete|final|overall|actual|one-sentence|total|very))*"
    rf" (?:(?!of\b|and\b|or\b)[\w-]{{1,20}} ){{0,2}}?(?:{KINDS_OF_TEXT})|\bit)"
)

_GENERAL = re.compile(
    r"\b(?:your|the|this)(?:\s{1,4}(?:entire|whole|full|complete|final|overall|total)){0,2}\s{1,4}"
    r"(?:response|answer|reply|output)\b|\bthe\s{1,4}(?:total\s{1,4})?number\b|[;:]\s|\b(?:and"
    r"|but)\s{1,4}(?:make\s{1,4}sure|ensure)\b",
    re.IGNORECASE,
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|opening|closing"
    r"|\d{1,3}(?:st|nd|rd|th))"
)
_PIECE = (
    r"(?:paragraph|section|sentence|line|stanza|verse|chorus|chapter|part|bullet|point|item|step|slide|row|column"
    r"|entry|example|title|heading|headline|header|body|introduction|intro|conclusion|abstract|caption|subject line"
    r"|refrain|scene"
    r"|question|option|cell|comment|definition|quote|version|response \d|signature|greeting|summary line"
    r"|tagline|hook|bio|subtitle|footnote|character)s?"
).replace(" ", r"\s{1,4}")
_OF_A_PART = re.compile(
    rf"\b(?:each|every|per|both|either|respective(?:ly)?|apiece)\b"
    rf"|\b{_ORDINAL}\s{{1,4}}(?:\w{{1,15}}\s{{1,4}}){{0,2}}(?:{_PIECE}|words?)\b"
    rf"|\b(?:the|its|your|this)\s{{1,4}}(?!following\b)(?:\w{{1,15}}\s{{1,4}})?{_PIECE}\s{{1,4}}(?:\w{{1,15}}\s{{1,4}}){{0,2}}"
    r"(?:should|must|has|have|needs?|is|are|be|cannot|will|may|shall|contains?)\b"
    rf"|\b(?:in|for|of|to|within)\s{{1,4}}(?:the|its|your)\s{{1,4}}(?!following\b)(?:\w{{1,15}}\s{{1,4}})?{_PIECE}\b,?"
    r"|\bparagraph\s{1,4}\d",
    re.IGNORECASE,
)
_EACH_OF_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3}|several|multiple|many|a\s{1,4}few"
    r"|some)\s{1,4}"
    r"(?:[\w-]{1,15}\s{1,4}){0,2}?[\w-]{2,20}s\s{1,4}(?:of|with|in|containing|having|that\s{1,4}(?:have|are"
    r"|contain))\s{1,4}\Z",
    re.IGNORECASE,
)
_WITH_A_PART = re.compile(
    rf"(?P<made>\b(?:write|compose|create|generate|give|draft|produce)\s{{1,4}}(?:me\s{{1,4}}|us\s{{1,4}})?)?"
    rf"\b(?:an?|the|one|its|your|two|three"
    rf"|\d{{1,2}})\s{{1,4}}(?!following\b)(?:[\w-]{{1,15}}\s{{1,4}}){{0,2}}?{_PIECE}\s{{1,4}}"
    r"(?:of|with|in|that\s{1,4}(?:has|have|is|are|contains?)|containing|has|having|is|which\s{1,4}(?:has|is))\s{1,4}\Z",
    re.IGNORECASE,
)
_OF_A_PART_AFTER = re.compile(
    r"(?:\s{1,4}(?!and\b|but\b|separated?\b|where\b|with\b|to\b)[\w-]{1,20}){0,4}?\s{1,4}"
    r"(?:each(?!\s{1,4}separated)|apiece|every|per|for\s{1,4}(?:each|every)"
    rf"|(?:in|at|of|to|for|from)\s{{1,4}}(?:the|your|its|a|an|each|every)\s{{1,4}}(?:\w{{1,15}}\s{{1,4}})?{_PIECE})\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?<!\bI\s)\b(?:tell|ask|instruct|remind|advis|urg|warn|teach|encourag|order|forbid|recommend|suggest"
    r"|demand|insist)"
    r"(?:e|s|es|ing|ed)?\s{1,4}(?!you\b|me\b)(?:[\w'’-]{1,20}\s{1,4}){0,4}?(?:to|that|not)\b"
    r"|\b(?:(?:system\s{1,4})?prompt|instructions|policy|rules?|guidelines|regulations?|exam|contract|syllabus"
    r"|chatbot|bot|assistant|function|script|program|method|macro|query|regex"
    r"|agent|robot|AI)\s{1,4}(?:\w{1,20}\s{1,4}){0,4}?(?:that|which|who|to|should|must|saying)\b"
    r"|\b(?:assignment|homework)\b"
    r"|\b(?:says|said|told|saying|states|stating|reads|titled|called|entitled|claims?)\s{1,4}(?!the\b"
    r"|your\b)(?:that\b|\S)"
    r"|\b(?:why|whether|how|when|where|who|which|because|students?|people|writers?|users?|customers?|employees"
    r"|children|they"
    r"|someone|everyone|he|she|we|I|him|them)\s{1,4}(?:[\w'’-]{1,20}\s{1,4}){0,4}?"
    r"(?:should|must|shouldn['’]t|mustn['’]t|cannot|can['’]t|can|could|need|needs|have|has|had|do|does|don['’]t"
    r"|doesn['’]t|did"
    r"|didn['’]t|would|will|never|always|is|are|was|were|to|use|uses|used|contains?|wrote|writes?|like|likes)\b"
    r"(?:\s{1,4}[\w'’-]{1,20}){0,3}\s{0,4}\Z"
    r"|\b(?:who|whom|people|students?|writers?|poets?|authors?|users?|customers?|employees|children|they|he|she"
    r"|we)\s{1,4}"
    r"(?:[\w'’-]{1,20}\s{1,4})?\Z|\b(?:why|whether)\s{1,4}(?:[\w'’-]{1,20}\s{1,4}){0,2}\Z",
    re.IGNORECASE,
)
_WISHED = re.compile(r"\b(?:I|we)(?:\s{1,4}would|['’]d)?\s{1,4}(?:want|need|like|would|expect|prefer)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:wrote|was|were|had|contained|included|consisted|I\s{1,4}have|we\s{1,4}have|I['’]ve"
    r"|there\s{1,4}(?:are|is|were|was)"
    r"|currently|originally|already|usually|typically|normally|often|previously|yesterday|last\s{1,4}(?:week"
    r"|year|month))\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:if|unless|ideally|preferably|optional(?:ly)?|feel\s{1,4}free|perhaps|maybe|you\s{1,4}(?:can|could|may|might)"
    r"|could\s{1,4}be|may\s{1,4}be|might|try|instead\s{1,4}of|rather\s{1,4}than|no\s{1,4}need|(?:not"
    r"|n['’]t)\s{1,4}(?:need|have)"
    r"\s{1,4}to|not\s{1,4}necessar\w{2,5}|ignore|the\s{1,4}rule|a\s{1,4}rule|the\s{1,4}instruction)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless)\b|\bwhen(?:ever)?\b[^,.;]{0,80}\Z", re.IGNORECASE)
_EXCEPTED = re.compile(
    r"[^.;]{0,60}?\b(?:except|unless|excluding|apart\s{1,4}from|other\s{1,4}than|if\s{1,4}(?:possible|you"
    r"|needed|necessary)"
    r"|where\s{1,4}possible|ideally|preferably|but\s{1,4}not\s{1,4}necessarily)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?<!sure\s)(?<!that\s)(?<!ensure\s)\b(?:it|there|(?:my|the|this)\s{1,4}[\w-]{1,20})\s{1,4}(?:is|are|has"
    r"|have|contains)\s{1,4}\Z",
    re.IGNORECASE,
)
"""A statement of what there is; behind `make sure` it would be a demand."""
_QUESTION = re.compile(
    r"\s{0,9}(?:why|what|which|who|whom|whose|when|where|how|is|are|was|were|does|do|did|should|has|have|had"
    r"|must|may|am|shall"
    r"|(?:can|could|would|will)\s{1,4}(?!you\b|u\b|I\s{1,4}(?:get|have)))\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"\b(?:an?|one|two|three|four|five"
    rf"|\d{{1,2}})\s{{1,4}}(?:[\w-]{{1,20}}\s{{1,4}}){{0,3}}?(?P<first>{KINDS_OF_TEXT})s?,?\s{{1,4}}"
    rf"(?:and|plus|then|followed\s{{1,4}}by|as\s{{1,4}}well\s{{1,4}}as|along\s{{1,4}}with"
    rf"|together\s{{1,4}}with)\s{{1,4}}(?:also\s{{1,4}})?"
    rf"(?:an?|one|two|three)\s{{1,4}}(?:[\w-]{{1,20}}\s{{1,4}}){{0,2}}?(?P<second>{KINDS_OF_TEXT})s?\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:must|should|shall|ha(?:s|ve)\s{1,4}to|needs?\s{1,4}to|may|can|cannot"
    r"|ought\s{1,4}to)(?![\w-])",
    re.IGNORECASE,
)
_STARTS_WITH_MODAL = re.compile(r"(?:must|should|shall|may|can|cannot)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()\n]{0,80}\)\s{0,4}")
_BOUNDARY = re.compile(r"[,.;:\n(!?]|\b(?:and|but|that|so|while|because|where)\b", re.IGNORECASE)
_SUBJECTS = frozenset(
    [
        "it",
        "you",
        "i",
        "we",
        "there",
        "everything",
        "all",
        "which",
        "this",
        "count",
        "length",
        "words",
        "word",
        "letters",
        "also",
    ]
)
_NAMES_THE_TEXT = re.compile(rf"\b(?:{KINDS_OF_TEXT}|words|sentences|paragraphs|characters|letters)s?\Z", re.IGNORECASE)
_REACH = 400


def is_demand(request: Request, span: Span, *, on_a_part: bool = False) -> bool:
    """Whether what stands there is asked for, without an if, of the response as a whole.

    `on_a_part` leaves the last out: the phrase itself says what part it is about.
    """
    start, end = request.sentence(span[0])
    before = request.open[max(start, span[0] - _REACH) : span[0]]
    within = request.open[span[0] : span[1]]
    stop = request.sentence(max(span[0], span[1] - 1))[1]
    behind = request.open[span[1] : max(span[1], min(stop, span[1] + _REACH))]
    if request.open[start:stop].rstrip().endswith("?") and _QUESTION.match(request.open, start):
        return False
    clause = _clause(before)
    if _UNSURE.search(clause) or _TOLD.search(clause) or _STATED.search(clause) or _CONDITION.search(before):
        return False
    if _EXCEPTED.match(behind):
        return False
    if _REPORTED.search(clause) and not _WISHED.search(clause):
        return False
    if not on_a_part and not _is_of_the_response(clause, within):
        return False
    return on_a_part or not (_is_of_a_part(clause, within, behind) or _is_of_one_of_several(request, clause + within))


def _is_of_the_response(clause: str, within: str) -> bool:
    """Whether the subject of the last `must` or `should` is the response, or is left out."""
    start = _STARTS_WITH_MODAL.match(within)
    said = _ASIDE.sub("", clause) + (start[0] if start is not None else "")
    modals = list(_MODAL.finditer(said))
    if not modals:
        return True
    subject = _BOUNDARY.split(said[: modals[-1].start()])[-1].split()
    if not subject or subject[-1].lower().strip("\"'“”)*") in _SUBJECTS:
        return True
    is_named = _NAMES_THE_TEXT.search(" ".join(subject)) is not None
    return is_named and subject[0].lower() not in ("a", "an", "any", "some", "no")


def _clause(before: str) -> str:
    """What stands before, from the last mention of the whole response on."""
    starts = [found.start() for found in _GENERAL.finditer(before)]
    return before[starts[-1] :] if starts else before


def _is_of_a_part(clause: str, within: str, behind: str) -> bool:
    attached = _WITH_A_PART.search(clause)
    if attached is not None and (attached["made"] is None or "paragraph" not in attached[0].lower()):
        return True
    if _EACH_OF_SEVERAL.search(clause):
        return True
    return bool(_OF_A_PART.search(clause + within[:60]) or _OF_A_PART_AFTER.match(behind))


def _is_of_one_of_several(request: Request, clause: str) -> bool:
    """Whether two texts are asked for, and the demand names one of them."""
    asked = _SEVERAL.search(request.open)
    if asked is None:
        return False
    named = {asked["first"].lower(), asked["second"].lower()}
    said = " ".join(clause.lower().split())
    return any(re.search(rf"\b(?:the|an?) (?:\w+ )?{re.escape(name)}\b", said) for name in named)

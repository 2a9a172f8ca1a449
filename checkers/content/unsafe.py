"""Marks of content that a person of the safety queue should read: where to send it, and no verdict on ideas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.finding import Finding, Json, Span, Verdict
from checkers.registry import rule
from checkers.trace import Trace

MAX_READ = 50_000
REACH = 60
"""Characters within which an asking for means and a danger must stand to be read together."""

_MEANS = re.compile(
    r"\b(?:how (?:to|do i|can i|would (?:i|one|you))|steps? (?:to|for)|instructions? (?:to|for|on)|recipe (?:to|for)"
    r"|guide (?:to|for|on)|ways? to|tutorial (?:to|for|on)|teach me|help me|show me|i (?:want|need|plan|will"
    r"|am going) to"
    r"|you (?:can|will need to|should)|first,? (?:you|mix|take|get)|mix|combine|assemble|synthesi[sz]e)\b",
    re.IGNORECASE,
)
_DANGERS: tuple[tuple[str, str], ...] = (
    (
        "weapons or explosives",
        r"(?:pipe bombs?|nail bombs?|dirty bombs?|(?:build|make|making|building|assemble|detonate"
        r"|plant) (?:an? |the )?(?:\w{1,12} )?"
        r"(?:bombs?|explosives?|grenades?|ied|detonator|molotov(?: cocktail)?)|nerve (?:agent|gas)|sarin"
        r"|ricin|anthrax|mustard gas"
        r"|ghost guns?|(?:weapon|gun)s? (?:into|past)|silencer for)",
    ),
    (
        "illegal drugs",
        r"(?:(?:cook|make|making|synthesi[sz]e|produce|extract) (?:\w{1,12} )?(?:meth|methamphetamine|heroin"
        r"|fentanyl|crack|lsd|mdma)"
        r"|(?:buy|sell|smuggle) (?:\w{1,12} )?(?:cocaine|heroin|meth|fentanyl))",
    ),
    (
        "breaking into systems",
        r"(?:(?:write|make|create|build|deploy|spread) (?:an? |the )?(?:\w{1,12} )?(?:malware|ransomware"
        r"|keylogger|computer virus"
        r"|botnet|trojan)|hack (?:into|someone)|steal (?:\w{1,12} )?(?:passwords?|credentials|credit cards?"
        r"|identit(?:y|ies))"
        r"|(?:launch|run) (?:an? )?ddos)",
    ),
    (
        "violence against people",
        r"(?:kill(?:ing)? (?:someone|somebody|people|my (?:wife|husband|boss|neighbou?r|mother|father"
        r"|parents?|partner|ex)|him|her|them)"
        r"|murder (?:someone|somebody|people|him|her|them)|poison (?:someone|somebody|people|him|her|them|my)"
        r"|kidnap|torture (?:someone|a person|people))",
    ),
    (
        "human trafficking or abuse",
        r"(?:traffic(?:king)? (?:people|women|girls|children|minors)|groom(?:ing)? (?:a )?(?:child|children"
        r"|minor|minors|kids?))",
    ),
)
_BY_MEANS = tuple((what, re.compile(rf"\b{pattern}\b", re.IGNORECASE)) for what, pattern in _DANGERS)
_ALONE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "harm to oneself",
        re.compile(
            r"\b(?:kill(?:ing)? myself|end(?:ing)? my (?:own )?life|take my (?:own )?life"
            r"|commit(?:ting)? suicide|want to die"
            r"|hurt(?:ing)? myself|harm(?:ing)? myself|cut(?:ting)? myself|suicide (?:method|note|plan)s?"
            r"|methods? of suicide"
            r"|self[- ]harm)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "sexual content with minors",
        re.compile(
            r"\b(?:child (?:porn\w{0,8}|sexual abuse material)|csam"
            r"|sexual\w{0,4} (?:\w{1,12} ){0,3}(?:minors?|child|children|underage|preteens?)"
            r"|(?:minors?|underage|preteens?) (?:\w{1,12} ){0,3}(?:sexual\w{0,4}|nude|naked))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "a threat",
        re.compile(
            r"\b(?:i(?:'ll| will| am going to|'m going to) (?:kill|murder|shoot|stab|rape|hurt) (?:you|him"
            r"|her|them|everyone|all of you)"
            r"|you (?:deserve to|will|should) die)\b",
            re.IGNORECASE,
        ),
    ),
)


@rule(version=1, scope="response")
def signal(trace: Trace) -> Iterator[Finding]:
    """Marks of danger in prompt or response, which send the draft to the safety queue: no verdict on what is said.

    Harm to oneself, threats, sexual content with minors; weapons, drugs, break-ins and violence only beside an asking
    for means. A text without such marks may still be unsafe, and one with them may be a warning, a refusal or a novel.
    """
    for what, spans in _marks(trace.text).items():
        known: dict[str, Json] = {"kind": what, "in": "response", "spans": [list(span) for span in spans]}
        yield Finding(Verdict.SUSPICIOUS, spans[0], _message("response", what), evidence=known)
    for what, spans in _marks(trace.prompt).items():
        known = {"kind": what, "in": "prompt", "spans": [list(span) for span in spans]}
        yield Finding(Verdict.SUSPICIOUS, (0, len(trace.text)), _message("prompt", what), evidence=known)


def _message(where: str, what: str) -> str:
    return f"The {where} may touch on {what}: somebody of the safety queue should read it."


def _marks(text: str) -> dict[str, list[Span]]:
    read = text[:MAX_READ]
    found: dict[str, list[Span]] = {}
    for what, pattern in _ALONE:
        spans = [match.span() for match in pattern.finditer(read)]
        if spans:
            found[what] = spans[:10]
    for what, pattern in _BY_MEANS:
        for match in pattern.finditer(read):
            if _MEANS.search(read, max(0, match.start() - REACH), min(len(read), match.end() + REACH)):
                found.setdefault(what, []).append(match.span())
    return {what: spans[:10] for what, spans in found.items()}

"""Links by their form alone: what is wrong with one, without a look at the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget

_LINK = re.compile(r"(?<!!)\[[^\[\]\n]{0,200}\]\(([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?)\)")
_BARE = re.compile(
    r"(?<![\w(<\"'])<?((?:https?|ftp|javascript|data|file|htp|htps|hhtp|hhtps|ttps?)(?::|//)[^\s<>\"'\]]{0,2000})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s{1,9}[\"'(][^\n]{0,300}\Z")
_PLACEHOLDER_HOST = re.compile(
    r"(?:.{1,60}\.)?(?:example\.(?:com|org|net|edu)|(?:test|invalid|example|localhost)|"
    r"(?:your|my)?-?(?:website|domain|site|link|url|company|blog)(?:name)?(?:-?here)?\.(?:com|org|net))\Z|"
    r"(?:127\.0\.0\.1|0\.0\.0\.0)\Z",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:#|\.\.\.|…|x{3,}|(?:insert|your|add|put|the)?[\s_-]?(?:link|url|source|address|citation)s?"
    r"(?:[\s_-](?:here|goes here))?)\Z",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"(?:mailto:|tel:|#)|[\w./~?&=%+-][\w./~#?&=%+-]*\Z", re.IGNORECASE)
"""What needs no host: mail, a place on the same page, a file beside it."""
_HOST = re.compile(r"[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){1,10}\.?\Z")


def addresses(text: str, budget: Budget = NO_BOUNDS) -> Iterator[tuple[Span, str]]:
    """Each address with its place: what a link of Markdown points to, and what looks like an address in the text."""
    taken: list[Span] = []
    for match in budget.over(_LINK.finditer(text)):
        taken.append(match.span())
        target = _TITLE.sub("", match[1]).strip().strip("<>").strip()
        start = match.start(1) + max(0, match[1].find(target))
        yield (start, start + len(target)), target
    at = 0
    for match in budget.over(_BARE.finditer(text)):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at == len(taken) or match.start() < taken[at][0]:
            said = _closed(match[1].rstrip(".,;:!?*_`"))
            yield (match.start(1), match.start(1) + len(said)), said


def _closed(address: str) -> str:
    """Without a bracket that was opened before the address."""
    return (
        address[:-1].rstrip(".,;:!?") if address.endswith(")") and address.count(")") > address.count("(") else address
    )


def fault(address: str) -> str | None:
    """What is wrong with the form of an address, as the rest of "This link …"; None when nothing is."""
    if not address:
        return "leads nowhere"
    if _PLACEHOLDER.match(address):
        return "is a placeholder"
    if _ELSEWHERE.match(address) or "[" in address:
        return None  # hosts in brackets are numbers, of which only a part may have been read
    if any(sign.isspace() or ord(sign) < 32 for sign in address):
        return "has blanks in it"
    try:
        return _fault_of(urlsplit(address))
    except ValueError:
        return "is not well-formed"


def _fault_of(parts: SplitResult) -> str | None:
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https"):
        return "is neither http nor https"
    if parts.username is not None or parts.password is not None:
        return "carries a user name or password"
    if _PLACEHOLDER_HOST.match(host):
        return "is a placeholder"
    if not _HOST.match(host):
        return "has no host that could exist"
    return None if parts.port != 0 else "is not well-formed"

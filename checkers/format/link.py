"""Links: how many a response has and whether they are well formed; nobody visits them."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

from checkers import params
from checkers.counted import Bounds, counted, spans_of
from checkers.finding import Finding, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.address import Address, addresses
from checkers.trace import Constraint, Trace

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(//)?")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})|[\x00-\x20\x7f\\^`{|}]")
_PLAIN_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,19}")


@constraint(version=1)
def count(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` links: bare addresses and those of Markdown, images too."""
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds = Bounds.of(asked)
    places = [each.span for each in addresses(trace.text)]
    return counted((0, len(trace.text)), len(places), bounds, "link", places=places)


@constraint(version=1)
def form(trace: Trace, asked: Constraint) -> Finding:
    """Every link of the response is a well-formed address with one of the `schemes` (`https`, `http`, `mailto`).

    A host has a dot and letters, digits and hyphens between its dots. By the form alone: whether there is such a page
    is not asked. A place within a site, as in `[top](#start)`, is well formed.
    """
    params.refuse_unknown(asked, "schemes")
    schemes = _schemes(asked)
    wrong = [(each, why) for each in addresses(trace.text) if (why := _misformed(each, schemes))]
    if not wrong:
        return holds((0, len(trace.text)), "Every link is well formed.", measured=0, wanted=0)
    first, why = wrong[0]
    shown = first.said if len(first.said) <= 60 else first.said[:60] + "…"
    spans = spans_of([each.span for each, _ in wrong])
    return fails(first.span, f"“{shown}” {why}.", measured=len(wrong), wanted=0, spans=spans)


def _schemes(asked: Constraint) -> tuple[str, ...]:
    if asked.params.get("schemes") is None:
        return "https", "http", "mailto"
    found = tuple(each.casefold().removesuffix("://").removesuffix(":") for each in params.words(asked, "schemes"))
    if not all(map(_PLAIN_SCHEME.fullmatch, found)):
        raise BadParams("each of 'schemes' must be the name of a scheme, as https")
    return found


def _misformed(link: Address, schemes: tuple[str, ...]) -> str:
    """What is wrong with it; empty where nothing is."""
    if not link.said:
        return "leads nowhere"
    broken = _BROKEN.search(link.said)
    if broken:
        return "has a sign in it that no address may have"
    scheme = _SCHEME.match(link.said)
    if scheme is None:
        return _without_scheme(link)
    if scheme[1].casefold() not in schemes:
        return f"has the scheme {scheme[1][:20]}, not {' or '.join(schemes)[:80]}"
    if scheme[1].casefold() == "mailto":
        return "" if _is_mailbox(link.said[scheme.end() :]) else "names no mailbox"
    if scheme[1].casefold() not in ("http", "https", "ftp"):
        return ""
    return _host_fault(link.said[scheme.end() :]) if scheme[2] else "lacks the // behind its scheme"


def _without_scheme(link: Address) -> str:
    if not link.is_markdown:
        return "lacks its scheme, as https://"
    return "lacks its scheme, as https://" if link.said.casefold().startswith("www.") else ""


def _is_mailbox(said: str) -> bool:
    name, at, host = said.partition("?")[0].rpartition("@")
    return bool(at and name and len(name) <= 64 and not _host_fault(host))


def _host_fault(said: str) -> str:
    host = re.split(r"[/?#]", said, maxsplit=1)[0].rpartition("@")[2]
    if host.startswith("["):
        return "" if _is_six(host[1:].partition("]")[0]) else "has no address between its brackets"
    name, colon, port = host.partition(":")
    if colon and not (port.isascii() and port.isdecimal() and int(port[:6]) < 65_536):
        return "has no port behind its colon"
    labels = name.removesuffix(".").split(".")
    if name == "localhost":
        return ""
    if len(labels) < 2 or len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return "has no host, as example.org"
    return ""


def _is_six(said: str) -> bool:
    try:
        return bool(IPv6Address(said[:60]))
    except ValueError:
        return False

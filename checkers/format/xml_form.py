"""A response that is to be XML: checked for its form alone, without definitions of its own."""

from __future__ import annotations

import re

from checkers import params
from checkers.finding import Finding, Span, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.fence import framed_span
from checkers.text.misformed import Misformed
from checkers.text.xml_events import read_xml
from checkers.trace import Constraint, Trace

_NAME = re.compile(r"[^\W\d][\w.:-]*")


@constraint(version=1)
def valid(trace: Trace, asked: Constraint) -> Finding:
    """The response is one well-formed XML document, in a code fence or not, with the element `root` if one is given.

    A document that defines entities is not read: the constraint is then unknown. Nothing outside of it is looked at.
    """
    params.refuse_unknown(asked, "root")
    wanted = params.text(asked, "root")
    if wanted is not None and not _NAME.fullmatch(wanted.strip()):
        raise BadParams("the parameter 'root' must be the name of an element")
    start, end = framed_span(trace.text)
    try:
        root = read_xml(trace.text[start:end])
    except Misformed as error:
        return fails((min(start + error.at, end), end), f"This is not XML: {error}.")
    if wanted is not None and root != wanted.strip():
        message = f"The root is <{root[:60]}>, not <{wanted.strip()[:60]}>."
        return fails(_root(trace.text, (start, end), root), message, measured=root[:200], wanted=wanted)
    return holds((start, end), "The response is XML.", measured=root[:200])


def _root(text: str, span: Span, name: str) -> Span:
    at = text.find(f"<{name}", *span)
    return (at, at + 1 + len(name)) if at >= 0 else span

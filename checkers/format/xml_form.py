"""A response that is to be XML: checked for its form alone, without definitions of its own."""

from __future__ import annotations

import re
from xml.parsers import expat

from checkers import params
from checkers.finding import Finding, Span, fails, holds
from checkers.limits import OverLimit
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.fence import framed_span
from checkers.trace import Constraint, Trace

MAX_DEPTH = 500
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
    reader = _Reader()
    data = trace.text[start:end].encode("utf-8", "surrogatepass")
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        at = start + len(data[: reader.parser.ErrorByteIndex].decode("utf-8", "ignore"))
        said = expat.ErrorString(error.code)
        return fails((min(at, end), end), f"This is not XML: {said}, line {error.lineno}.")
    if wanted is not None and reader.root != wanted.strip():
        message = f"The root is <{reader.root[:60]}>, not <{wanted.strip()[:60]}>."
        return fails(_root(trace.text, (start, end), reader.root), message, measured=reader.root[:200], wanted=wanted)
    return holds((start, end), "The response is XML.", measured=reader.root[:200])


class _Reader:
    """An expat parser that stops at whatever could grow or lead outside."""

    def __init__(self) -> None:
        self.root = ""
        self.depth = 0
        # The text has no encoding of its own any more, whatever it says.
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _begin(self, name: str, _: dict[str, str]) -> None:
        self.root = self.root or name
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise OverLimit(f"elements nested more than {MAX_DEPTH} deep")

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _refuse(self, *_: object) -> None:
        raise OverLimit("the document defines entities, which are not read")


def _root(text: str, span: Span, name: str) -> Span:
    at = text.find(f"<{name}", *span)
    return (at, at + 1 + len(name)) if at >= 0 else span

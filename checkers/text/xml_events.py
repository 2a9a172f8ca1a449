"""XML read for its form alone: no entity is defined, nothing outside is looked at."""

from __future__ import annotations

from xml.parsers import expat

from checkers.limits import OverLimit
from checkers.text.misformed import Misformed

MAX_DEPTH = 500


def read_xml(text: str) -> str:
    """The name of the root of a well-formed document; raises Misformed, and OverLimit where it defines entities."""
    reader = _Reader()
    data = text.encode("utf-8", "surrogatepass")
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        at = len(data[: reader.parser.ErrorByteIndex].decode("utf-8", "ignore"))
        raise Misformed(f"{expat.ErrorString(error.code)}, line {error.lineno}", at) from None
    return reader.root


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

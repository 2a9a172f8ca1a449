"""One JSON array: the findings records with their file and line, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copilot.checkfile.forms.remark import Found, Told
from copilot.plain import plain_json


def lines(found: Found, _told: Told) -> Iterator[str]:
    """An opening bracket, one line for each record, a closing bracket."""
    yield "["
    yield from separated(
        plain_json({"file": file, "line": checked.line, **checked.as_json()}) for file, checked in found
    )
    yield "]"


def separated(elements: Iterable[str]) -> Iterator[str]:
    """The elements of a JSON array, a comma behind each but the last."""
    before: str | None = None
    for element in elements:
        if before is not None:
            yield f"{before},"
        before = element
    if before is not None:
        yield before

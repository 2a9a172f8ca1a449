"""JSON Lines: one findings record for each line of the input, in order."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checkfile.forms.remark import Found, Told
from copilot.plain import plain_json


def lines(found: Found, _told: Told) -> Iterator[str]:
    """One line for each record, with all its findings."""
    for _, checked in found:
        yield plain_json(checked.as_json())

"""Lines to read: `file:line: rule: message`, one for each remark."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checkfile.forms.remark import Found, Told, remarks
from copilot.plain import plain


def lines(found: Found, told: Told) -> Iterator[str]:
    """One line for each remark."""
    for remark in remarks(found, strict=told.strict):
        yield plain(f"{named(remark.file)}:{remark.line}: {remark.rule}: {remark.message}")


def named(file: str) -> str:
    """The file's name as a line may begin with it."""
    # A line that starts with `::` is a command to a CI runner, and a file can be called anything.
    return f"./{file}" if not file.strip() or file.strip().startswith(":") else file

"""Workflow commands of GitHub Actions: an annotation for each remark, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checkfile.forms.remark import Found, Told, remarks
from copilot.plain import plain


def lines(found: Found, told: Told) -> Iterator[str]:
    """One `::error …::` or `::warning …::` for each remark."""
    for remark in remarks(found, strict=told.strict):
        command = "error" if remark.is_error else "warning"
        place = f"file={_property(remark.file)},line={remark.line},title={_property(remark.rule)}"
        yield f"::{command} {place}::{_data(remark.message)}"


def _data(text: str) -> str:
    return plain(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""How findings are written: each form is one file with one function, from checked lines to lines of text.

Whatever a draft says, a line is ours: printable characters only, and no order to a terminal or to a CI runner.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from copilot.checkfile.forms import github, json_array, jsonl, sarif, text
from copilot.checkfile.forms.remark import Found, Told

__all__ = ["FORMS", "Form", "Found", "Told"]

Form: TypeAlias = Callable[[Found, Told], Iterator[str]]

FORMS: Mapping[str, Form] = {
    "text": text.lines,
    "jsonl": jsonl.lines,
    "json": json_array.lines,
    "sarif": sarif.lines,
    "github": github.lines,
}

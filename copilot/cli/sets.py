"""`copilot check --set`: a file as one set, in the forms that can tell of a whole."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.errors import CopilotError

if TYPE_CHECKING:
    from checkers import Whole
    from checkers.registry import Rule
    from copilot.checkfile import Checked


def lines_of_set(
    files: Sequence[str],
    rules: Sequence[Rule],
    *,
    form: str,
    against: str | None,
    settings: Mapping[str, Mapping[str, Any]],
    count: Counter[str],
) -> Iterator[str]:
    """What is to be printed of the one file, counted by verdict in `count`; a CopilotError for a wrong demand."""
    from copilot.checkfile.forms import Told
    from copilot.checkfile.forms.whole import FORMS_OF_SETS

    if len(files) != 1:
        raise CopilotError("a set is one file", hint="join them first: cat a.jsonl b.jsonl | copilot check --set -")
    of_sets = tuple(rule for rule in rules if rule.scope == "set")
    if not of_sets:
        raise CopilotError("no rule of sets is left to check with", hint="select one: --select duplicates")
    if form not in FORMS_OF_SETS:
        raise CopilotError(f"a set cannot be told as {form}", hint=f"use --format {', '.join(FORMS_OF_SETS)}")
    found = _counted(_found(files[0], of_sets, against, settings), count)
    first = next(found)  # what is wrong with the settings or the file is told before a form writes its first line
    return FORMS_OF_SETS[form](((files[0], one) for one in chain([first], found)), Told(of_sets))


def _found(
    name: str, rules: Sequence[Rule], against: str | None, settings: Mapping[str, Mapping[str, Any]]
) -> Iterator[Checked | Whole]:
    from copilot.checkfile.sets import check_set_file, check_set_stream

    beside = None if against is None else Path(against)
    if name == "-":
        return check_set_stream(sys.stdin.buffer, name="standard input", rules=rules, settings=settings, against=beside)
    return check_set_file(Path(name), rules=rules, settings=settings, against=beside)


def _counted(found: Iterable[Checked | Whole], count: Counter[str]) -> Iterator[Checked | Whole]:
    from checkers import Whole

    is_empty = True
    for one in found:
        if isinstance(one, Whole):
            if is_empty:
                raise CopilotError("there is no record to check", hint="give a file with one JSON object a line")
            findings = one.findings
        else:
            is_empty = False
            count["rejected"] += one.rejected is not None
            count["stopped"] += one.stopped is not None
            count["records"] += one.report is not None
            findings = one.report.findings if one.report is not None else ()
        count.update(finding.verdict.value for finding in findings)
        yield one

"""What is to be said about a file: one remark for each finding that counts, and for each line that was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from checkers import Finding, Verdict
from checkers.registry import Rule
from copilot.checkfile.line import Checked

Found: TypeAlias = Iterable[tuple[str, Checked]]
"""Each checked line with the name of its file."""

REJECTED = "rejected"
NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Told:
    """What a form is told besides the findings."""

    rules: tuple[Rule, ...]
    """The rules that were asked."""
    strict: bool = False
    """Whether what is unknown or suspicious counts as much as what fails."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about one line of a file."""

    file: str
    line: int
    rule: str
    """The rule, or `rejected`, or `not checked`."""
    message: str
    is_error: bool = True
    """False for a doubt."""


def remarks(found: Found, *, strict: bool) -> Iterator[Remark]:
    """What fails, is rejected, misstated or not checked; with `strict` what is unknown or suspicious too."""
    for file, checked in found:
        if checked.rejected is not None:
            what = f"{checked.rejected.what} (hint: {checked.rejected.hint})"
            yield Remark(file, checked.line, REJECTED, what)
        if checked.stopped is not None:
            yield Remark(file, checked.line, NOT_CHECKED, checked.stopped)
        for finding in findings_of(checked):
            is_error = finding.verdict is Verdict.FAILS or is_misstated(finding)
            if is_error or (strict and finding.verdict is not Verdict.HOLDS):
                yield Remark(file, checked.line, finding.rule, message_of(finding), is_error)


def findings_of(checked: Checked) -> tuple[Finding, ...]:
    """What was found; nothing where the record was not checked, for which one remark is enough."""
    return checked.report.findings if checked.report is not None and checked.stopped is None else ()


def is_misstated(finding: Finding) -> bool:
    """Whether it is about a constraint that cannot be decided as it is written: a wrong name, or wrong parameters.

    The instructions of a data set, and what was read from a prompt, are not the caller's to mend: where no rule knows
    one it is just unknown.
    """
    name = finding.evidence.get("constraint")
    is_own = isinstance(name, str) and not name.startswith("ifeval/") and "origin" not in finding.evidence
    return is_own and finding.verdict is Verdict.UNKNOWN and finding.evidence.get("reason") in ("no rule", "params")


def message_of(finding: Finding) -> str:
    """The finding's sentence with its step, counted from 1, and its verdict unless it plainly fails."""
    doubt = "" if finding.verdict is Verdict.FAILS else f"{finding.verdict.value}: "
    place = "" if finding.step is None else f"step {finding.step + 1}: "
    return f"{doubt}{place}{finding.message}"

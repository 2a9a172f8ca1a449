"""How many of the demands of a file are followed: the rates that people publish, with what they leave out."""

from __future__ import annotations

from collections import Counter

from checkers import Report, Verdict
from checkers.sets import Share


class Followed:
    """Counts demands and records while reports go by, and says both rates (IFEval, section 2.2)."""

    def __init__(self) -> None:
        self._demands: Counter[Verdict] = Counter()
        self._records: Counter[Verdict] = Counter()

    def add(self, report: Report) -> None:
        """Count the demands of one record: it follows when all hold, and does not when one fails."""
        said = Counter(found.verdict for found in report.findings if "constraint" in found.evidence)
        if not said:
            return
        self._demands += said
        if said[Verdict.FAILS]:
            self._records[Verdict.FAILS] += 1
        else:
            self._records[Verdict.HOLDS if len(said) == 1 and said[Verdict.HOLDS] else Verdict.UNKNOWN] += 1

    def lines(self) -> list[str]:
        """One line for demands and one for records; none where nothing was demanded."""
        if not self._demands:
            return []
        return [_line("demands", self._demands), _line("records with all of theirs", self._records)]


def _line(what: str, counted: Counter[Verdict]) -> str:
    decided = counted[Verdict.HOLDS] + counted[Verdict.FAILS]
    left = counted.total() - decided
    out = f"; {left:,} undecided, left out" if left else ""
    if not decided:
        return f"followed, {what}: none was decided{out}"
    return f"followed, {what}: {Share(counted[Verdict.HOLDS], decided)}{out}"

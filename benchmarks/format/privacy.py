"""How many made-up secrets and personal data are found, and how many look-alikes are left alone."""

from __future__ import annotations

from collections import Counter

from benchmarks.checkers.interval import Share
from benchmarks.format.made import Made, made
from checkers import Trace, check

COUNT = 200


def report() -> None:
    """Print recall on true ones, quiet on look-alikes, and the kinds that went wrong."""
    found = [(each, _is_flagged(each)) for each in made(COUNT)]
    for is_true, title in ((True, "true ones found"), (False, "look-alikes left alone")):
        mine = [(each, flagged) for each, flagged in found if each.is_true is is_true]
        right = sum(flagged is is_true for _, flagged in mine)
        wrong = Counter(each.kind for each, flagged in mine if flagged is not is_true)
        print(f"  {title}: {Share(right, len(mine))}" + (f"; wrong: {dict(wrong)}" if wrong else ""))


def _is_flagged(one: Made) -> bool:
    report = check(Trace(response=one.text), select=["leaks", "personal"])
    return bool(report.findings)

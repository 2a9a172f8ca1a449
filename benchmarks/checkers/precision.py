"""The table of `checkers/precision.py`, measured anew: which rule is precise enough to say `fails`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.checkers.adjudication import Adjudicated, key_of
from benchmarks.checkers.corpus import Labelled
from benchmarks.checkers.flags import Judged, by_source
from benchmarks.checkers.table import show, title
from checkers import Verdict, all_rules, check
from checkers import precision as kept
from checkers.registry import Rule

PLACE = Path(kept.__file__).with_name(kept.TABLE)


def measured_rules() -> tuple[Rule, ...]:
    """The rules that are measured, each as if it might say `fails`."""
    return tuple(replace(rule, may_fail=True) for rule in all_rules() if rule.measured)


def measure(traces: Sequence[Labelled], adjudicated: Sequence[Adjudicated]) -> list[kept.Precision]:
    """One line for each measured rule, from the sources that have right traces too."""
    rules = measured_rules()
    judged = [Judged(each, check(each.trace, rules=rules).findings) for each in traces]
    mixed = [each for _, of in by_source(judged) if any(one.of.is_clean for one in of) for each in of]
    verdicts = {line.key: line.is_true for line in adjudicated}
    return [_line(rule, mixed, verdicts) for rule in rules]


def write(lines: Sequence[kept.Precision]) -> None:
    """Put the table where the checkers read it."""
    rows = [
        {"rule": each.rule, "version": each.version, "flags": each.flags, "right": each.right}
        | {"sources": list(each.sources)}
        for each in lines
    ]
    text = ",\n".join(f"  {json.dumps(row)}" for row in rows)
    PLACE.write_text(f"[\n{text}\n]\n", encoding="utf-8")


def report(lines: Sequence[kept.Precision]) -> None:
    """The table as it was measured just now, beside the one that the checkers use."""
    title("Which rule may say `fails`")
    print("A flag is right when its trace is labelled wrong and it was not found to be a false alarm, or when it was")
    print("found to be right against the label. Sources without right traces are left out.\n")
    used = kept.table()
    show(
        ("rule", "flagged traces", "right", "sources", "lower bound of 90 %", "may fail", "in use"),
        [
            (each.rule, each.flags, each.right, len(each.sources), f"{100 * each.lower:.1f} %")
            + (_yes(each.may_fail), _yes(each.rule in used and used[each.rule].may_fail))
            for each in lines
        ],
    )


def _line(rule: Rule, judged: Sequence[Judged], verdicts: dict[tuple[str, int | None, str], bool]) -> kept.Precision:
    hits = [each for each in judged if any(_flags(each, rule))]
    right = sum(_is_right(each, rule, verdicts) for each in hits)
    sources = tuple(source for source, _ in by_source(hits))
    return kept.Precision(rule.name, rule.version, len(hits), right, sources)


def _flags(judged: Judged, rule: Rule) -> Iterator[bool]:
    return (found.rule == rule.name and found.verdict is Verdict.FAILS for found in judged.findings)


def _is_right(judged: Judged, rule: Rule, verdicts: dict[tuple[str, int | None, str], bool]) -> bool:
    flags = [found for found in judged.flags if found.rule == rule.name]
    known = [verdicts.get(key_of(judged, flag)) for flag in flags]
    if False in known:
        return False
    return not judged.of.is_clean or all(known)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"

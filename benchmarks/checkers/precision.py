"""The table of `checkers/precision.py`, measured anew: which rule is precise enough to say `fails`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from benchmarks.checkers.adjudication import Adjudicated, Key, key_of
from benchmarks.checkers.corpus import Labelled
from benchmarks.checkers.flags import Judged, by_source
from benchmarks.checkers.table import show, title
from checkers import all_rules, check
from checkers import precision as kept
from checkers.registry import Rule

Verdicts = Mapping[Key, bool]
PLACE = Path(kept.__file__).with_name(kept.TABLE)


def measured_rules() -> tuple[Rule, ...]:
    """The rules that are measured, each as if it might say `fails`."""
    return tuple(replace(rule, may_fail=True) for rule in all_rules() if rule.measured)


def measure(traces: Sequence[Labelled], adjudicated: Sequence[Adjudicated]) -> list[kept.Precision]:
    """One line for each measured rule.

    In a source without right traces every flag would count as right, so only what was adjudicated counts there.
    """
    rules = measured_rules()
    judged = [Judged(each, check(each.trace, rules=rules).findings) for each in traces]
    mixed = {source for source, of in by_source(judged) if any(one.of.is_clean for one in of)}
    verdicts = {line.key: line.is_true for line in adjudicated}
    return [_line(rule, judged, mixed, verdicts) for rule in rules]


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
    print("found to be right against the label. Of sources without right traces only adjudicated flags count.\n")
    used = kept.table()
    show(
        ("rule", "flagged traces", "right", "sources", "lower bound of 90 %", "may fail", "in use"),
        [
            (each.rule, each.flags, each.right, len(each.sources), f"{100 * each.lower:.1f} %")
            + (_yes(each.may_fail), _yes(each.rule in used and used[each.rule].may_fail))
            for each in lines
        ],
    )


def _line(rule: Rule, judged: Sequence[Judged], mixed: Set[str], verdicts: Verdicts) -> kept.Precision:
    hits = {each.of.id: (each, _verdicts(each, rule, verdicts)) for each in judged}
    counted = [(each, said) for each, said in hits.values() if said and (each.of.source in mixed or None not in said)]
    right = sum(_is_right(each, said) for each, said in counted)
    sources = tuple(sorted({each.of.source for each, _ in counted}))
    return kept.Precision(rule.name, rule.version, len(counted), right, sources)


def _verdicts(judged: Judged, rule: Rule, verdicts: Verdicts) -> list[bool | None]:
    """What each flag of the rule in this trace was found to be; None where nobody looked."""
    return [verdicts.get(key_of(judged, flag)) for flag in judged.flags if flag.rule == rule.name]


def _is_right(judged: Judged, said: Sequence[bool | None]) -> bool:
    return False not in said and (not judged.of.is_clean or None not in said)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"

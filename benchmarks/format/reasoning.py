"""Form of reasoning: what of the made redundancies and circles is seen, and how often right reasoning is flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.checkers import corpus
from benchmarks.checkers.interval import Share
from benchmarks.checkers.table import show, title
from checkers import About, Step, Trace, all_rules, check

FAMILIES = ("circularity", "completeness", "correction", "granularity", "mixing")
REDUNDANT, CIRCULAR, ORIGINAL = "PRMBench/redundency", "PRMBench/circular", "PRMBench/original(PRM800K)"
LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    REDUNDANT: ("circularity.repeated", "circularity.rechecked", "granularity.idle"),
    CIRCULAR: ("circularity.circular", "circularity.repeated", "circularity.rechecked"),
}
"""The rules that are asked for each class; nothing else counts as seen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One trace, the steps that are labelled, and those that each rule flags."""

    source: str
    steps: int
    wrong: frozenset[int]
    flags: Mapping[str, frozenset[int | None]]

    def flagged(self, rules: Iterable[str]) -> frozenset[int | None]:
        """The steps that any of the rules flags."""
        return frozenset[int | None]().union(*(self.flags.get(rule, frozenset()) for rule in rules))


def measure(folder: Path, *, quick: bool) -> None:
    """Print recall on the made classes against false alarms on the originals, and how often each rule flags."""
    made = [row for row in corpus.rows(folder, "steps_prmbench") if row["source"] in (REDUNDANT, CIRCULAR, ORIGINAL)]
    seen = [seen_in(row) for row in corpus.sample(made, 200 if quick else None, key=lambda row: row["id"])]
    _report_classes(seen)
    _report_cuts([row["solution"] for row in _human(folder, most=150 if quick else None)])
    _report_rates(list(_right(folder, most=150 if quick else None)))


def seen_in(row: corpus.Row, *, as_text: bool = False) -> Seen:
    """What the rules on form say of a record, as steps or as one text that is known to be a chain of thought."""
    texts = [row["solution"]] if "solution" in row else list(row["steps"])
    about = About(task="cot", language="en")
    steps = () if as_text else tuple(Step(_lines(text)) for text in texts)
    trace = Trace(prompt=row["problem"], steps=steps, about=about)
    if as_text:
        trace = replace(trace, response=_lines("\n".join(texts)), _memo={})
    flags: dict[str, set[int | None]] = {}
    for found in check(trace, select=families()).findings:
        if found.verdict in ("suspicious", "fails"):
            flags.setdefault(found.rule, set()).add(found.step)
    wrong = frozenset(at for at, label in enumerate(row.get("labels") or ()) if label == -1)
    return Seen(row["source"], len(texts), wrong, {rule: frozenset(steps) for rule, steps in flags.items()})


def families() -> list[str]:
    """The families on form that there are."""
    return [family for family in FAMILIES if any(rule.answers_to(family) for rule in all_rules())]


def _report_classes(seen: Sequence[Seen]) -> None:
    title("Made redundancies and circles against their originals (PRMBench)")
    print("Originals are marked free of error, not free of repetition. Shares with Wilson's 95 % interval.\n")
    originals = [each for each in seen if each.source == ORIGINAL]
    rows: list[tuple[object, ...]] = []
    for source, rules in LOOKED_AT.items():
        made = [each for each in seen if each.source == source]
        for name in (*rules, "any of them"):
            asked = rules if name == "any of them" else (name,)
            rows.append((source, name, _traces(made, asked), _recall(made, asked), _traces(originals, asked)))
            rows[-1] += (_steps(originals, asked),)
    head = ("class", "rule", "traces flagged", "labelled steps flagged", "originals flagged", "steps of originals")
    show(head, rows)


def _traces(group: Sequence[Seen], rules: Sequence[str]) -> Share:
    return Share(sum(bool(each.flagged(rules)) for each in group), len(group))


def _recall(group: Sequence[Seen], rules: Sequence[str]) -> Share:
    return Share(sum(len(each.flagged(rules) & each.wrong) for each in group), sum(len(each.wrong) for each in group))


def _steps(group: Sequence[Seen], rules: Sequence[str]) -> Share:
    return Share(sum(len(each.flagged(rules)) for each in group), sum(each.steps for each in group))


def _right(folder: Path, *, most: int | None) -> Iterable[tuple[str, Seen]]:
    clean = {
        "ProcessBench, marked right": "steps_processbench",
        "PRM800K, marked right": "steps_prm800k_phase1",
        "PRMBench originals": "steps_prmbench",
    }
    for name, file in clean.items():
        right = [row for row in corpus.rows(folder, file) if row["first_error"] == -1]
        right = [row for row in right if file != "steps_prmbench" or row["source"] == ORIGINAL]
        yield from ((name, seen_in(row)) for row in corpus.sample(right, most, key=lambda row: row["id"]))
    for row in _human(folder, most=most):
        yield "written by people", seen_in(row, as_text=True)


def _human(folder: Path, *, most: int | None) -> Sequence[corpus.Row]:
    return corpus.sample(list(corpus.rows(folder, "references_gsm8k_math")), most, key=lambda row: row["id"])


def _report_cuts(solutions: Sequence[str]) -> None:
    """Solutions cut off behind a share of their words: most cuts fall into a sentence or a formula, some behind one."""
    title("Solutions that are cut off")
    rows: list[tuple[object, ...]] = []
    for share in (0.3, 0.5, 0.7, 0.9, 1.0):
        cut = [" ".join(words[: int(share * len(words))]) for words in (text.split(" ") for text in solutions)]
        kept = [text for text in cut if text.strip()]
        found = [check(Trace(response=_lines(text)), select=["completeness.truncated"]).findings for text in kept]
        rows.append((f"{share:.0%} of the words", Share(sum(map(bool, found)), len(kept))))
    show(("kept", "flagged by completeness.truncated"), rows)


def _report_rates(seen: Sequence[tuple[str, Seen]]) -> None:
    title("Right reasoning that is flagged")
    print("Traces with at least one flag of the rule.\n")
    sizes = Counter(name for name, _ in seen)
    rules = [rule.name for rule in all_rules() if any(map(rule.answers_to, families()))]
    rows = []
    for rule in rules:
        counted = Counter(name for name, each in seen if rule in each.flags)
        rows.append((rule, *(Share(counted[name], sizes[name]) for name in sizes)))
    show(("rule", *sizes), rows)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

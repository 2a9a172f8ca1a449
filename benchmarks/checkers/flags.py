"""Flags on real traces: how many of the flagged are wrong, how many of the clean are flagged, which step is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.checkers.corpus import Labelled
from benchmarks.checkers.interval import Share
from benchmarks.checkers.table import show, title
from checkers import Finding, Verdict, check

SILVER = "PARC"
"""Labels made with a model's help: in the pool, and told apart."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A trace and what the rules said of it."""

    of: Labelled
    findings: tuple[Finding, ...]

    @property
    def flags(self) -> tuple[Finding, ...]:
        """What a rater would be shown as an error, from the first step on."""
        return tuple(found for found in self.findings if found.verdict is Verdict.FAILS)

    @property
    def first_flag(self) -> int | None:
        """The step that the rater is led to."""
        return min((found.step for found in self.flags if found.step is not None), default=None)


def judge(traces: Iterable[Labelled]) -> list[Judged]:
    """All rules of the house on every trace."""
    return [Judged(each, check(each.trace).findings) for each in traces]


def report(judged: Sequence[Judged], references: Sequence[Judged]) -> None:
    """The tables of this measure."""
    title("Flags on real traces")
    print("A trace is flagged when a rule says `fails`. Intervals: Wilson, 95 %.\n")
    show(
        (
            "source",
            "traces",
            "flagged and labelled wrong",
            "clean traces flagged",
            "first wrong step is the first flag",
        ),
        [_line(source, judged_of) for source, judged_of in [*by_source(judged), *_pools(judged)]],
    )
    title("Solutions written by people")
    show(
        ("source", "flagged"), [(source, _flagged(of)) for source, of in [*by_source(references), ("all", references)]]
    )
    title("By rule")
    print("Traces that this rule flags (`fails`) or ranks (`suspicious`), and how many of them are labelled wrong.\n")
    show(
        ("rule", "verdict", "traces labelled wrong", "lower bound of 90 %", "on clean traces", "on people's solutions"),
        _by_rule(judged, references),
    )


def by_source(judged: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    """The traces of each source, by its name."""
    found: dict[str, list[Judged]] = {}
    for each in judged:
        found.setdefault(each.of.source, []).append(each)
    return sorted(found.items())


def label_precision(judged: Sequence[Judged]) -> Share:
    """Of the flagged traces those that are labelled wrong."""
    flagged = [each for each in judged if each.flags]
    return Share(sum(not each.of.is_clean for each in flagged), len(flagged))


def clean_flagged(judged: Sequence[Judged]) -> Share:
    """Of the traces labelled clean those that are flagged."""
    return _flagged([each for each in judged if each.of.is_clean])


def first_found(judged: Sequence[Judged]) -> Share:
    """Of the traces labelled wrong those whose first flag is on the first wrong step."""
    wrong = [each for each in judged if not each.of.is_clean]
    return Share(sum(each.first_flag == each.of.first_error for each in wrong), len(wrong))


def _pools(judged: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    mixed = {source for source, of in by_source(judged) if any(each.of.is_clean for each in of)}
    return [
        ("all", list(judged)),
        ("all that have clean traces", [each for each in judged if each.of.source in mixed]),
        ("all labelled by people", [each for each in judged if each.of.source != SILVER]),
    ]


def _line(source: str, judged: Sequence[Judged]) -> tuple[object, ...]:
    return source, len(judged), label_precision(judged), clean_flagged(judged), first_found(judged)


def _flagged(judged: Sequence[Judged]) -> Share:
    return Share(sum(bool(each.flags) for each in judged), len(judged))


def _by_rule(judged: Sequence[Judged], references: Sequence[Judged]) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = []
    asked = sorted({(found.rule, found.verdict) for each in (*judged, *references) for found in each.findings})
    for rule, verdict in asked:
        if verdict not in (Verdict.FAILS, Verdict.SUSPICIOUS):
            continue
        hit = [each for each in judged if _says(each, rule, verdict)]
        wrong = Share(sum(not each.of.is_clean for each in hit), len(hit))
        people = sum(_says(each, rule, verdict) for each in references)
        lines.append((rule, verdict, wrong, f"{100 * wrong.lower():.1f} %", wrong.of - wrong.hits, people))
    return lines


def _says(judged: Judged, rule: str, verdict: Verdict) -> bool:
    return any(found.rule == rule and found.verdict is verdict for found in judged.findings)

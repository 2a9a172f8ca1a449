"""What a person found each flag to be, joined with the flags of today; each judgement is recalculated on the way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.checkers.flags import Judged
from benchmarks.checkers.interval import Share
from benchmarks.checkers.recompute import BadExpression, is_so
from benchmarks.checkers.table import show, title
from checkers import Finding

PLACE = Path(__file__).resolve().parents[1] / "adjudicated.jsonl"
MOST_SHOWN = 40
_FIELDS = ("id", "source", "claim", "recomputed", "verdict", "reason")

Key = tuple[str, int | None, str]


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """One line of the file."""

    id: str
    source: str
    step: int | None
    """0-based; None for a text without steps."""
    claim: str
    """As written, each run of white space as one space."""
    recomputed: str
    """The claim as it is meant, as a calculation for `recompute`."""
    is_true: bool
    """Whether the flag is right: something is asserted, and it is false."""
    reason: str
    asserted: bool
    """False where the text asks, supposes or tests; such a claim may well be false."""

    @property
    def key(self) -> Key:
        """What it is joined by."""
        return self.id, self.step, self.claim

    def fault(self) -> str:
        """Why the line contradicts its own calculation; empty when it does not."""
        try:
            claim_is_so = is_so(self.recomputed)
        except BadExpression as error:
            return f"cannot be recalculated: {error}"
        if self.is_true and (claim_is_so or not self.asserted):
            return "called a true alarm, but its claim is true or not asserted"
        if not self.is_true and self.asserted and not claim_is_so:
            return "called a false alarm, but its claim is asserted and false"
        return ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The flags of today, and what was found of them."""

    known: Sequence[tuple[Judged, Finding, Adjudicated]]
    unknown: Sequence[tuple[Judged, Finding]]

    def flags(self) -> Share:
        """Of the adjudicated flags those that are right."""
        return Share(sum(line.is_true for _, _, line in self.known), len(self.known))

    def traces(self) -> Share:
        """Of the traces with adjudicated flags those of which no flag is a false alarm."""
        bad = Counter(judged.of.id for judged, _, line in self.known if not line.is_true)
        seen = {judged.of.id for judged, _, _ in self.known}
        return Share(len(seen) - len(bad), len(seen))


def lines(place: Path = PLACE) -> list[Adjudicated]:
    """All adjudications of the file; raises ValueError for a line of another shape or one that stands twice."""
    found: dict[Key, Adjudicated] = {}
    for number, text in enumerate(place.read_text(encoding="utf-8").splitlines(), start=1):
        line = _line(json.loads(text), number)
        if line.key in found:
            raise ValueError(f"{place.name}:{number}: this claim stands there twice")
        found[line.key] = line
    return list(found.values())


def key_of(judged: Judged, flag: Finding) -> Key:
    """What a flag is joined by."""
    return judged.of.id, flag.step, claim_of(judged, flag)


def claim_of(judged: Judged, flag: Finding) -> str:
    """The flagged text, each run of white space as one space."""
    trace = judged.of.trace
    text = trace.text if flag.step is None else trace.steps[flag.step].text
    return " ".join(text[slice(*flag.span)].split())


def join(judged: Iterable[Judged], adjudicated: Iterable[Adjudicated]) -> Joined:
    """Each flag with its line; what was adjudicated but is flagged no more is left out."""
    by_key = {line.key: line for line in adjudicated}
    known, unknown = [], []
    for each in judged:
        for flag in each.flags:
            line = by_key.get(key_of(each, flag))
            if line is None:
                unknown.append((each, flag))
            else:
                known.append((each, flag, line))
    return Joined(known, unknown)


def report(judged: Sequence[Judged], adjudicated: Sequence[Adjudicated]) -> None:
    """The tables of this measure."""
    title("Adjudicated")
    joined = join(judged, adjudicated)
    total = len(joined.known) + len(joined.unknown)
    show(
        ("", "share"),
        [
            ("flags with a line in adjudicated.jsonl", Share(len(joined.known), total)),
            ("of these flags, true alarms", joined.flags()),
            ("of their traces, all flags true", joined.traces()),
            ("of their traces labelled clean, all flags true: the label is wrong", _against_label(joined)),
        ],
    )
    _list("False alarms", [(j, f, line.reason) for j, f, line in joined.known if not line.is_true])
    _list("Flags without a line", [(j, f, f.message) for j, f in joined.unknown])
    for line in adjudicated:
        if line.fault():
            print(f"\nThe line of {line.id}, step {line.step}, contradicts itself: {line.fault()}.")


def _against_label(joined: Joined) -> Share:
    clean = [entry for entry in joined.known if entry[0].of.is_clean]
    return Joined(clean, ()).traces()


def _list(heading: str, flags: Sequence[tuple[Judged, Finding, str]]) -> None:
    if not flags:
        return
    title(f"{heading}: {len(flags)}")
    show(
        ("id", "step", "claim", ""),
        [(j.of.id, "" if f.step is None else f.step, claim_of(j, f)[:120], said) for j, f, said in flags[:MOST_SHOWN]],
    )
    if len(flags) > MOST_SHOWN:
        print(f"\n{len(flags) - MOST_SHOWN} more.")


def _line(row: Mapping[str, object], number: int) -> Adjudicated:
    values = [row.get(name) for name in _FIELDS]
    step, asserted = row.get("step"), row.get("asserted", True)
    if not all(isinstance(value, str) and value for value in values) or not isinstance(asserted, bool):
        raise ValueError(f"adjudicated.jsonl:{number}: needs {', '.join(_FIELDS)} as texts")
    if not (step is None or (isinstance(step, int) and step >= 0)) or row["verdict"] not in ("true", "false"):
        raise ValueError(f"adjudicated.jsonl:{number}: `step` is a number or null, `verdict` is true or false")
    known = {name: str(row[name]) for name in _FIELDS if name != "verdict"}
    return Adjudicated(**known, step=step, is_true=row["verdict"] == "true", asserted=asserted)

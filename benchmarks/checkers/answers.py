"""Whether `same_answer` says what people say, in both orders; an abstention is a wrong answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.checkers.corpus import Row, rows
from benchmarks.checkers.interval import Share
from benchmarks.checkers.table import show, title
from checkers import Verdict, final_answer, same_answer

WRONG_LABELS = Path(__file__).resolve().parents[1] / "wrong_labels.jsonl"
_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers and whether they are called equal."""

    id: str
    gold: str
    answer: str
    equal: bool

    @property
    def verdicts(self) -> tuple[Verdict, Verdict]:
        """Ours, in both orders."""
        return same_answer(self.gold, self.answer), same_answer(self.answer, self.gold)

    def is_met(self, *, by: str | None = None) -> bool:
        """Whether both orders say what the label says, or one of them: `"there"`, `"back"`."""
        wanted = Verdict.HOLDS if self.equal else Verdict.FAILS
        there, back = self.verdicts
        return {"there": there is wanted, "back": back is wanted}.get(by or "", there is wanted is back)


def pairs(given: Iterable[Row], *, extracted: bool) -> list[Pair]:
    """The rows as pairs; `extracted` hands in what `final_answer` finds in each text, where it finds something."""
    take = (lambda text: final_answer(text) or text) if extracted else str
    return [Pair(row["id"], take(row["gold"]), take(row["pred"]), row["equal"]) for row in given]


def contradicted(found: Sequence[Pair], *, wrong: Iterable[str]) -> dict[str, str]:
    """Ids whose label is known to be wrong, or is another for the same two answers in either order; and why."""
    labels: dict[frozenset[str], set[bool]] = {}
    for each in found:
        labels.setdefault(_unordered(each), set()).add(each.equal)
    known = set(wrong)
    why: dict[str, str] = {}
    for each in found:
        if len(labels[_unordered(each)]) > 1:
            why[each.id] = "another row calls the same two answers the opposite"
        elif each.id in known:
            why[each.id] = "its label is wrong: see wrong_labels.jsonl"
    return why


def report(place: Path) -> None:
    """The tables of this measure."""
    title("Answers")
    given = list(rows(place, "answers"))
    reasons = {line["id"]: line["reason"] for line in _wrong_labels()}
    left_out = contradicted(pairs(given, extracted=False), wrong=reasons)
    print("Rows whose label stands; both orders must say what the label says, and an abstention is wrong.\n")
    lines, missed = [], []
    for name, extracted in (("as handed in", False), ("what final_answer finds in them", True)):
        kept = [each for each in pairs(given, extracted=extracted) if each.id not in left_out]
        missed = [each for each in kept if not each.is_met()]
        lines.append((name, *[_share(kept, by) for by in ("there", "back", None)], _abstained(kept)))
    show(("texts", "gold first", "gold last", "both orders", "abstained in either"), lines)
    title("Rows left out")
    show(("id", "why"), [(row, reasons.get(row, why)) for row, why in left_out.items()])
    title(f"Missed, of what final_answer finds: {len(missed)}")
    show(("id", "gold", "answer", "label", "said"), [_missed(each) for each in missed])
    _chats(place)


def _chats(place: Path) -> None:
    title("Primes and counts")
    lines = []
    for kind in ("prime", "counthappynumber"):
        chosen = [row for row in rows(place, "solutions_llmdrift") if row["source"].endswith(f"/{kind}")]
        told = [row for row in chosen if row["final_answer"] is not None]
        same = [_said(row["gold"], row["final_answer"]) is bool(row["correct"]) for row in told]
        cut = [_said(row["final_answer"], final_answer(row["response"]) or "") for row in told]
        whole = [_said(row["gold"], final_answer(row["response"]) or "") is bool(row["correct"]) for row in told]
        lines.append((kind, *[Share(sum(map(bool, each)), len(each)) for each in (same, cut, whole)]))
    show(("what", "same_answer agrees with the label", "final_answer finds what is labelled", "both at once"), lines)


def _said(gold: str, answer: str) -> bool | None:
    return {Verdict.HOLDS: True, Verdict.FAILS: False}.get(same_answer(gold, answer))


def _share(kept: Sequence[Pair], by: str | None) -> Share:
    return Share(sum(each.is_met(by=by) for each in kept), len(kept))


def _abstained(kept: Sequence[Pair]) -> Share:
    return Share(sum(Verdict.UNKNOWN in each.verdicts for each in kept), len(kept))


def _missed(each: Pair) -> tuple[object, ...]:
    label = "equal" if each.equal else "unequal"
    return each.id.removeprefix("mathverify/"), each.gold[:_SHOWN], each.answer[:_SHOWN], label, "/".join(each.verdicts)


def _unordered(each: Pair) -> frozenset[str]:
    return frozenset(" ".join(side.split()) for side in (each.gold, each.answer))


def _wrong_labels() -> list[Row]:
    return [json.loads(line) for line in WRONG_LABELS.read_text(encoding="utf-8").splitlines() if line.strip()]

"""What a set is made of: counts by label, held against quotas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from checkers.demanded import demanded
from checkers.finding import Finding, Json, Verdict
from checkers.registry import set_rule
from checkers.sets import BadTerms, Member, Scratch, Share, Sweep, Table, Terms

KINDS = ("task", "domain", "difficulty", "language", "constraint", "safety")
"""What is counted, and what a quota may be of."""
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s?%")
_HELD = 1_000
_SHOWN = 50
_MOST_LABEL = 200
_HINT = 'write math = "30%" for at least that share, 200 for so many records, or {min = "5%", max = 400}'


@set_rule(version=1)
def quotas(scratch: Scratch, terms: Terms) -> Sweep:
    """The set has as much of each label as the quotas of `copilot.toml` ask: `[quotas.domain]`, `math = "30%"`.

    Counted are task, domain, difficulty, language (without its region), kinds of constraint (each once a record; a
    quota may name a family, `length`) and safety (`yes`, `no`), with the records that say none. Each quota holds,
    fails, or is unknown where the records without a label could decide it. With `sample = true` under `[quotas]` the
    set stands for a larger one, and a quota inside of the 95 % interval (Wilson) of its share is unknown too.
    """
    return _Coverage(scratch, *_read(terms))


@dataclass(frozen=True, slots=True)
class _Bound:
    """A share or a number of records."""

    least: Fraction | int | None
    most: Fraction | int | None


class _Coverage(Sweep):
    def __init__(self, scratch: Scratch, wanted: Mapping[tuple[str, str], _Bound], is_sample: bool) -> None:
        self.scratch, self.wanted, self.is_sample = scratch, wanted, is_sample
        self.members = 0
        self.counted: Counter[tuple[str, str]] = Counter()
        scratch.run("CREATE TABLE coverage (kind TEXT, label TEXT, n INTEGER, PRIMARY KEY (kind, label))")

    def gather(self, member: Member) -> None:
        self.members += 1
        self.counted.update(set(_labels(member)))
        if len(self.counted) > _HELD:
            self.settle()

    def settle(self) -> None:
        for (kind, label), n in self.counted.items():
            statement = "INSERT INTO coverage VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET n = n + ?3"
            self.scratch.add(statement, kind, label, n)
        self.counted.clear()

    def whole(self) -> Iterator[Finding]:
        for (kind, label), bound in self.wanted.items():
            count, unsaid = self._count(kind, label), self._count(kind, "")
            if kind == "constraint" and not count:
                count = self._count("family", label)
            verdict, reason = _judged(bound, count, unsaid, self.members, self.is_sample)
            share = Share(count, self.members)
            evidence: dict[str, Json] = {"measured": count, "of": self.members, "unlabelled": unsaid}
            evidence |= {"share": round(share.value, 4), "wanted": _told(bound)}
            if self.is_sample:
                evidence["interval"] = [round(end, 4) for end in share.interval]
            message = f"{kind} {label}: {_measured(share)}, {_told(bound)}{f': {reason}' if reason else ''}."
            yield Finding(verdict, (0, 0), message, evidence=evidence | ({"reason": reason} if reason else {}))

    def tables(self) -> Iterator[Table]:
        for kind in KINDS:
            rows = self.scratch.rows(
                "SELECT label, n FROM coverage WHERE kind = ? ORDER BY label = '', n DESC, label LIMIT ?",
                [kind, _SHOWN],
            )
            lines = [_line(label or "(not said)", n, self.members) for label, n in rows]
            every, records = self.scratch.rows("SELECT COUNT(*), SUM(n) FROM coverage WHERE kind = ?", [kind])[0]
            if every > len(rows):
                rest = records - sum(n for _, n in rows)
                lines.append(_line(f"({every - len(rows):,} others)", rest, self.members))
            if lines:
                yield Table(kind, (kind, "records", "share", "low", "high"), lines)

    def _count(self, kind: str, label: str) -> int:
        row = self.scratch.row("SELECT n FROM coverage WHERE kind = ? AND label = ?", kind, label)
        return int(row[0]) if row else 0


def _labels(member: Member) -> Iterator[tuple[str, str]]:
    about = member.trace.about
    said = (about.task, about.domain, about.difficulty, about.speech)
    for kind, label in zip(KINDS, said, strict=False):
        yield kind, label.strip()[:_MOST_LABEL]
    yield "safety", "yes" if member.record.get("safety") is True else "no"
    for asked in member.trace.constraints:
        name = demanded(asked).own.name[:_MOST_LABEL]
        yield "constraint", name
        yield "family", name.partition(".")[0]


def _line(label: str, count: int, of: int) -> tuple[str | int | float, ...]:
    share = Share(min(count, of), of)
    return label, count, *(round(value, 4) for value in (share.value, *share.interval))


def _judged(bound: _Bound, count: int, unsaid: int, of: int, is_sample: bool) -> tuple[Verdict, str]:
    """The verdict, and of an unknown one what leaves it open."""
    if not of:
        return Verdict.UNKNOWN, "the set is empty"
    low, high = count, min(of, count + unsaid)
    sides = [_at_least(bound.least, low, high, of), _at_most(bound.most, low, high, of)]
    if False not in sides and None in sides:
        return Verdict.UNKNOWN, "records without a label could decide it"
    if is_sample and any(_is_within(end, low, high, of) for end in (bound.least, bound.most)):
        return Verdict.UNKNOWN, "a sample of this size cannot tell"
    return (Verdict.FAILS if False in sides else Verdict.HOLDS), ""


def _at_least(end: Fraction | int | None, low: int, high: int, of: int) -> bool | None:
    """Whether there are so many, wherever between `low` and `high` their number lies; None where that matters."""
    if end is None:
        return True
    wanted = end * of if isinstance(end, Fraction) else end
    return True if low >= wanted else None if high >= wanted else False


def _at_most(end: Fraction | int | None, low: int, high: int, of: int) -> bool | None:
    if end is None:
        return True
    wanted = end * of if isinstance(end, Fraction) else end
    return True if high <= wanted else None if low <= wanted else False


def _is_within(end: Fraction | int | None, low: int, high: int, of: int) -> bool:
    return isinstance(end, Fraction) and Share(low, of).interval[0] < end < Share(high, of).interval[1]


def _measured(share: Share) -> str:
    return f"{share.hits:,} of {share.of:,} ({100 * share.value:.1f} %)" if share.hits else f"none of {share.of:,}"


def _told(bound: _Bound) -> str:
    ends = (("at least", bound.least), ("at most", bound.most))
    return " and ".join(f"{word} {_end(end)}" for word, end in ends if end is not None)


def _end(end: Fraction | int) -> str:
    return f"{float(100 * end):g} %" if isinstance(end, Fraction) else f"{end:,}"


def _read(terms: Terms) -> tuple[dict[tuple[str, str], _Bound], bool]:
    """The quotas by kind and label, and whether the set is a sample; raises BadTerms for what is none."""
    wanted: dict[tuple[str, str], _Bound] = {}
    is_sample = False
    for kind, said in terms.table("quotas").items():
        if kind == "sample" and isinstance(said, bool):
            is_sample = said
            continue
        if kind not in KINDS or not isinstance(said, Mapping):
            near = get_close_matches(kind[:80], KINDS, n=1)
            hint = f"did you mean [quotas.{near[0]}]?" if near else f"write [quotas.…] of one of: {', '.join(KINDS)}"
            raise BadTerms(f"there is no quota of {kind[:80]!r}", hint)
        for label, value in said.items():
            _refuse_unknown(kind, label)
            wanted[kind, label] = _bound(f"quotas.{kind}.{label[:80]}", value)
        _refuse_too_much(kind, [bound for (of, _), bound in wanted.items() if of == kind])
    return wanted, is_sample


def _refuse_unknown(kind: str, label: str) -> None:
    if kind == "safety" and label not in ("yes", "no"):
        raise BadTerms(f"there is no quota of safety {label[:80]!r}", 'write yes = "5%" under [quotas.safety], or no')
    if not 0 < len(label.strip()) <= _MOST_LABEL:
        raise BadTerms(f"a quota of {kind} has no label", _HINT)


def _refuse_too_much(kind: str, bounds: list[_Bound]) -> None:
    shares = [bound.least for bound in bounds if isinstance(bound.least, Fraction)]
    if kind != "constraint" and sum(shares, Fraction(0)) > 1:
        raise BadTerms(f"the least shares of [quotas.{kind}] are more than 100 % together", "lower some of them")


def _bound(where: str, value: Json) -> _Bound:
    ends = value if isinstance(value, Mapping) else {"min": value}
    if not ends or set(ends) - {"min", "max"}:
        raise BadTerms(f"{where} is no quota", _HINT)
    least, most = (_limit(where, ends.get(name)) for name in ("min", "max"))
    if least is not None and type(least) is type(most) and least > most:
        raise BadTerms(f"{where} asks for more than it allows", "let min be at most max")
    return _Bound(least, most)


def _limit(where: str, value: Json) -> Fraction | int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**12:
        return value
    if isinstance(value, str) and (match := _PERCENT.fullmatch(value.strip())):
        share = Fraction(match[1]) / 100
        if share <= 1:
            return share
    raise BadTerms(f"{where} is no quota", _HINT)

"""Constraints read from prompts beside what their authors say stands there; contradictions beside responses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.checkers.interval import Share
from benchmarks.checkers.table import show
from benchmarks.format.rows import Row, judged
from checkers import Constraint, Json, Verdict, all_rules, contradictions, demands_in
from checkers.demanded import demanded
from checkers.instructions import all_instructions

Demand: TypeAlias = tuple[tuple[str, ...], str]
"""What a constraint is about, and its bounds."""

MOST_SHOWN = 40
_CASED = ("letter_case.upper", "letter_case.lower")


@dataclass(frozen=True, slots=True)
class Read:
    """One prompt: what its author says that it asks for, and what was read."""

    prompt: str
    gold: frozenset[Demand]
    found: frozenset[Demand]
    beyond: int
    """Read demands of kinds that the suites do not have."""


def report(rows: Sequence[Row]) -> None:
    """Print how much of what was read stands in the gold with its parameters, by kind, and what does not."""
    found = [read(row) for row in {row.prompt: row for row in rows}.values()]
    hits = Counter(each[0][0] for one in found for each in one.gold & one.found)
    gold = Counter(each[0][0] for one in found for each in one.gold)
    said = Counter(each[0][0] for one in found for each in one.found)
    right, all_said, all_gold = sum(hits.values()), sum(said.values()), sum(gold.values())
    lines = [
        (kind, str(Share(hits[kind], said[kind])), str(Share(hits[kind], gold[kind]))) for kind in sorted(gold | said)
    ]
    show(
        ("kind", "of those read, in the gold with these parameters", "of the gold, read"),
        [*lines, ("all", str(Share(right, all_said)), str(Share(right, all_gold)))],
    )
    print(
        f"\n{len(found):,} prompts; {sum(one.beyond for one in found):,} more demands are of kinds that no suite has."
    )
    print("Words of a list count one by one; the language of a demand on capitals is left out, which few prompts name.")
    print("\nRead, and not in the gold so:\n")
    more = [(what, one) for one in found for what in sorted(one.found - one.gold)]
    show(("demand", "prompt"), [(" ".join([*what[0], what[1]]), one.prompt[:300]) for what, one in more[:MOST_SHOWN]])


def read(row: Row) -> Read:
    """The demands of one prompt, by its author and by the reader."""
    own = [demanded(each).own for each in row.constraints]
    found = demands_in(row.prompt)
    kinds = _kinds()
    known = [each for each in found if each.name in kinds]
    return Read(row.prompt, demands(own), demands(known), len(found) - len(known))


def clashes(rows: Iterable[Row]) -> None:
    """Print the contradictions in prompts, and whether any response meets both sides of one."""
    known = {each.name for each in all_rules() if each.decide is not None}
    told: dict[str, str] = {}
    tried = met = 0
    for row in rows:
        given = tuple(each for each in demands_in(row.prompt) if each.name in known)
        for asked in (given, row.constraints):
            for found in contradictions(asked):
                told.setdefault(found.message, row.prompt)
                both = judged(row.response, tuple(asked[index] for index in found.indexes))
                tried += 1
                met += all(each.verdict is Verdict.HOLDS for each in both)
    print(f"\n{len(told):,} contradictions; of {tried:,} responses to them {met:,} meet both sides.\n")
    show(("contradiction", "prompt"), [(message, prompt[:300]) for message, prompt in list(told.items())[:MOST_SHOWN]])


def demands(constraints: Iterable[Constraint]) -> frozenset[Demand]:
    """The constraints in a form that can be compared: bounds of one measure together, words one by one."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for each in constraints:
        for about, bounds in _parts(each):
            kept = found.setdefault(about, {})
            if "min" in bounds:
                kept["min"] = max(kept.get("min", 0), bounds["min"])
            if "max" in bounds:
                kept["max"] = min(kept.get("max", bounds["max"]), bounds["max"])
    return frozenset((about, json.dumps(bounds, sort_keys=True)) for about, bounds in found.items())


def _parts(each: Constraint) -> list[tuple[tuple[str, ...], dict[str, int]]]:
    bounds = {
        key: int(value)
        for key, value in each.params.items()
        if key in ("min", "max") and isinstance(value, int | float)
    }
    if each.name in ("keywords.include", "keywords.exclude"):
        wanted = {"min": bounds.get("min", 1)} if each.name == "keywords.include" else {"max": 0}
        return [(("keywords", _low(word)), wanted) for word in _listed(each.params.get("words"))]
    if each.name == "keywords.frequency":
        return [(("keywords", _low(each.params.get("word"))), bounds)]
    if each.name == "punctuation.without":
        return [((each.name, str(mark)), {}) for mark in _listed(each.params.get("marks"))]
    if each.name in _CASED:
        return [((each.name,), {})]
    rest = {key: value for key, value in each.params.items() if key not in ("min", "max") and value is not None}
    named = json.dumps({key: _plain(value) for key, value in rest.items()}, sort_keys=True) if rest else ""
    return [((each.name, named), bounds)]


def _plain(value: Json) -> Json:
    if isinstance(value, str):
        return _low(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _low(value: Json) -> str:
    return " ".join(str(value).lower().split())


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list | tuple) else []


def _kinds() -> frozenset[str]:
    """The names of our own constraints that instructions of the suites come to."""
    names = set()
    for each in all_instructions().values():
        try:
            names.add(each.means(**_filled(each.takes)).name)
        except ValueError:
            continue
    return frozenset(names)


def _filled(takes: Sequence[str]) -> Mapping[str, Json]:
    return {name: "at least" if "relation" in name else ["a"] if name.endswith("words") else "a" for name in takes}

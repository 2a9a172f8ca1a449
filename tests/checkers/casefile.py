"""Cases of the rules as data: one file per rule file, named as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from checkers import (
    Json,
    Judged,
    Report,
    Terms,
    Trace,
    Unread,
    Whole,
    all_rules,
    check,
    check_set,
    members_of_records,
    trace_of,
)

FOLDER = Path(__file__).parent / "cases"
_RECORD = ("prompt", "answer", "steps", "sources", "constraints", "task", "domain", "difficulty", "language")
_KEYS = {*_RECORD, "text", "reference", "params", "finds", "message", "repair", "spans", "set", "terms", "against"}


@dataclass(frozen=True)
class Case:
    rule: str
    title: str
    said: Mapping[str, Any]

    @property
    def id(self) -> str:
        return f"{self.rule}-{self.title}"

    @property
    def finds(self) -> list[str]:
        return list(self.said["finds"])

    def trace(self) -> Trace:
        record: dict[str, Json] = {key: self.said[key] for key in _RECORD if key in self.said}
        if "text" in self.said:
            record["response"] = self.said["text"]
        if "reference" in self.said:
            record["reference"] = {"answer": self.said["reference"]}
        if "params" in self.said:
            record["constraints"] = [{"name": self.rule, "params": self.said["params"]}]
        return trace_of(record)

    @property
    def is_set(self) -> bool:
        """Whether it is of a set: the records under `set`, with `terms` and `against`."""
        return "set" in self.said

    def judged(self) -> list[Judged | Unread | Whole]:
        """What the rule says of the set, record by record and then of the whole."""
        given = self.said.get("against")
        terms = Terms(self.said.get("terms", {}), None if given is None else lambda: enumerate(given, 1))
        return list(check_set(lambda: members_of_records(self.said["set"]), select=[self.rule], terms=terms))

    def report(self) -> Report:
        """What the rule itself says, whatever the table of precision makes of its `fails`."""
        if self.is_set:
            found = [one.findings for one in self.judged() if not isinstance(one, Unread)]
            return Report(tuple(finding for findings in found for finding in findings), (), 0)
        return check(self.trace(), select=[self.rule], rules=[replace(rule, may_fail=True) for rule in all_rules()])


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for function, titled in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for title, said in titled.items():
                strange = set(said) - _KEYS
                if strange:
                    raise ValueError(f"{path.name}: {title} has unknown keys {strange}")
                yield Case(f"{path.stem}.{function}", title, said)

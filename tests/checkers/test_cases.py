"""Every rule against its case file, and every rule has one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import checkers
from checkers import all_rules
from tests.checkers.casefile import FOLDER, Case, cases

CASES = list(cases())
SCOPES = {rule.name: rule.scope for rule in all_rules()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_has_its_verdicts(case: Case) -> None:
    report = case.report()

    assert [finding.verdict.value for finding in report.findings] == case.finds
    assert {finding.rule for finding in report.findings} <= {case.rule}


@pytest.mark.parametrize(
    "case", [case for case in CASES if set(case.said) & {"message", "repair", "spans"}], ids=lambda case: case.id
)
def test_a_case_has_its_words_and_its_repair(case: Case) -> None:
    finding = case.report().findings[0]

    assert str(case.said.get("message", "")) in finding.message
    assert finding.repair == case.said.get("repair", finding.repair)
    assert finding.evidence.get("spans") == case.said.get("spans", finding.evidence.get("spans"))


@pytest.mark.parametrize("name", [rule.name for rule in all_rules()])
def test_every_rule_has_a_case_that_speaks_up_and_one_that_is_silent_and_what_can_fail_can_hold(name: str) -> None:
    # A rule of sets may have to say the same of several records before it says anything.
    found = [sorted(set(case.finds)) if case.is_set else case.finds for case in CASES if case.rule == name]

    assert ["fails"] in found or ["suspicious"] in found
    # A rule of sets tells what is wrong with a record; what holds is told by its tables.
    assert ["fails"] not in found or ["holds"] in found or SCOPES[name] == "set"
    assert [] in found


@pytest.mark.parametrize("name", [rule.name for rule in all_rules() if rule.decide is not None])
def test_every_constraint_has_a_case_that_stays_open(name: str) -> None:
    assert ["unknown"] in [case.finds for case in CASES if case.rule == name]


def test_no_case_is_of_a_rule_that_is_not_there() -> None:
    assert {case.rule for case in CASES} == {rule.name for rule in all_rules()}
    assert {path.stem for path in FOLDER.iterdir()} == {rule.name.split(".")[0] for rule in all_rules()}


def test_the_cases_of_a_rule_of_sets_are_sets_and_no_others_are() -> None:
    assert {case.rule for case in CASES if case.is_set} == {name for name, scope in SCOPES.items() if scope == "set"}
    assert not [case.id for case in CASES if case.is_set != (SCOPES[case.rule] == "set")]


def test_file_names_are_unique_under_checkers() -> None:
    stems = Counter(path.stem for path in Path(checkers.__file__).parent.rglob("*.py") if path.stem != "__init__")

    assert [stem for stem, count in stems.items() if count > 1] == []

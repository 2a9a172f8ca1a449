"""Checking a trace: what runs, what is told about what did not, and the report."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkers import Constraint, Finding, Limits, Report, Step, Trace, UnknownRule, Verdict, all_rules, check
from checkers.finding import fails, holds, suspicious, unknown
from checkers.limits import OverLimit
from checkers.registry import ROOMS, DuplicateRule, Rule, chosen, constraint, rule

TEXT = "2 + 2 = 5"


def made(name: str, find: object) -> Rule:
    return Rule(name, 3, "trace", "A rule of the tests.", "tests", find=find)  # type: ignore[arg-type]


def crashing(trace: Trace) -> Iterator[Finding]:
    yield holds((0, 1), "So far so good.")
    raise RuntimeError(f"secret draft: {trace.text}")


def pointing_outside(trace: Trace) -> Iterator[Finding]:
    yield holds((0, 99), "Too far.")
    yield holds((0, 1), "No such step.", step=7)


def giving_up(trace: Trace) -> Iterator[Finding]:
    yield holds((0, 1), "So far so good.")
    raise OverLimit("more than 3 branches")


def flooding(trace: Trace) -> Iterator[Finding]:
    while True:
        yield holds((0, 1), "Again.")


def test_a_finding_is_stamped_with_rule_and_version() -> None:
    finding = check(Trace(response=TEXT)).findings[0]

    assert (finding.rule, finding.version, finding.verdict) == ("arithmetic.equation", 3, Verdict.FAILS)


@pytest.mark.parametrize(
    ("find", "verdicts", "reason"),
    [
        (crashing, ["holds", "unknown"], "crashed: RuntimeError"),
        (giving_up, ["holds", "unknown"], "limit"),
        (flooding, ["holds"] * 5 + ["unknown"], "limit"),
        (pointing_outside, ["unknown", "unknown"], "span outside"),
    ],
    ids=["crash", "limit", "flood", "outside"],
)
def test_a_rule_that_cannot_go_on_is_unknown_and_keeps_what_it_found(
    find: object, verdicts: list[str], reason: str
) -> None:
    report = check(Trace(response=TEXT), rules=(made("a.b", find),), limits=Limits(max_findings=5))

    assert sorted(found.verdict.value for found in report.findings) == sorted(verdicts)
    assert {found.evidence.get("reason") for found in report.findings if found.verdict is Verdict.UNKNOWN} == {reason}
    assert {(found.rule, found.version) for found in report.findings} == {("a.b", 3)}
    assert "secret" not in str(report)


def test_a_bare_text_in_place_of_a_trace_or_a_step_is_told_what_is_wanted() -> None:
    with pytest.raises(TypeError, match=r"Trace\(response="):
        check(TEXT)  # type: ignore[arg-type]
    for steps in ((TEXT,), TEXT):
        with pytest.raises(TypeError, match=r"Step\("):
            Trace(steps=steps)  # type: ignore[arg-type]


def test_one_broken_rule_costs_the_others_nothing() -> None:
    report = check(Trace(response=TEXT), rules=(made("a.b", crashing), *all_rules()))

    assert report.counts[Verdict.FAILS] == 1


@pytest.mark.parametrize(
    "trace", [Trace(response="a" * 11), Trace(steps=(Step("a"),) * 4), Trace(response="a" * 6, answer="b" * 6)]
)
def test_a_text_beyond_its_limits_is_unknown_for_every_rule_and_constraint(trace: Trace) -> None:
    asked = (Constraint("length.words", {"max": 1}), Constraint("no.such", {}))
    trace = Trace(response=trace.response, steps=trace.steps, answer=trace.answer, constraints=asked)

    report = check(trace, limits=Limits(max_text=10, max_steps=3))

    running = [each for each in all_rules() if each.find is not None]
    assert [found.evidence["reason"] for found in report.findings] == ["limit"] * (len(running) + 2)


def test_a_report_says_why_no_rule_looked_at_the_trace() -> None:
    assert check(Trace(response=TEXT), limits=Limits(max_text=3)).excess == "more than 3 characters"
    assert check(Trace(response=TEXT)).excess is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("length.wrds", "No rule is called 'length.wrds'; did you mean length.words"),
        ("no.such", "No rule is called 'no.such'; "),
        ("\x1b]8;;\u202e" + "x" * 150, "No rule is called '\\x1b]8;;\\u202exxx"),
    ],
)
def test_a_constraint_that_no_rule_decides_is_named_with_the_nearest(name: str, said: str) -> None:
    (found,) = check(Trace(response="One.", constraints=(Constraint(name, {}),))).findings

    assert found.message.startswith(said)
    assert len(found.message) < 300


def test_what_the_clock_cuts_off_says_so() -> None:
    times = iter([0.0, 1.0, 1.0, 99.0, 99.0, 99.0])
    rules = (made("a.first", flooding), made("b.second", flooding))

    report = check(Trace(response=TEXT), rules=rules, clock=lambda: next(times))

    reasons = [(found.rule, found.evidence.get("reason")) for found in report.findings]
    assert reasons.count(("a.first", "deadline")) == 1
    assert reasons.count(("b.second", "deadline")) == 1


def looking(trace: Trace) -> Iterator[Finding]:
    yield holds((0, 1), "So far so good.")
    while True:
        trace.budget.look()


def counting(trace: Trace) -> Iterator[Finding]:
    for _ in range(2):
        work = trace.budget.work()
        work.spend(7)
        yield holds((0, 1), f"{work.left} left.")
    while True:
        work.spend()


def slowly_counting(trace: Trace) -> Iterator[Finding]:
    yield holds((0, 1), "So far so good.")
    work = trace.budget.work()
    while True:
        work.spend()


@pytest.mark.parametrize(
    ("find", "limits", "reason"),
    [
        (looking, Limits(), "deadline"),
        (slowly_counting, Limits(max_work=10**9), "deadline"),
        (counting, Limits(max_work=20, seconds=10**6), "limit"),
    ],
    ids=["looks", "counts until late", "counts"],
)
def test_a_rule_stops_inside_of_its_work_by_the_budget_of_its_check(find: object, limits: Limits, reason: str) -> None:
    ticks = itertools.count()

    report = check(
        Trace(response=TEXT), rules=(made("a.b", find),), limits=limits, clock=lambda: next(ticks) * limits.seconds / 9
    )

    *found, last = sorted(report.findings, key=lambda each: each.verdict)
    assert (last.verdict, last.evidence["reason"]) == (Verdict.UNKNOWN, reason)
    assert {each.message for each in found} <= {"So far so good.", "13 left."}
    assert next(ticks) < 30


def test_a_check_brings_its_own_budget_and_leaves_none() -> None:
    trace = Trace(response=TEXT)

    late = check(trace, limits=Limits(seconds=-1.0))

    assert {each.evidence["reason"] for each in late.findings} == {"deadline"}
    assert trace.budget.seconds == float("inf")
    assert check(trace).counts[Verdict.FAILS] == 1


def test_there_is_one_finding_for_each_constraint_with_its_place() -> None:
    asked = tuple(
        Constraint(name, params)
        for name, params in (
            ("length.words", {"max": 9}),
            ("length.words", {"max": 1}),
            ("length.words", {}),
            ("arithmetic.equation", {}),
            ("ifbench/count:no_such_kind", {}),
        )
    )

    report = check(Trace(response="Two words.", constraints=asked), reading="compat")

    found = {finding.evidence["index"]: finding for finding in report.findings}
    assert [found[index].verdict.value for index in range(5)] == ["holds", "fails", "unknown", "unknown", "unknown"]
    assert [found[index].evidence["constraint"] for index in range(5)] == [each.name for each in asked]
    assert {finding.evidence["reading"] for finding in report.findings} == {"compat"}
    assert found[2].evidence["reason"] == "params"
    assert found[3].evidence["reason"] == "no rule"
    assert len(report.findings) == 5


def _of(family: str) -> list[str]:
    return [rule.name for rule in all_rules() if rule.name.startswith(f"{family}.")]


@pytest.mark.parametrize(
    ("select", "ignore", "names"),
    [
        (["symbolic"], None, [rule.name for rule in all_rules() if rule.room == "symbolic"]),
        (["length", "keywords"], None, [*_of("keywords"), *_of("length")]),
        (["length"], ["length.words"], [name for name in _of("length") if name != "length.words"]),
        (["length.words"], None, ["length.words"]),
        (["symbolic"], ["symbolic"], []),
        (None, ["symbolic", "content"], [rule.name for rule in all_rules() if rule.room == "format"]),
    ],
)
def test_rules_are_chosen_by_room_prefix_or_name_and_ignore_wins(
    select: list[str] | None, ignore: list[str] | None, names: list[str]
) -> None:
    report = check(Trace(response=TEXT), select=select, ignore=ignore)

    assert [name for name, _ in report.rules] == names
    assert {found.rule for found in report.findings} <= set(names)


def test_a_constraint_whose_rule_was_left_out_is_silent() -> None:
    trace = Trace(response="One.", constraints=(Constraint("length.words", {"max": 0}), Constraint("other.thing", {})))

    assert check(trace, select=["symbolic"]).findings == ()
    assert [found.evidence["constraint"] for found in check(trace, ignore=["length"]).findings] == ["other.thing"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("arithmetics", "arithmetic.equation"), ("arith", "arithmetic"), ("", "known: "), ("word", "length")],
)
def test_a_name_that_matches_nothing_is_an_error_with_the_nearest(name: str, hint: str) -> None:
    for chosen_by in ({"select": [name]}, {"ignore": [name]}):
        with pytest.raises(UnknownRule) as caught:
            check(Trace(response=TEXT), **chosen_by)  # type: ignore[arg-type]

        assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("made_of", "worst"),
    [
        ([], None),
        ([holds], Verdict.HOLDS),
        ([holds, suspicious], Verdict.SUSPICIOUS),
        ([suspicious, holds, unknown], Verdict.UNKNOWN),
        ([unknown, fails, holds], Verdict.FAILS),
    ],
)
def test_what_was_not_decided_is_never_hidden_by_what_holds(made_of: list[object], worst: Verdict | None) -> None:
    findings = tuple(make((0, 1), "Said.") for make in made_of)  # type: ignore[operator]

    report = Report(findings, (), steps=0)

    assert report.worst is worst
    assert sum(report.counts.values()) == len(made_of)


@pytest.mark.parametrize(
    ("trace", "share"),
    [
        (Trace(response="2+2=4"), 1.0),
        (Trace(response="no"), 0.0),
        (Trace(steps=(Step("2+2=4"), Step("no"), Step("2+2=5"), Step("5/0=1"))), 0.5),
        (Trace(steps=(Step("a"), Step("b")), constraints=(Constraint("length.words", {"max": 9}),)), 0.0),
        (Trace(response="a", constraints=(Constraint("length.words", {"max": 9}),)), 1.0),
    ],
)
def test_the_share_of_steps_covered_counts_decided_steps(trace: Trace, share: float) -> None:
    assert check(trace).covered == share


def test_findings_stand_in_the_order_of_the_text_and_the_whole_comes_last() -> None:
    asked = (Constraint("length.words", {"max": 1}),)
    trace = Trace(steps=(Step("2+2=4, 3+3=7"), Step("1+1=2")), constraints=asked)

    places = [(found.step, found.span[0]) for found in check(trace).findings]

    assert places == [(0, 0), (0, 7), (1, 0), (None, 7)]


def test_the_same_trace_gives_the_same_report() -> None:
    trace = Trace(steps=(Step("2+2=5"), Step("10/3 = 3")), answer="3")

    assert check(trace) == check(Trace(steps=trace.steps, answer="3"))


def test_two_rules_of_one_name_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "arithmetic", "equation", "clashing")
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(DuplicateRule, match=r"arithmetic\.equation"):
        all_rules(plugins=["clashing"])


def plant(folder: Path, stem: str, function: str, plugin: str) -> None:
    """An installed package that offers a plug-in, as a build would leave it on disk."""
    package = folder / f"rules_of_{plugin}"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / f"{stem}.py").write_text(
        "from checkers import Trace, rule\nfrom checkers.finding import fails\n\n\n@rule(version=2, scope='response')\n"
        f"def {function}(trace):\n    '''Never shouts.'''\n"
        "    if trace.text.isupper():\n        yield fails((0, len(trace.text)), 'This shouts.')\n"
    )
    info = folder / f"{plugin}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {plugin}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[copilot.checkers]\n{plugin} = rules_of_{plugin}\n")


def test_a_plug_in_brings_its_rules_only_when_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "voice", "shouting", "acme")
    monkeypatch.syspath_prepend(str(tmp_path))

    rules = all_rules(plugins=["acme"])

    assert "voice.shouting" not in {each.name for each in all_rules()}
    assert [(each.room, each.version, each.summary) for each in rules if each.name == "voice.shouting"] == [
        ("acme", 2, "Never shouts.")
    ]
    report = check(Trace(response="HELLO"), rules=rules, select=["acme"])
    assert [(found.rule, found.message) for found in report.findings] == [("voice.shouting", "This shouts.")]


def test_a_plug_in_that_is_not_installed_is_an_error() -> None:
    with pytest.raises(UnknownRule) as caught:
        all_rules(plugins=["nobody"])

    assert "install" in caught.value.hint


def test_a_rule_without_a_docstring_is_no_rule() -> None:
    def bare(trace: Trace) -> Iterator[Finding]:
        yield holds((0, 0), "x")

    def bare_constraint(trace: Trace, asked: Constraint) -> Finding:
        return holds((0, 0), "x")

    with pytest.raises(TypeError, match="docstring"):
        rule(version=1)(bare)
    with pytest.raises(TypeError, match="docstring"):
        constraint(version=1)(bare_constraint)


def test_every_rule_has_a_version_a_room_and_a_sentence_of_help() -> None:
    for each in all_rules():
        assert each.version >= 1
        assert each.room in ROOMS
        assert each.summary.endswith(".")
        assert [each.find, each.decide, each.sweep].count(None) == 2
    assert chosen(all_rules()) == all_rules()


def test_importing_the_checkers_loads_nothing_heavy() -> None:
    script = (
        "import sys, checkers\n"
        "checkers.check(checkers.Trace(response='1 + 1 = 2'))\n"
        "heavy = {'sympy', 'jsonschema_rs', 'copilot', 'pydantic', 'sqlalchemy', 'yaml', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_constraints_beyond_their_number_are_unknown_and_the_others_are_decided() -> None:
    asked = tuple(Constraint("length.words", {"max": 1}) for _ in range(5))

    report = check(Trace(response="Two words.", constraints=asked), limits=Limits(max_constraints=3))

    assert [found.verdict.value for found in report.findings if "index" in found.evidence].count("fails") == 3
    assert [found.evidence["reason"] for found in report.findings if found.verdict is Verdict.UNKNOWN] == ["limit"] * 2

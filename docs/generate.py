"""Writes the pages that come from the code: commands, rules with their cases, instructions with their examples."""

from __future__ import annotations

import html
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the cases are no part of what is installed

from checkers import Judged, Unread, Verdict, all_rules, check  # noqa: E402
from checkers.instructions import Instruction, all_instructions  # noqa: E402
from checkers.registry import Rule  # noqa: E402
from copilot.cli.main import app  # noqa: E402
from tests.checkers.casefile import Case, cases  # noqa: E402
from tests.checkers.differences import Difference, differences  # noqa: E402

_NOTE = "<!-- Made by `make docs` from the code; do not edit. -->\n\n"


_VERDICTS = """\
Each finding has a verdict. `holds`: the claim was decided and is right. `fails`: it was decided and is wrong.
`suspicious`: a person should look here; it may well be right and counts as no error. `unknown`: the rule looked and
could not decide, which is never a pass; any rule says so where it reaches a limit. No finding at all: nothing was
claimed that the rule decides. A measured rule, one that judges reasoning, says `suspicious` in place of `fails` until
real traces have shown that it is precise; what each rule may say stands under its name, with an example from its tests.

"""


def cli_page() -> str:
    """Every command with its help, as it prints at a width of 100."""
    lines = ["# Commands\n\n", _NOTE]
    for path in ((), *_commands(typer.main.get_command(app))):
        said = CliRunner().invoke(
            app, [*path, "--help"], prog_name="copilot", env={"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
        )
        text = "\n".join(line.rstrip() for line in said.output.strip("\n").splitlines())
        lines.append(f"## {' '.join(('copilot', *path))}\n\n```\n{text}\n```\n\n")
    return "".join(lines).rstrip() + "\n"


def rules_page() -> str:
    """Every rule by room, with what it decides."""
    lines = ["# Rules\n\n", _NOTE, _VERDICTS]
    rules, found = all_rules(), list(cases())
    for room in sorted({rule.room for rule in rules}):
        lines.append(f"## {room}\n\n")
        for rule in sorted((rule for rule in rules if rule.room == room), key=lambda rule: rule.name):
            lines.append(_rule(rule, [case for case in found if case.rule == rule.name]))
    return "".join(lines).rstrip() + "\n"


def _rule(rule: Rule, found: list[Case]) -> str:
    said = {verdict for case in found for verdict in case.finds}
    short = "" if "fails" in said else " It never says `fails`."
    if not rule.may_fail and "fails" in said:
        said = said - {"fails"} | {"suspicious"}
        short = " It may not say `fails` yet: it was not shown to be precise."
    verdicts = ", ".join(f"`{verdict}`" for verdict in Verdict if verdict.value in said)
    head = f"### {rule.name}\n\nVersion {rule.version}, decides per {rule.scope}. It may say {verdicts}.{short}\n\n"
    return f"{head}{inspect.cleandoc(rule.help)}\n\n{_example(rule, found)}"


def _example(rule: Rule, found: list[Case]) -> str:
    """The first case of its file in which the rule objects, with what it says."""
    case = next(case for case in found if case.finds[:1] in (["fails"], ["suspicious"]))
    if case.is_set:
        return _set_example(case)
    trace = case.trace()
    finding = check(trace, select=[rule.name]).findings[0]
    asked = [("prompt", trace.prompt), ("reference", trace.reference.answer or "")]
    asked += [("params", json.dumps(dict(each.params), ensure_ascii=False)) for each in trace.constraints]
    texts = [step.text for step in trace.steps] or [trace.text]
    lines = [f"{name}: {value}" for name, value in asked if value] + texts
    if trace.steps and trace.answer is not None:
        lines.append(f"answer: {trace.answer}")
    step = "" if finding.step is None else f"step {finding.step + 1}: "
    return "```\n" + "\n".join([*lines, f"-> {finding.verdict}: {step}{finding.message}"]) + "\n```\n\n"


def _set_example(case: Case) -> str:
    """The records of a set, one a line, and what is said of each and of the whole."""
    terms: dict[str, object] = {name: case.said[name] for name in ("terms", "against") if name in case.said}
    lines = [f"{name}: {json.dumps(said, ensure_ascii=False)}" for name, said in terms.items()]
    for one in case.judged():
        if isinstance(one, Judged):
            lines.append(json.dumps(one.member.record, ensure_ascii=False))
        if not isinstance(one, Unread):
            lines += [f"-> {finding.verdict}: {finding.message}" for finding in one.findings]
    return "```\n" + "\n".join(lines) + "\n```\n\n"


_READINGS = """\
A constraint may name an instruction of IFEval or IFBench, with its kwargs as parameters:
`{"name": "ifbench/format:list", "params": {"sep": "-"}}`. `fixed`, the reading unless another is asked for, decides
what the instruction means, by the constraint in the second column, an example of how its kwargs are translated.
`--constraints compat` gives the verdict of the reference instead (if-verifiable 0.1.2 on the text behind a `</think>`,
its defects included), for those who publish scores. `--loose` takes a response that holds without its first line, its
last line or its asterisks in either reading. Where the reference would draw a missing value at random, and where the
kwargs cannot be read, both say `unknown`.

"""


def instructions_page() -> str:
    """Every instruction by suite: what it means, how its reference decides, and where the two come apart."""
    lines = ["# Instructions of IFEval and IFBench\n\n", _NOTE, _READINGS]
    shown = {each.instruction: each for each in reversed(list(differences()))}
    for suite in sorted({name.split("/")[0] for name in all_instructions()}):
        lines.append(
            f"## {suite}\n\n| instruction | means | the reference holds when | they differ |\n|---|---|---|---|\n"
        )
        for name, found in all_instructions().items():
            if name.startswith(f"{suite}/"):
                lines.append(_instruction(found, shown.get(name)))
        lines.append("\n")
    return "".join(lines).rstrip() + "\n"


def _instruction(found: Instruction, example: Difference | None) -> str:
    meant = found.meant(dict(example.kwargs) if example else {})
    params = {name: value for name, value in meant.params.items() if value is not None}
    means = f"`{meant.name}`" + (f" {_code(json.dumps(params, ensure_ascii=False), 100)}" if params else "")
    differs = found.differs or "Nowhere that is known."
    if example is not None:
        verdicts = f"compat `{example.compat}`, fixed `{example.fixed}`"
        differs += f"<br>{_code(example.text, 140)}: {verdicts}"
    cells = (f"`{found.name}`", means, " ".join(found.help.split()), differs)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _code(text: str, most: int) -> str:
    """A text within a cell of a table: one line, nothing in it read as a mark."""
    cut = text if len(text) <= most else text[:most] + "…"
    marks = {"\n": "↵", "*": "&#42;", "_": "&#95;", "`": "&#96;", "[": "&#91;", "\\": "&#92;"}
    return "<code>" + "".join(marks.get(sign, html.escape(sign, quote=False)) for sign in cut) + "</code>"


PAGES = {"cli.md": cli_page, "rules.md": rules_page, "instructions.md": instructions_page}


def _commands(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield (*path, name)
        yield from _commands(child, (*path, name))


if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")

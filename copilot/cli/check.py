"""`copilot check`: words in, one line out for each failing finding."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.printing import plain, tell
from copilot.errors import CopilotError

if TYPE_CHECKING:
    from checkers import Finding
    from copilot.checkfile import Checked


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSONL = "jsonl"


def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE…", help="Drafts as JSON lines; - reads standard input.")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(help="Only this room, rule or prefix; may repeat.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not this room, rule or prefix; wins; may repeat.")] = None,
    plugin: Annotated[list[str] | None, typer.Option(help="Rules of this installed plug-in too; may repeat.")] = None,
    form: Annotated[Format, typer.Option("--format", help="Lines to read, or findings as JSON lines.")] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for unknown and suspicious findings too.")] = False,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="Print the chosen rules and stop.")] = False,
) -> None:
    """Check drafted responses and reasoning in files. Exit status 1 if anything fails or a line is rejected."""
    from copilot.checkfile import rules_for
    from copilot.settings import load_settings

    settings = load_settings()
    select, ignore = select or _listed(settings.select), ignore or _listed(settings.ignore)
    rules = rules_for(select=select, ignore=ignore, plugins=plugin or ())
    if list_rules:
        for each in rules:
            print_line(f"{each.name} ({each.room}, {each.scope}, version {each.version}): {each.summary}")
        return
    if not files:
        raise CopilotError("no file to check", hint="name a file of JSON lines, or - for standard input")
    count: Counter[str] = Counter()
    for name, checked in _checked(files, select=select, ignore=ignore, plugins=plugin or (), count=count):
        _count(checked, count)
        _print(name, checked, form, strict)
    if not count["records"] and not count["rejected"]:
        if count["unread"]:
            raise typer.Exit(code=2)
        raise CopilotError("there is no record to check", hint="give a file with one JSON object a line")
    _print_count(count)
    worst = ("fails", "rejected", "unread", *(("unknown", "suspicious") if strict else ()))
    raise typer.Exit(code=1 if any(count[what] for what in worst) else 0)


def print_line(text: str) -> None:
    """One line on standard output that no text in it can break or colour."""
    typer.echo(plain(text))


def _listed(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else list(names)


def _checked(
    files: Sequence[str],
    *,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    plugins: Sequence[str],
    count: Counter[str],
) -> Iterator[tuple[str, Checked]]:
    """Every record of every file; of several files one that cannot be read is told and counted, the rest go on."""
    from pathlib import Path

    from copilot.checkfile import check_file, check_stream

    for name in files:
        try:
            if name == "-":
                lines = check_stream(sys.stdin.buffer, select=select, ignore=ignore, plugins=plugins)
            else:
                lines = check_file(Path(name), select=select, ignore=ignore, plugins=plugins)
            for checked in lines:
                yield name, checked
        except CopilotError as error:
            if len(files) == 1:
                raise
            count["unread"] += 1
            tell(error)


def _count(checked: Checked, count: Counter[str]) -> None:
    if checked.report is None:
        count["rejected"] += 1
        return
    count["records"] += 1
    for verdict, number in checked.report.counts.items():
        count[verdict.value] += number


def _print(name: str, checked: Checked, form: Format, strict: bool) -> None:
    if form is Format.JSONL:
        typer.echo(json.dumps(checked.as_json(), ensure_ascii=True))
        return
    if checked.rejected is not None:
        print_line(f"{name}:{checked.line}: rejected: {checked.rejected.what} (hint: {checked.rejected.hint})")
        return
    shown = {"fails", "unknown", "suspicious"} if strict else {"fails"}
    for finding in checked.report.findings if checked.report is not None else ():
        if finding.verdict.value in shown:
            print_line(f"{name}:{checked.line}: {finding.rule}: {_said(finding)}")


def _said(finding: Finding) -> str:
    doubt = "" if finding.verdict.value == "fails" else f"{finding.verdict.value}: "
    place = "" if finding.step is None else f"step {finding.step + 1}: "
    return f"{doubt}{place}{finding.message}"


def _print_count(count: Counter[str]) -> None:
    found = ", ".join(f"{count[verdict]:,} {verdict}" for verdict in ("holds", "fails", "suspicious", "unknown"))
    rejected = f", {count['rejected']:,} rejected" if count["rejected"] else ""
    records = "1 record" if count["records"] == 1 else f"{count['records']:,} records"
    typer.echo(f"{records}: {found}{rejected}", err=True)

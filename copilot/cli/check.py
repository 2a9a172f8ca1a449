"""`copilot check`: words in, lines out in the form that was asked for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from copilot.cli.printing import plain, tell
from copilot.cli.sets import lines_of_set
from copilot.errors import CopilotError

if TYPE_CHECKING:
    from copilot.checkfile import Checked, Choice, Followed, Pool

MAX_JOBS = 256
MAX_NOTES = 20
"""Of one run; each is told once, with the first line that it is about."""


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class Reading(StrEnum):
    """How constraints are judged."""

    FIXED = "fixed"
    COMPAT = "compat"


def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE…", help="Drafts as JSON lines; - reads standard input.")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(help="Only this room, rule or prefix; may repeat.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not this room, rule or prefix; wins; may repeat.")] = None,
    plugin: Annotated[list[str] | None, typer.Option(help="Rules of this installed plug-in too; may repeat.")] = None,
    form: Annotated[
        Format, typer.Option("--format", help="Lines to read, findings as data, or notes for a code host.")
    ] = Format.TEXT,
    constraints: Annotated[
        Reading, typer.Option(help="Judge IFEval's and IFBench's as they are meant, or as their reference does.")
    ] = Reading.FIXED,
    loose: Annotated[
        bool, typer.Option("--loose", help="A constraint may hold without the first or last line, or asterisks.")
    ] = False,
    read_prompt: Annotated[
        bool | None,
        typer.Option(
            "--read-prompt/--no-read-prompt",
            help="Check what a record's prompt states too; unless told, copilot.toml says, and compat does not.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=MAX_JOBS, help="Processes that check; the order stays.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for unknown and suspicious findings too.")] = False,
    as_set: Annotated[
        bool, typer.Option("--set", help="The file as one set: duplicates, contamination, coverage.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="With --set: evaluation records or texts that must not stand in it."),
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="Print the chosen rules and stop.")] = False,
) -> None:
    """Check drafted responses and reasoning in files.

    Exit status 0: nothing fails. 1: something fails, or a record or constraint could not be checked as it is written.
    2: a file cannot be read or has no record (of several, the others are checked), or the command is wrong.
    """
    from copilot.checkfile import Choice, Followed, Pool, rules_for
    from copilot.checkfile.forms import FORMS, Told
    from copilot.settings import load_settings

    settings = load_settings()
    reads = settings.read_prompts and constraints is Reading.FIXED if read_prompt is None else read_prompt
    chosen = _some(select) or settings.select, _some(ignore) or settings.ignore, tuple(plugin or ())
    choice = Choice(*chosen, reading=constraints.value, loose=loose, read_prompts=reads)
    rules = rules_for(select=choice.select, ignore=choice.ignore, plugins=choice.plugins)
    if not rules:
        raise CopilotError("no rule is left to check with", hint="select more, or ignore less: ignore wins")
    if list_rules:
        for each in rules:
            _print(plain(f"{each.name} ({each.room}, {each.scope}, version {each.version}): {each.summary}"))
        return
    if not files:
        raise CopilotError("no file to check", hint="name a file of JSON lines, or - for standard input")
    if against is not None and not as_set:
        raise CopilotError("--against is of a set", hint="add --set")
    count: Counter[str] = Counter()
    followed = Followed()
    with ExitStack() as ending:
        if as_set:
            lines = lines_of_set(files, rules, form=form.value, against=against, settings=settings.of_sets, count=count)
        else:
            pool = ending.enter_context(Pool(choice, jobs=jobs)) if jobs > 1 else None
            found = _counted(_checked(files, choice, pool, count), count, followed)
            lines = FORMS[form.value](_some_record(found), Told(rules, strict))
        for line in lines:
            _print(line)
    _tell_count(count, followed)
    worst = ("fails", "rejected", "stopped", "misstated", *(("unknown", "suspicious") if strict else ()))
    raise typer.Exit(code=2 if count["unread"] else int(any(count[what] for what in worst)))


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _some(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return tuple(names) if names else None


def _checked(
    files: Sequence[str], choice: Choice, pool: Pool | None, count: Counter[str]
) -> Iterator[tuple[str, Checked]]:
    """Every record of every file; of several files one without any is told and counted, the rest go on."""
    from copilot.checkfile import check_stream

    for name in files:
        is_empty = True
        try:
            with ExitStack() as closing:
                stream = _opened(name, closing)
                for checked in check_stream(
                    stream,
                    select=choice.select,
                    ignore=choice.ignore,
                    plugins=choice.plugins,
                    reading=choice.reading,
                    loose=choice.loose,
                    read_prompts=choice.read_prompts,
                    pool=pool,
                ):
                    is_empty = False
                    yield name, checked
            if is_empty:
                raise CopilotError(
                    f"{name}: there is no record to check", hint="give a file with one JSON object a line"
                )
        except CopilotError as error:
            if len(files) == 1:
                raise
            count["unread"] += 1
            tell(error)


def _opened(name: str, closing: ExitStack) -> BinaryIO:
    from pathlib import Path

    from copilot.files import open_regular

    return sys.stdin.buffer if name == "-" else closing.enter_context(open_regular(Path(name)))


def _counted(
    found: Iterable[tuple[str, Checked]], count: Counter[str], followed: Followed
) -> Iterator[tuple[str, Checked]]:
    from copilot.checkfile.forms.remark import findings_of, is_misstated

    told: set[str] = set()
    for name, checked in found:
        for note in checked.notes:
            if note not in told and len(told) < MAX_NOTES:
                told.add(note)
                typer.echo(plain(f"note: {name}:{checked.line}: {note}"), err=True)
        count["rejected"] += checked.rejected is not None
        count["stopped"] += checked.stopped is not None
        count["misstated"] += sum(map(is_misstated, findings_of(checked)))
        if checked.report is not None:
            count["records"] += 1
            followed.add(checked.report)
            for verdict, number in checked.report.counts.items():
                count[verdict.value] += number
        yield name, checked


def _some_record(found: Iterator[tuple[str, Checked]]) -> Iterator[tuple[str, Checked]]:
    """The same, at least one: with none every file was told, and no form has written its first line yet."""
    first = next(found, None)
    if first is None:
        raise typer.Exit(code=2)
    return chain([first], found)


def _tell_count(count: Counter[str], followed: Followed) -> None:
    sys.stdout.flush()
    found = ", ".join(f"{count[verdict]:,} {verdict}" for verdict in ("holds", "fails", "suspicious", "unknown"))
    more = "".join(
        f", {count[what]:,} {said}" for what, said in (("rejected",) * 2, ("stopped", "not checked")) if count[what]
    )
    records = "1 record" if count["records"] == 1 else f"{count['records']:,} records"
    typer.echo(f"{records}: {found}{more}", err=True)
    for line in followed.lines():
        typer.echo(line, err=True)

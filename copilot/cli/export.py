"""`copilot export`: decided items to a file that trainers load."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from copilot.cli.options import Home, Project, engine_of
from copilot.settings import load_settings

if TYPE_CHECKING:
    from copilot.store.exports import LeftOut


def export(
    format: Annotated[Literal["sft", "cot"], typer.Option(help="Which task's rows.")] = "sft",
    shape: Annotated[
        Literal["messages", "prompt-completion"], typer.Option(help="TRL's shape for supervised training.")
    ] = "messages",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; else standard output.", show_default=False)
    ] = None,
    home: Home = None,
    project: Project = None,
) -> None:
    """Write what people accepted or edited as JSON lines, every row with its origin.

    Rejected drafts and drafts that nobody has decided about stay out; how many they are is said at the end.
    """
    from copilot.export import export as write_rows
    from copilot.files import written_whole
    from copilot.model import TaskName
    from copilot.store.connect import reading
    from copilot.store.exports import left_out
    from copilot.store.projects import find_project

    settings = load_settings(home=home, project=project)
    task = TaskName(format)
    with reading(engine_of(settings)) as db:
        project_id = find_project(db, settings.project)
        if output is None:
            count = write_rows(db, sys.stdout.buffer, project_id=project_id, task=task, shape=shape)
        else:
            with written_whole(output) as out:
                count = write_rows(db, out, project_id=project_id, task=task, shape=shape)
        typer.echo(_said(count, left_out(db, project_id=project_id, task=task)), err=True)


def _said(count: int, left: LeftOut) -> str:
    return (
        f"{count:,} rows; left out: {left.waiting:,} waiting for a decision, {left.rejected:,} rejected, "
        f"{left.machine:,} accepted by machine only"
    )

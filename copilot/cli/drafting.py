"""What `prelabel` and `demo` share: one file drafted from end to end, and the words about it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from time import monotonic
from uuid import UUID

import typer

from copilot.checkfile import rules_for
from copilot.cli.bar import progress_bar
from copilot.cli.printing import plain
from copilot.cli.refusals import Refusals, tell_contradictory
from copilot.cli.stopping import first_interrupt
from copilot.errors import CopilotError
from copilot.files import open_regular
from copilot.ingest import file_sha256, read_item_file
from copilot.llm.journal import Resumed
from copilot.llm.lanes import open_model
from copilot.model import Item, Rejected
from copilot.prelabel import Into, Plan, Progress, prelabel
from copilot.settings import Settings
from copilot.store.connect import Engine, writing
from copilot.store.projects import ensure_project
from copilot.store.runs import start_run


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be drafted."""

    file: Path
    rename: Mapping[str, str]
    plan: Plan
    concurrency: int
    retry_failed: bool = False
    read_prompts: bool = True
    """Whether an item also has the constraints that its prompt states."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    progress: Progress
    project_id: UUID
    run_id: UUID
    seconds: float
    rejected_file: Path | None
    """Where rejected lines and failed items are listed; None when there are none."""
    stopped: bool = False
    """Whether the person stopped it before its end."""


def draft_file(job: Job, *, settings: Settings, engine: Engine) -> Outcome:
    """Draft, check, route and store the file's items, with progress on standard error."""
    started = monotonic()
    rules_for(select=job.plan.select, ignore=job.plan.ignore)  # a wrong name is told before anything is paid
    tell_contradictory(_entries(job), held=not job.plan.contradictory)  # before anything is paid
    entries = _not_empty(job.file, _entries(job))
    project_id, run_id = _start(job, settings, engine)
    rejected_file = settings.home / "rejected" / f"{job.file.stem}-{run_id.hex[:8]}.jsonl"
    with Refusals(rejected_file, source=job.file.name) as refused:
        into = Into(engine, project_id, run_id, now=lambda: datetime.now(UTC))
        progress, stopped = asyncio.run(_draft(job, entries, settings, into, refused))
    listed = rejected_file if rejected_file.exists() else None
    return Outcome(progress, project_id, run_id, monotonic() - started, listed, stopped)


def say_summary(outcome: Outcome, *, waiting: Mapping[str, int], next_command: str) -> None:
    """Print what was drafted, what it cost, where the rejected lines are, and what waits where."""
    progress = outcome.progress
    lines = "1 line" if progress.rejected == 1 else f"{progress.rejected:,} lines"
    typer.echo(
        f"{progress.drafted:,} drafted ({progress.answered:,} of them from the record), "
        f"{progress.kept:,} stood already, {progress.failed:,} failed, {lines} rejected"
        + (f", {progress.held:,} held back" if progress.held else "")
    )
    typer.echo(
        f"paid in this run: {progress.usage.input_tokens:,} tokens in, {progress.usage.output_tokens:,} out, "
        f"{said_cost(progress)}; {outcome.seconds:.1f} s"
    )
    if outcome.rejected_file:
        typer.echo(f"rejected lines, failed items and held ones, with reasons: {plain(str(outcome.rejected_file))}")
    if waiting:
        typer.echo(
            "waiting for people: " + ", ".join(f"{count:,} in {plain(queue)}" for queue, count in waiting.items())
        )
        typer.echo(f"next: {next_command}")
    if outcome.stopped:
        typer.echo("stopped before the end: run the same command again to go on")


def said_cost(progress: Progress) -> str:
    """The cost in words; what has no known price is said, not counted as nothing."""
    if progress.unpriced and not progress.cost:
        return "no price known"
    more = f" and {progress.unpriced:,} replies without a known price" if progress.unpriced else ""
    return f"${progress.cost:.4f}{more}"


async def _draft(
    job: Job, entries: Iterator[Item | Rejected], settings: Settings, into: Into, refused: Refusals
) -> tuple[Progress, bool]:
    async with open_model(
        settings.model,
        api_base=settings.api_base,
        home=settings.home,
        concurrency=job.concurrency,
        environ=os.environ,
        retry_failed=job.retry_failed,
    ) as model:
        _say_resumed(model.resumed)
        with first_interrupt() as stopping, progress_bar(_lines(job.file) * job.plan.samples) as show:
            progress = await prelabel(
                entries,
                plan=job.plan,
                model=model,
                into=into,
                concurrency=job.concurrency,
                on_progress=show,
                on_rejected=refused.tell,
                on_held=refused.add,
                stopping=stopping,
            )
            return progress, stopping()


def _say_resumed(resumed: Resumed) -> None:
    if resumed.kept:
        typer.echo(f"resumed: {resumed.kept:,} requests are answered on record already", err=True)
    if resumed.in_flight:
        typer.echo(
            f"  {resumed.in_flight:,} calls were out when the last run ended: they may be billed twice", err=True
        )
    if resumed.cut:
        typer.echo(f"  the record ended in the middle of a write: {resumed.cut:,} bytes were cut off", err=True)
    if resumed.unreadable:
        typer.echo(f"  {resumed.unreadable:,} records were damaged on the disk and are passed over", err=True)


def _not_empty(file: Path, entries: Iterator[Item | Rejected]) -> Iterator[Item | Rejected]:
    try:
        first = next(entries)
    except StopIteration:
        raise CopilotError(f"there are no items in {str(file)!r}", hint="give one JSON object a line") from None
    return chain([first], entries)


def _entries(job: Job) -> Iterator[Item | Rejected]:
    return read_item_file(job.file, rename=job.rename, read_prompts=job.read_prompts)


def _start(job: Job, settings: Settings, engine: Engine) -> tuple[UUID, UUID]:
    now = datetime.now(UTC)
    with writing(engine) as db:
        project_id = ensure_project(db, name=settings.project, now=now)
        run_id = start_run(
            db,
            project_id=project_id,
            task=job.plan.task or "auto",
            model=settings.model,
            params=job.plan.params(),
            source_name=job.file.name,
            source_sha256=file_sha256(job.file),
            now=now,
        )
    return project_id, run_id


def _lines(file: Path) -> int:
    with open_regular(file) as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))

"""`copilot demo`: the whole product on twelve packaged items and the embedded model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from copilot.cli.options import Home, engine_of
from copilot.cli.printing import command, plain
from copilot.settings import Settings, load_settings

if TYPE_CHECKING:
    from copilot.cli.drafting import Outcome
    from copilot.store.tally import Tally

ITEMS = Path(__file__).with_name("demo_items.jsonl")
"""Of our own writing."""
PROJECT = "demo"

_ABOUT = """\
Drafting 12 items with SmolLM2-135M-Instruct, on this machine, without a key; the first run fetches it (93 MB).
This is a demonstration model with 135 million parameters: its drafts are weak, and its mistakes are the point.
What you see work is what happens to them: every step is checked, and what fails goes to the right people.
"""


def demo(home: Home = None) -> None:
    """Draft, check and route twelve items with a small model on this machine; then say what to do next.

    The first run fetches the model (93 MB) and takes a minute or two; a second one answers from the record.
    """
    from copilot.cli.drafting import Job, draft_file
    from copilot.prelabel import Plan
    from copilot.store.connect import reading
    from copilot.store.tally import tally

    settings = replace(load_settings(home=home, project=PROJECT, model="embedded"), api_base=None, routes=())
    typer.echo(_ABOUT, err=True)
    engine = engine_of(settings)
    outcome = draft_file(Job(ITEMS, {}, Plan(max_tokens=400), concurrency=2), settings=settings, engine=engine)
    with reading(engine) as db:
        counts = tally(db, project_id=outcome.project_id)
    _show(outcome, counts)
    _say_next(settings)
    raise typer.Exit(1 if outcome.progress.rejected else 0)


def _show(outcome: Outcome, counts: Tally) -> None:
    """The table of what became of the twelve items."""
    progress = outcome.progress
    checks = ", ".join(f"{count} {verdict}" for verdict, count in counts.findings.items() if count)
    rows = [
        (
            "drafted",
            f"{counts.drafted} of {progress.asked}" + (f" ({progress.failed} failed)" if progress.failed else ""),
        ),
        ("checks", checks or "none"),
        ("accepted by machine", str(counts.accepted)),
        *((f"waiting in {queue}", str(count)) for queue, count in counts.waiting.items()),
        ("seconds", f"{outcome.seconds:.1f}"),
        ("tokens", f"{counts.usage.input_tokens:,} in, {counts.usage.output_tokens:,} out, $0"),
    ]
    width = max(len(name) for name, _ in rows)
    typer.echo()
    for name, value in rows:
        typer.echo(f"  {plain(name):{width}}  {value}")
    if not progress.drafted:
        typer.echo("\nAll of it stood in the record already: nothing was asked twice.")
    if outcome.rejected_file:
        typer.echo(f"\nWhat got no draft, with reasons: {plain(str(outcome.rejected_file))}")


def _say_next(settings: Settings) -> None:
    rows = [
        (command("serve", settings), "correct the flagged drafts in a browser"),
        (command("export", settings, "--format", "cot"), "what was accepted or edited, for a trainer"),
        (
            command("prelabel", replace(settings, project="default"), "FILE", "--model", "openai/NAME"),
            "your own prompts, with a model that can do the work",
        ),
    ]
    width = max(len(line) for line, _ in rows)
    typer.echo("\nNext:")
    for line, what in rows:
        typer.echo(f"  {line:{width}}  {what}")

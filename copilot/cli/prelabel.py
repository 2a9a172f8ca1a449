"""`copilot prelabel`: a prompt file in, checked and routed drafts in the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from copilot.cli.options import Home, Project, engine_of
from copilot.cli.printing import command
from copilot.errors import CopilotError
from copilot.settings import load_settings


def prelabel(
    file: Annotated[Path, typer.Argument(help="Items, one JSON object a line.", show_default=False)],
    task: Annotated[
        Literal["auto", "cot", "sft"],
        typer.Option(help="What to draft; auto: each item's own task, else cot where a reference is known, else sft."),
    ] = "auto",
    model: Annotated[
        str | None,
        typer.Option(help="embedded, openai/NAME, or any name litellm knows: COPILOT_MODEL, else embedded."),
    ] = None,
    samples: Annotated[int, typer.Option(min=1, max=64, help="Drafts per item.")] = 1,
    temperature: Annotated[
        float | None, typer.Option(min=0, max=2, help="Else 0 for one sample and 0.8 for several.", show_default=False)
    ] = None,
    max_tokens: Annotated[
        int | None,
        typer.Option(min=16, max=65536, help="Longest reply; else the task's own limit.", show_default=False),
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=1024, help="Calls under way at once.")] = 2,
    api_base: Annotated[
        str | None, typer.Option(help="URL of an OpenAI-compatible server: COPILOT_API_BASE.", show_default=False)
    ] = None,
    map: Annotated[
        list[str] | None, typer.Option(help="THEIRS=OURS renames a field, as in question=prompt.", show_default=False)
    ] = None,
    no_check: Annotated[bool, typer.Option("--no-check", help="Draft only; every draft goes to review.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask again what used up its attempts before.")
    ] = False,
    read_prompt: Annotated[
        bool | None,
        typer.Option(
            "--read-prompt/--no-read-prompt",
            help="Keep what a prompt states as constraints of its item; unless told, copilot.toml says.",
            show_default=False,
        ),
    ] = None,
    draft_contradictory: Annotated[
        bool, typer.Option("--draft-contradictory", help="Draft items too whose constraints exclude one another.")
    ] = False,
    home: Home = None,
    project: Project = None,
) -> None:
    """Draft, check and route every item of FILE. Stopped in any way, the same command goes on where it was.

    Items whose constraints exclude one another are told before anything is asked, and are held back.
    Exit status 1 if a line was rejected, or an item got no draft; these are listed, with reasons, in a file.
    """
    from copilot.cli.drafting import Job, draft_file, say_summary
    from copilot.model import TaskName
    from copilot.prelabel import Plan
    from copilot.routing import rules_from
    from copilot.store.connect import reading
    from copilot.store.tally import tally

    settings = load_settings(home=home, project=project, model=model, api_base=api_base)
    plan = Plan(
        task=None if task == "auto" else TaskName(task),
        samples=samples,
        temperature=temperature,
        max_tokens=max_tokens,
        check=not no_check,
        select=settings.select,
        ignore=settings.ignore,
        rules=rules_from(settings.routes),
        contradictory=draft_contradictory,
    )
    reads = settings.read_prompts if read_prompt is None else read_prompt
    job = Job(file, _renames(map or []), plan, concurrency, retry_failed, reads)
    engine = engine_of(settings)
    outcome = draft_file(job, settings=settings, engine=engine)
    with reading(engine) as db:
        counts = tally(db, project_id=outcome.project_id)
    say_summary(outcome, waiting=counts.waiting, next_command=command("serve", settings))
    if outcome.stopped:
        raise typer.Exit(130)
    progress = outcome.progress
    raise typer.Exit(1 if progress.rejected or progress.failed or progress.held else 0)


def _renames(pairs: list[str]) -> dict[str, str]:
    renames = {}
    for pair in pairs:
        theirs, equals, ours = pair.partition("=")
        if not (theirs and equals and ours):
            raise CopilotError(f"--map {pair!r} is not THEIRS=OURS", hint="write --map question=prompt")
        renames[theirs] = ours
    return renames
